import Core
import Synchronization

/// What the database said about an account's passcodes.
struct LiveKeys: Sendable {
    var account: Account?
    var digests: [[UInt8]]
}

/// Remembers `LiveKeys` by public account id for a short time, so that a busy API does not ask the database each time.
/// Also remembers that an id is unknown.
final class KeyCache: Sendable {
    private struct State {
        var entries: [String: (keys: LiveKeys, until: Timestamp)] = [:]
        var generation = 0
    }

    private static let mostEntries = 1024
    private let life: Duration
    private let clock: WallClock
    private let state = Mutex(State())

    init(life: Duration, clock: WallClock) { (self.life, self.clock) = (life, clock) }

    /// The remembered keys, else what `load` gives, which is then remembered, unless `empty` was called meanwhile.
    func keys(of publicID: String, load: () async throws -> LiveKeys) async throws -> LiveKeys {
        let now = clock.now()
        let (found, generation) = state.withLock { ($0.entries[publicID], $0.generation) }
        if let found, found.until > now { return found.keys }
        let keys = try await load()
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.entries.count >= Self.mostEntries { state.entries = [:] }
            state.entries[publicID] = (keys, now + life)
        }
        return keys
    }

    /// Forgets everything, also what is being loaded.
    func empty() {
        state.withLock { state in
            state.entries = [:]
            state.generation += 1
        }
    }
}
