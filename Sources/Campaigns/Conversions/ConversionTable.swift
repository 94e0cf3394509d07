import Audience
import Core
import Storage

/// Somebody who did what a campaign hopes for.
struct Conversion: Hashable, Sendable {
    let campaignID: CampaignID
    let profileID: ProfileID
    let accountID: AccountID
    /// Whether the person was held back, so that the message cannot have been the reason.
    let isControl: Bool
    let convertedAt: Timestamp
    /// In millionths of the unit in which the event says it; at most a trillion units.
    let revenue: Int64
}

/// The tables of goals and of those who reached them; Campaigns is their only writer.
enum ConversionTable {
    /// Lets a campaign that begins be counted for, where it has a goal.
    static func watch(_ campaign: Campaign, in session: any SQLSession) throws {
        guard let goal = campaign.definition.setup.conversion else { return }
        try session.run(watch, [.id(campaign.id), .id(campaign.accountID), .text(goal.event.matchKey)])
    }

    /// The events that any campaign of an account hopes for, as `EventName.matchKey`.
    static func keys(in session: any SQLSession) throws -> [AccountID: Set<String>] {
        try session.rows(keys).reduce(into: [:]) { found, row in found[try row.id(0), default: []].insert(try row.text(1)) }
    }

    /// The campaigns that hope for one of these events.
    static func campaigns(
        hopingFor keys: some Sequence<String>, of account: AccountID, in session: any SQLSession
    ) throws -> [CampaignID] {
        try session.rows(campaigns, [.id(account), .list(Set(keys))]).map { try $0.id(0) }
    }

    /// Counts each person of a campaign once, with what was done first, in whatever order it is told.
    static func put(_ conversions: [Conversion], in session: any SQLSession) throws {
        guard !conversions.isEmpty else { return }
        try session.run(put, batch: conversions.map(\.values))
    }

    private static let watch = Query(
        "conversion_goal.watch",
        "INSERT INTO conversion_goal (campaign_id, account_id, event_key) VALUES ($1, $2, $3) ON CONFLICT (campaign_id) DO NOTHING")
    private static let keys = Query("conversion_goal.keys", "SELECT DISTINCT account_id, event_key FROM conversion_goal")
    private static let campaigns = Query("conversion_goal.campaigns") { sql in
        "SELECT campaign_id FROM conversion_goal WHERE account_id = $1 AND \(sql.among("event_key", texts: "$2")) ORDER BY campaign_id"
    }
    private static let put = Query(
        "conversion.put",
        """
        INSERT INTO conversion (campaign_id, profile_id, account_id, is_control, converted_at, revenue) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (campaign_id, profile_id) DO UPDATE
        SET is_control = excluded.is_control, converted_at = excluded.converted_at, revenue = excluded.revenue
        WHERE excluded.converted_at < conversion.converted_at
        """)
}

extension Conversion {
    fileprivate var values: [SQLValue] {
        [.id(campaignID), .id(profileID), .id(accountID), .flag(isControl), .time(convertedAt), .integer(revenue)]
    }
}
