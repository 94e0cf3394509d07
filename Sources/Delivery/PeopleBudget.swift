import Channels
import Core
import Messages
import Storage

/// Keeps a channel within its portfolio's budget of new people in 24 hours. Who was written to within that time costs
/// nothing more, and neither does a person who wrote to us within it: WhatsApp counts only those outside an open window.
struct PeopleBudget: Sendable {
    /// Puts off messages to new people for which there is no room, until the next place becomes free, and writes the
    /// others down.
    /// - Returns: the messages that may go, and those that have to wait.
    func admit(
        _ messages: [MessageRecord], over channel: Channel, at now: Timestamp, in session: any SQLSession
    ) throws -> (admitted: [MessageRecord], waiting: [(MessageRecord, until: Timestamp)]) {
        guard let limit = channel.limits.dailyPeople, !messages.isEmpty else { return (messages, []) }
        let reach = DailyReach(account: channel.accountID, portfolio: channel.limits.portfolio)
        let addresses = messages.compactMap(\.address)
        _ = try session.rows(Self.lock, [.id(channel.accountID), .text(channel.limits.portfolio)])
        var free = try reach.known(among: addresses, at: now, in: session)
            .union(try wrote(addresses, to: channel, since: now - DailyReach.window, in: session))
        let used = try reach.count(at: now, in: session)
        var (left, new, admitted) = (limit - used.people, [String](), [MessageRecord]())
        var waiting: [(MessageRecord, until: Timestamp)] = []
        for message in messages {
            guard let address = message.address else { continue }
            if free.contains(address) { admitted.append(message); continue }
            guard left > 0 else {
                // Not all at once at the very moment: a place becomes free for each who dropped out.
                waiting.append((message, max(used.next ?? now, now) + .seconds(60)))
                continue
            }
            left -= 1
            free.insert(address)
            new.append(address)
            admitted.append(message)
        }
        try reach.record(new, at: now, in: session)
        if waiting.count < messages.count { try reach.removeOld(at: now, in: session) }
        return (admitted, waiting)
    }

    private func wrote(
        _ addresses: [String], to channel: Channel, since: Timestamp, in session: any SQLSession
    ) throws -> Set<String> {
        Set(try session.rows(Self.wrote, [.id(channel.id), .list(addresses), .time(since)]).map { try $0.text(0) })
    }

    /// Channels of one portfolio take turns: counting and writing down must not cross.
    private static let lock = Query("budget.lock") { sql in
        """
        SELECT id FROM channel WHERE account_id = $1 AND portfolio = $2 ORDER BY id \(sql == .postgres ? "FOR NO KEY UPDATE" : "")
        """
    }

    private static let wrote = Query("budget.wrote") { sql in
        "SELECT DISTINCT sender FROM inbound WHERE channel_id = $1 AND \(sql.among("sender", texts: "$2")) AND occurred_at > $3"
    }
}
