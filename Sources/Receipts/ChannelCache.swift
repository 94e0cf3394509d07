import Channels
import Core
import Synchronization

/// Remembers for five seconds what a channel is, by the token of its addresses or by its id, also that there is none:
/// thousands of calls a second come for a handful of channels.
final class ChannelCache: Sendable {
    private enum Key: Hashable {
        case token(String)
        case id(ChannelID)
    }

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
    private let entries = Mutex<[Key: Entry]>([:])

    init(_ store: ChannelStore, clock: WallClock) { (self.store, self.clock) = (store, clock) }

    func channel(token: String) async throws -> Channel? {
        guard token.utf8.count <= Self.longestToken else { return nil }
        return try await cached(.token(token)) { try await store.channel(hookToken: token) }
    }

    func channel(_ id: ChannelID) async throws -> Channel? { try await cached(.id(id)) { try await store.channel(id) } }

    private func cached(_ key: Key, _ read: () async throws -> Channel?) async throws -> Channel? {
        let now = clock.now()
        if let entry = entries.withLock({ $0[key] }), entry.readAt <= now, now - entry.readAt < Self.lifetime { return entry.channel }
        let channel = try await read()
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries.removeAll() }
            entries[key] = Entry(channel: channel, readAt: now)
        }
        return channel
    }
}
