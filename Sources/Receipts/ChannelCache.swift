import Channels
import Core
import Synchronization

/// Remembers for five seconds which channel a token belongs to, also that there is none: thousands of calls a second come
/// for a handful of channels.
final class ChannelCache: Sendable {
    private struct Entry {
        let channel: Channel?
        let readAt: Timestamp
    }

    private static let lifetime = Duration.seconds(5)
    /// Guessed tokens fill the cache as well; then it is emptied.
    private static let capacity = 1000
    private static let longestToken = 128

    private let store: ChannelStore
    private let clock: WallClock
    private let entries = Mutex<[String: Entry]>([:])

    init(_ store: ChannelStore, clock: WallClock) { (self.store, self.clock) = (store, clock) }

    func channel(token: String) async throws -> Channel? {
        guard token.utf8.count <= Self.longestToken else { return nil }
        let now = clock.now()
        if let entry = entries.withLock({ $0[token] }), entry.readAt <= now, now - entry.readAt < Self.lifetime { return entry.channel }
        let channel = try await store.channel(hookToken: token)
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries.removeAll() }
            entries[token] = Entry(channel: channel, readAt: now)
        }
        return channel
    }
}
