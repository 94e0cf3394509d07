package import Core
package import Storage
package import ZoneTime

/// How many messages a campaign has out, by the account's day: those with a `reachDay` that are asked, accepted or unknown.
/// Only the ledger writes `reach_count`, with the rows that it counts.
package struct ReachCount: Sendable {
    /// What a campaign has out.
    package struct Used: Hashable, Sendable {
        package var byDay: [Day: Int] = [:]
        package var overall = 0

        package init() {}
    }

    package init() {}

    /// What these campaigns have out in all, and on the days asked for. Two statements.
    package func used(
        of campaigns: some Collection<CampaignID>, on days: Set<Day>, in session: some SQLSession
    ) throws -> [CampaignID: Used] {
        var used: [CampaignID: Used] = [:]
        guard !campaigns.isEmpty else { return used }
        for row in try session.rows(Self.overall, [.list(campaigns)]) {
            used[try row.id(0), default: Used()].overall = try row.int(1)
        }
        for row in try session.rows(Self.ofDays, [.list(campaigns), .list(days.map { Int($0.number) })]) {
            used[try row.id(0), default: Used()].byDay[Day(number: try row.integer(1))] = try row.int(2)
        }
        return used
    }

    private static let overall = Query("reach_count.overall") { sql in
        """
        SELECT campaign_id, CAST(SUM(count) AS BIGINT) FROM reach_count
        WHERE \(sql.among("campaign_id", integers: "$1")) GROUP BY campaign_id
        """
    }
    private static let ofDays = Query("reach_count.days") { sql in
        """
        SELECT campaign_id, day, count FROM reach_count
        WHERE \(sql.among("campaign_id", integers: "$1")) AND \(sql.among("day", integers: "$2"))
        """
    }
}

/// What a set of changes does to the counts of reach, summed up.
struct ReachChanges {
    private struct Key: Hashable, Comparable {
        let campaign: CampaignID
        let day: Day
        static func < (a: Self, b: Self) -> Bool { (a.campaign, a.day) < (b.campaign, b.day) }
    }

    private var sums: [Key: Int] = [:]

    mutating func note(from before: MessageRecord, to after: MessageRecord) {
        add(-1, before)
        add(1, after)
    }

    private mutating func add(_ count: Int, _ record: MessageRecord) {
        guard let day = record.countedDay else { return }
        sums[Key(campaign: record.campaignID, day: day), default: 0] += count
    }

    /// In a fixed order so that two transactions never wait for each other in a circle.
    func write(in session: some SQLSession) throws {
        let rows = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { key, sum in
            [SQLValue.id(key.campaign), .integer(key.day.number), .int(sum)]
        }
        if !rows.isEmpty { try session.run(Self.add, batch: rows) }
    }

    private static let add = Query(
        "reach_count.add",
        """
        INSERT INTO reach_count (campaign_id, day, count) VALUES ($1, $2, $3)
        ON CONFLICT (campaign_id, day) DO UPDATE SET count = reach_count.count + excluded.count
        """)
}

extension MessageRecord {
    /// The day on which it counts against its campaign's limits; nil while it does not.
    fileprivate var countedDay: Day? {
        switch state {
        case .asked, .accepted, .unknown: reachDay
        case .control, .excluded, .planned, .claimed, .failed: nil
        }
    }
}
