#if Postgres
import Core
import Storage
import Synchronization

/// What the threads know together about the server: whether it can be reached, and when to try again.
final class Server: Sendable {
    private struct State {
        var connected = 0
        var delay: Duration = .zero
        var nextTry: ContinuousClock.Instant?
        var problem = StorageError(.unavailable, "")
    }

    private static let longestDelay: Duration = .seconds(1)
    private let url: String
    private let report: @Sendable (String) -> Void
    private let state = Mutex(State())

    init(url: String, report: @escaping @Sendable (String) -> Void) { (self.url, self.report) = (url, report) }

    /// Whether any thread has a connection.
    var isReached: Bool { state.withLock { $0.connected > 0 } }

    /// How long to leave the server alone: from 50 milliseconds, doubled with each failure, at most a second.
    var delay: Duration { state.withLock { $0.delay } }

    /// Makes a connection. Soon after a failure it throws the same again without asking the server.
    func connect() throws(StorageError) -> Connection {
        let recent = state.withLock { state in state.nextTry.map { $0 > .now } == true ? state.problem : nil }
        if let recent { throw recent }
        do throws(StorageError) {
            let connection = try Connection(url: url)
            state.withLock { ($0.connected, $0.delay, $0.nextTry) = ($0.connected + 1, .zero, nil) }
            return connection
        } catch {
            report(error.message)
            state.withLock { state in
                state.delay = min(Self.longestDelay, max(.milliseconds(50), state.delay * 2))
                (state.nextTry, state.problem) = (.now + state.delay, error)
            }
            throw error
        }
    }

    /// To be told once for each connection that is given up.
    func lost(_ reason: String?) {
        if let reason { report(reason) }
        state.withLock { $0.connected -= 1 }
    }
}
#endif
