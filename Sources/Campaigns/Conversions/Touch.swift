import Core
import Storage

/// A message that somebody got, or was held back from, and what they do after it.
struct Touch: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// Taken by the provider, or of unknown fate: it may have arrived.
        case sent
        /// The request is under way; soon it is known whether it was sent.
        case underWay
        case control
    }

    let campaignID: CampaignID
    let profileID: ProfileID
    let kind: Kind
    /// From when on what the person does counts.
    let at: Timestamp
}

extension Touch {
    /// The touches of some people between two moments, of these campaigns.
    static func all(
        of people: [ProfileID], from start: Timestamp, to end: Timestamp, campaigns: [CampaignID], in session: any SQLSession
    ) throws -> [Touch] {
        guard !people.isEmpty, !campaigns.isEmpty else { return [] }
        let values: [SQLValue] = [.list(people), .time(start), .time(end), .list(campaigns)]
        return try session.rows(sent, values).map(Touch.init(sent:)) + session.rows(control, values).map(Touch.init(control:))
    }

    private init(sent row: SQLRow) throws {
        let asked = try row.time(3)
        // Of several requests the first were refused, so the message came with the last. What a provider says of its own time
        // may be a whole second, and so lie before the request.
        let accepted = try row.int(5) > 1 ? try row.timeIfPresent(4) : nil
        self.init(
            campaignID: try row.id(0), profileID: try row.id(1), kind: try row.text(2) == "asked" ? .underWay : .sent,
            at: max(asked, accepted ?? asked))
    }

    private init(control row: SQLRow) throws {
        self.init(campaignID: try row.id(0), profileID: try row.id(1), kind: .control, at: try row.time(2))
    }

    // The conditions on states and lanes are those of the indexes.
    private static let sent = Query("touch.sent") { sql in
        """
        SELECT campaign_id, profile_id, state, asked_at, accepted_at, attempts FROM message
        WHERE \(sql.among("profile_id", integers: "$1")) AND asked_at >= $2 AND asked_at <= $3
            AND state IN ('asked', 'accepted', 'unknown') AND lane > 0 AND \(sql.among(sql == .sqlite ? "+campaign_id" : "campaign_id", integers: "$4"))
        """
    }
    private static let control = Query("touch.control") { sql in
        """
        SELECT campaign_id, profile_id, planned_at FROM message
        WHERE \(sql.among("profile_id", integers: "$1")) AND planned_at >= $2 AND planned_at <= $3
            AND state = 'control' AND \(sql.among(sql == .sqlite ? "+campaign_id" : "campaign_id", integers: "$4"))
        """
    }
}
