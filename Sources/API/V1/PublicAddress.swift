import Synchronization

/// How the outside world reaches this server. With port 0 it is known only once the server listens.
package final class PublicAddress: Sendable {
    private let value: Mutex<String>

    /// - Parameter url: scheme, host and port, without a slash at the end.
    package init(_ url: String) { value = Mutex(url) }

    package var url: String {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }

    /// Where a provider posts what happens on a channel.
    package func callback(_ kind: String, token: String) -> String { "\(url)/hooks/\(token)/\(kind)" }
}
