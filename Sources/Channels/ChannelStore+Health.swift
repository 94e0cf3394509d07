package import Core
package import Storage
package import WhatsApp

// What providers say about a channel, and what follows. All of it may be repeated.
extension ChannelStore {
    /// Lets nothing out until a message that tries is taken, a person lifts it, or the provider says so. A channel that is
    /// held already keeps its first reason. What was said before the last release changes nothing.
    package func hold(_ id: ChannelID, for failure: SendFailure, since: Timestamp, at now: Timestamp, in session: some SQLSession) throws {
        let probe = now + max(Hold.probeInterval, failure.retryAfter ?? .zero)
        try session.run(
            ChannelQueries.hold, [.id(id), .time(since), .text(failure.code), .text(failure.summary), .time(probe)])
    }

    /// Takes the right to send one message over a held channel, when its time to try has come.
    /// - Returns: false when it has not, when another process took it, or when nothing is held.
    package func beginProbe(of id: ChannelID, at now: Timestamp) async throws -> Bool {
        try await engine.write { try $0.run(ChannelQueries.probe, [.id(id), .time(now), .time(now + Hold.probeInterval)]) == 1 }
    }

    /// Lets messages out again.
    /// - Returns: whether it was held.
    @discardableResult
    package func release(_ id: ChannelID, at now: Timestamp, in session: some SQLSession) throws -> Bool {
        try session.run(ChannelQueries.release, [.id(id), .time(now)]) == 1
    }

    /// The provider said at `time` that messages may go: a hold from before ends, and one from before that is told later
    /// does not begin.
    private func resume(_ id: ChannelID, at time: Timestamp, in session: some SQLSession) throws {
        try session.run(ChannelQueries.releaseOlder, [.id(id), .time(time)])
        try session.run(ChannelQueries.remember, [.id(id), .time(time)])
    }

    /// The same for a person's wish.
    /// - Throws: `InputError`, `notFound`.
    package func release(_ id: ChannelID, of account: AccountID) async throws -> Channel {
        let now = clock.now()
        guard try await channel(id, of: account) != nil else { throw Self.unknown(id) }
        try await engine.write { _ = try release(id, at: now, in: $0) }
        guard let channel = try await channel(id, of: account) else { throw Self.unknown(id) }
        return channel
    }

    /// Its list of templates has changed and is to be read soon.
    package func markStale(_ id: ChannelID, in session: some SQLSession) throws {
        try session.run(ChannelQueries.synced, [.id(id), .null])
    }

    /// Its list of templates was read.
    package func markSynced(_ id: ChannelID, at now: Timestamp) async throws {
        try await engine.write { _ = try $0.run(ChannelQueries.synced, [.id(id), .time(now)]) }
    }

    /// The provider said afterwards that messages came too fast.
    package func slow(_ id: ChannelID, at time: Timestamp, in session: some SQLSession) throws {
        try session.run(ChannelQueries.slow, [.id(id), .time(time)])
    }

    /// Takes in what a provider tells about the number or the account.
    package func note(_ notice: ChannelNotice, on id: ChannelID, at now: Timestamp, in session: some SQLSession) throws {
        try session.run(ChannelQueries.notice, [.id(id), .text("\(notice.code): \(notice.summary)"), .time(now)])
        switch notice.effect {
        case .halt(let failure): try hold(id, for: failure, since: notice.occurredAt ?? now, at: now, in: session)
        case .resume: try resume(id, at: notice.occurredAt ?? now, in: session)
        case .note: break
        }
    }
}
