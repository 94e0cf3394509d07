package import Core
import Storage

/// A tally that does not say what the rows say.
package struct TallyDifference: Hashable, Sendable, CustomStringConvertible {
    package let campaign: CampaignID
    package let tally: String
    package let kept: Int
    package let counted: Int

    package var description: String { "campaign \(campaign): \(tally) is kept as \(kept), the rows say \(counted)" }
}

extension StatsReader {
    /// Counts all messages and replies again, in the database and by other means than those that keep the tallies, and
    /// compares. Empty when everything agrees. Changes nothing; takes time in proportion to the messages stored.
    package func recount() async throws -> [TallyDifference] {
        try await engine.read { session in
            let kept = try numbers(Self.kept, in: session)
            let counted = try numbers(Self.counted, in: session)
            return Set(kept.keys).union(counted.keys)
                .filter { kept[$0, default: 0] != counted[$0, default: 0] }
                .map { key in
                    TallyDifference(
                        campaign: key.campaign, tally: key.tally, kept: kept[key, default: 0], counted: counted[key, default: 0])
                }
                .sorted { ($0.campaign, $0.tally) < ($1.campaign, $1.tally) }
        }
    }

    private struct Key: Hashable {
        let campaign: CampaignID
        let tally: String
    }

    private func numbers(_ query: Query, in session: some SQLSession) throws -> [Key: Int] {
        let rows = try session.rows(query)
        return Dictionary(
            try rows.map { (Key(campaign: try $0.id(0), tally: try $0.text(1)), try $0.int(2)) }, uniquingKeysWith: +)
    }

    private static let kept = Query("recount.kept", "SELECT campaign_id, name, value FROM tally")

    private static let counted = Query(
        "recount.counted",
        """
        SELECT campaign_id, 'qualified', COUNT(*) FROM message GROUP BY campaign_id
        UNION ALL SELECT campaign_id, 'control_group', COUNT(*) FROM message WHERE state = 'control' GROUP BY campaign_id
        UNION ALL SELECT campaign_id, 'sent', COUNT(*) FROM message WHERE state = 'accepted' GROUP BY campaign_id
        UNION ALL SELECT campaign_id, 'delivered', COUNT(delivered_at) FROM message WHERE state = 'accepted' GROUP BY campaign_id
        UNION ALL SELECT campaign_id, 'viewed', COUNT(viewed_at) FROM message WHERE state = 'accepted' GROUP BY campaign_id
        UNION ALL SELECT campaign_id, 'unknown', COUNT(*) FROM message WHERE state = 'unknown' GROUP BY campaign_id
        UNION ALL SELECT campaign_id, 'errors', COUNT(*) FROM message WHERE state IN ('excluded', 'failed') GROUP BY campaign_id
        UNION ALL SELECT campaign_id, 'error:' || reason, COUNT(*) FROM message
            WHERE state IN ('excluded', 'failed') GROUP BY campaign_id, reason
        UNION ALL SELECT campaign_id, 'delivery_errors', COUNT(*) FROM message
            WHERE state = 'accepted' AND failed_at IS NOT NULL AND delivered_at IS NULL GROUP BY campaign_id
        UNION ALL SELECT campaign_id, 'delivery_error:' || reason, COUNT(*) FROM message
            WHERE state = 'accepted' AND failed_at IS NOT NULL AND delivered_at IS NULL GROUP BY campaign_id, reason
        UNION ALL SELECT campaign_id, 'variant:' || variant || ':qualified', COUNT(*) FROM message
            WHERE variant IS NOT NULL GROUP BY campaign_id, variant
        UNION ALL SELECT campaign_id, 'variant:' || variant || ':sent', COUNT(*) FROM message
            WHERE variant IS NOT NULL AND state = 'accepted' GROUP BY campaign_id, variant
        UNION ALL SELECT campaign_id, 'variant:' || variant || ':delivered', COUNT(delivered_at) FROM message
            WHERE variant IS NOT NULL AND state = 'accepted' GROUP BY campaign_id, variant
        UNION ALL SELECT campaign_id, 'variant:' || variant || ':viewed', COUNT(viewed_at) FROM message
            WHERE variant IS NOT NULL AND state = 'accepted' GROUP BY campaign_id, variant
        UNION ALL SELECT campaign_id, 'replied', COUNT(*) FROM inbound WHERE campaign_id IS NOT NULL GROUP BY campaign_id
        """)
}
