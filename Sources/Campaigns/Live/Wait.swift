import Core
import Storage

/// Somebody whose moment in a live campaign is still to come. One row, which survives restarts: written when the event
/// arrives, moved when a newer one with the same key tells another date, taken out when it is due.
struct Wait: Hashable, Sendable {
    let accountID: AccountID
    let campaignID: CampaignID
    let profileID: ProfileID
    /// Tells what one person waits for apart: the event's id, or the value of the property that names the booking.
    let key: String
    /// Nil when it is a date of the person's own.
    let eventID: EventID?
    /// When the event happened, or the date was read.
    let anchorAt: Timestamp
    let dueAt: Timestamp
}

/// The table of those who wait; Campaigns is its only writer.
enum WaitTable {
    /// Writes waits. One with the same key moves the one that is there, unless that came of a later event: what was true
    /// last is true, in whatever order it arrives.
    static func put(_ waits: [Wait], in session: any SQLSession) throws {
        guard !waits.isEmpty else { return }
        try session.run(insert, batch: waits.map(\.values))
    }

    /// Takes out what moved to a moment that is already past.
    static func remove(_ waits: [Wait], in session: any SQLSession) throws {
        guard !waits.isEmpty else { return }
        try session.run(removeOlder, batch: waits.map { [.id($0.campaignID), .id($0.profileID), .text($0.key), .time($0.anchorAt)] })
    }

    /// Those whose moment has come, the earliest first.
    static func due(at now: Timestamp, upTo limit: Int, in session: any SQLSession) throws -> [Wait] {
        try session.rows(due, [.time(now), .int(limit)]).map(Wait.init(row:))
    }

    /// When the next is due; nil when nobody waits.
    static func next(in session: any SQLSession) throws -> Timestamp? { try session.row(next)?.timeIfPresent(0) }

    /// Takes waits out as they were read.
    /// - Returns: for each whether it was still there and had not moved.
    static func take(_ waits: [Wait], in session: any SQLSession) throws -> [Bool] {
        try session.run(
            take, batch: waits.map { [.id($0.campaignID), .id($0.profileID), .text($0.key), .time($0.anchorAt), .time($0.dueAt)] }
        )
        .map { $0 == 1 }
    }

    /// Whether somebody waits for a moment before `end`.
    static func hasAny(of campaign: CampaignID, before end: Timestamp, in session: any SQLSession) throws -> Bool {
        try session.row(anyBefore, [.id(campaign), .time(end)]) != nil
    }

    /// Lets all of a campaign that sends no more be settled at once, whatever they wait for.
    static func hasten(_ campaign: CampaignID, at now: Timestamp, in session: any SQLSession) throws {
        try session.run(hasten, [.time(now), .id(campaign)])
    }

    private static let columns = "account_id, campaign_id, profile_id, match_key, event_id, anchor_at, due_at"

    private static let insert = Query(
        "wait.put",
        """
        INSERT INTO wait (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (campaign_id, profile_id, match_key) DO UPDATE
        SET event_id = excluded.event_id, anchor_at = excluded.anchor_at, due_at = excluded.due_at
        WHERE wait.anchor_at <= excluded.anchor_at
        """)
    private static let removeOlder = Query(
        "wait.remove_older", "DELETE FROM wait WHERE campaign_id = $1 AND profile_id = $2 AND match_key = $3 AND anchor_at <= $4")
    private static let due = Query("wait.due", "SELECT \(columns) FROM wait WHERE due_at <= $1 ORDER BY due_at LIMIT $2")
    private static let next = Query("wait.next", "SELECT MIN(due_at) FROM wait")
    private static let take = Query(
        "wait.take",
        "DELETE FROM wait WHERE campaign_id = $1 AND profile_id = $2 AND match_key = $3 AND anchor_at = $4 AND due_at = $5")
    private static let anyBefore = Query("wait.any_before", "SELECT 1 FROM wait WHERE campaign_id = $1 AND due_at < $2 LIMIT 1")
    private static let hasten = Query("wait.hasten", "UPDATE wait SET due_at = $1 WHERE campaign_id = $2 AND due_at > $1")
}

extension Wait {
    fileprivate init(row: SQLRow) throws {
        self.init(
            accountID: try row.id(0), campaignID: try row.id(1), profileID: try row.id(2), key: try row.text(3),
            eventID: try row.idIfPresent(4),
            anchorAt: try row.time(5), dueAt: try row.time(6))
    }

    fileprivate var values: [SQLValue] {
        [.id(accountID), .id(campaignID), .id(profileID), .text(key), .id(eventID), .time(anchorAt), .time(dueAt)]
    }
}
