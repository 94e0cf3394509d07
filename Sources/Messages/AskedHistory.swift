package import Core
package import Storage

/// What people were sent already, as far as limits ask. A message counts while it is asked, accepted or unknown, at the time of
/// its first request; what was refused does not count, and neither do conversations.
package struct AskedHistory: Sendable {
    /// How many messages, and when the last was asked for.
    package struct Count: Hashable, Sendable {
        package var messages: Int
        package var last: Timestamp?

        package init(messages: Int = 0, last: Timestamp? = nil) { (self.messages, self.last) = (messages, last) }

        /// With one more message.
        package mutating func add(at time: Timestamp) { (messages, last) = (messages + 1, last.map { max($0, time) } ?? time) }
    }

    /// A campaign and a person.
    package struct Pair: Hashable, Sendable {
        package let campaign: CampaignID
        package let profile: ProfileID

        package init(_ message: MessageRecord) { (campaign, profile) = (message.campaignID, message.profileID) }
        package init(campaign: CampaignID, profile: ProfileID) { (self.campaign, self.profile) = (campaign, profile) }
    }

    package init() {}

    /// What each person had of all campaigns after `counted`, and the last after `seen`, which is no later. One statement.
    package func ofPeople(
        _ profiles: some Collection<ProfileID>, counted: Timestamp, seen: Timestamp, in session: some SQLSession
    ) throws -> [ProfileID: Count] {
        guard !profiles.isEmpty else { return [:] }
        let rows = try session.rows(Self.byPerson, [.list(profiles), .time(seen), .time(counted)])
        return Dictionary(
            try rows.map { row in (try row.id(0), Count(messages: try row.int(1), last: try row.time(2))) }, uniquingKeysWith: { $1 })
    }

    /// What each person ever had of each of these campaigns. One statement.
    package func ofCampaigns(
        _ campaigns: some Collection<CampaignID>, to profiles: some Collection<ProfileID>, in session: some SQLSession
    ) throws -> [Pair: Count] {
        guard !campaigns.isEmpty, !profiles.isEmpty else { return [:] }
        let rows = try session.rows(Self.byCampaign, [.list(profiles), .list(campaigns)])
        return Dictionary(
            try rows.map { row in
                let pair = Pair(campaign: try row.id(0), profile: try row.id(1))
                return (pair, Count(messages: try row.int(2), last: try row.time(3)))
            }, uniquingKeysWith: { $1 })
    }

    // Both repeat the condition of the index `message_by_person`, which SQLite needs to see before it uses it.
    private static let byPerson = Query("message.asked_by_person") { sql in
        """
        SELECT profile_id, SUM(CASE WHEN asked_at > $3 THEN 1 ELSE 0 END), MAX(asked_at) FROM message
        WHERE \(sql.among("profile_id", integers: "$1")) AND asked_at > $2
            AND state IN ('asked', 'accepted', 'unknown') AND lane > 0
        GROUP BY profile_id
        """
    }
    // The plus sign keeps SQLite from the index of the send key, which would read the whole campaign.
    private static let byCampaign = Query("message.asked_by_campaign") { sql in
        """
        SELECT campaign_id, profile_id, COUNT(*), MAX(asked_at) FROM message
        WHERE \(sql.among("profile_id", integers: "$1")) AND \(sql.among("+campaign_id", integers: "$2"))
            AND state IN ('asked', 'accepted', 'unknown') AND lane > 0
        GROUP BY campaign_id, profile_id
        """
    }
}
