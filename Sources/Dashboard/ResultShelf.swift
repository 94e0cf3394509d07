import Core
import Synchronization

/// Keeps what a button brought until the page after the redirect shows it, within this process: a result may be long, and
/// holds words of a provider that belong into no cookie and no address. Each person has the last few of theirs.
final class ResultShelf: Sendable {
    private struct Entry: Sendable {
        let token: String
        let channel: ChannelID
        let view: ChannelResultView
        let at: Timestamp
    }

    /// How long one is kept, so that a page can be loaded again.
    static let life = Duration.seconds(900)
    private static let mostEach = 5

    private let clock: WallClock
    private let random: Randomness
    private let entries = Mutex([UserID: [Entry]]())

    init(clock: WallClock, random: Randomness) { (self.clock, self.random) = (clock, random) }

    /// Keeps a result; the oldest of the person's gives way.
    /// - Returns: by what the next page finds it.
    func put(_ view: ChannelResultView, on channel: ChannelID, for user: UserID) -> String {
        let entry = Entry(token: random.token(), channel: channel, view: view, at: clock.now())
        entries.withLock { entries in
            for other in entries.keys { entries[other]?.removeAll { entry.at - $0.at >= Self.life } }
            entries = entries.filter { !$0.value.isEmpty }
            entries[user] = (entries[user] ?? []).suffix(Self.mostEach - 1) + [entry]
        }
        return entry.token
    }

    /// What was kept under `token` for this person and channel. `token` is nil when the page is opened without one.
    func look(for token: String?, on channel: ChannelID, of user: UserID) -> ShownResult {
        guard let token else { return ShownResult(view: nil, isGone: false) }
        let now = clock.now()
        let entry = entries.withLock { $0[user]?.first { $0.token == token && $0.channel == channel && now - $0.at < Self.life } }
        return ShownResult(view: entry?.view, isGone: entry == nil)
    }
}

/// What a channel's page says about the last button.
struct ShownResult: Sendable {
    let view: ChannelResultView?
    /// There was one, but it is not kept any more.
    let isGone: Bool
}
