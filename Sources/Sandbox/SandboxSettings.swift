package import Core

/// What a sandbox starts with. Accounts and behaviour can be changed later over HTTP; the rest is fixed.
package struct SandboxSettings: Sendable {
    /// Where to listen: a host name or address, and a port of which 0 asks the system for a free one.
    package let host: String
    package let port: Int
    package var accounts: [SandboxAccount]
    package var behaviour: Behaviour
    /// Callbacks under way at once, 1 to 512.
    package var callbackConcurrency = 32
    /// Requests, and separately chat messages, that are kept; the oldest go first, phones without a message with them.
    /// Takes about 500 bytes for each. Counts and the search for repeated references go on exactly.
    package var capacity = 250_000
    /// Newest messages whose text and parameters are kept; older ones keep everything else.
    package var contentCapacity = 100_000

    /// - Parameter listen: `host:port`, for instance `127.0.0.1:8090`, `[::1]:0`.
    /// - Throws: when `listen` is something else.
    package init(
        listen: String, accounts: [SandboxAccount] = [.standard], behaviour: Behaviour = Behaviour()
    ) throws(SettingsError) {
        guard let colon = listen.lastIndex(of: ":"), colon != listen.startIndex,
            let port = UInt16(listen[listen.index(after: colon)...])
        else { throw SettingsError("sandbox listen must be host:port, such as 127.0.0.1:8090, is \(listen)") }
        var host = listen[..<colon]
        if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
        self.host = String(host)
        self.port = Int(port)
        self.accounts = accounts
        self.behaviour = behaviour
    }
}
