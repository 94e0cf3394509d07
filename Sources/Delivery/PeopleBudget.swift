import Channels
import Core
import Messages
import Storage

/// Keeps a channel within its portfolio's budget of new people in 24 hours. Who was written to within that time costs
/// nothing more, and neither does a person who wrote to us within it: WhatsApp counts only those outside an open window.
struct PeopleBudget: Sendable {
    /// Whom there is room for.
    struct Admission {
        /// Until when messages to new people without room have to wait.
        fileprivate(set) var waiting: [MessageID: Timestamp] = [:]
        fileprivate var newPeople: Set<String> = []
        fileprivate var reach: DailyReach?

        /// Writes down the new people among those who are written to now.
        func record(_ asked: [MessageRecord], at now: Timestamp, in session: any SQLSession) throws {
            guard let reach else { return }
            try reach.record(Array(newPeople.intersection(asked.compactMap(\.address))), at: now, in: session)
            if !asked.isEmpty { try reach.removeOld(at: now, in: session) }
        }
    }

    /// Puts off messages to new people for which there is no room, until the next place becomes free. Those of other
    /// transactions wait from here until this one ends.
    func admit(
        _ messages: [MessageRecord], over channel: Channel, at now: Timestamp, in session: any SQLSession
    ) throws -> Admission {
        var admission = Admission()
        guard let limit = channel.limits.dailyPeople, !messages.isEmpty else { return admission }
        let reach = DailyReach(account: channel.accountID, portfolio: channel.limits.portfolio)
        admission.reach = reach
        let addresses = messages.compactMap(\.address)
        _ = try session.rows(Self.lock, [.id(channel.accountID), .text(channel.limits.portfolio)])
        let free = try reach.known(among: addresses, at: now, in: session)
            .union(try wrote(addresses, to: channel, since: now - DailyReach.window, in: session))
        let used = try reach.count(at: now, in: session)
        for message in messages {
            guard let address = message.address, !free.contains(address), !admission.newPeople.contains(address) else { continue }
            if used.people + admission.newPeople.count < limit {
                admission.newPeople.insert(address)
            } else {
                // Not all at once at the very moment: a place becomes free for each who dropped out.
                admission.waiting[message.id] = max(used.next ?? now, now) + .seconds(60)
            }
        }
        return admission
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
