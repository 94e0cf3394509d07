package import Core
package import Storage

/// Reads what the tallies say.
package struct StatsReader: Sendable {
    let engine: any SQLEngine

    package init(engine: any SQLEngine) { self.engine = engine }

    /// The numbers of some campaigns of an account; a campaign for which nobody qualified yet has zeros.
    package func stats(of campaigns: [CampaignID], account: AccountID) async throws -> [CampaignID: CampaignStats] {
        let rows = try await engine.read { session in
            try session.rows(Self.tallies, [.id(account), .list(campaigns)])
        }
        var tallies: [CampaignID: [String: Int]] = [:]
        for row in rows { tallies[try row.id(0), default: [:]][try row.text(1)] = try row.int(2) }
        return Dictionary(campaigns.map { ($0, CampaignStats(tallies: tallies[$0] ?? [:])) }, uniquingKeysWith: { $1 })
    }

    /// The numbers of one campaign.
    package func stats(of campaign: CampaignID, account: AccountID) async throws -> CampaignStats {
        var stats = try await stats(of: [campaign], account: account)[campaign] ?? CampaignStats()
        stats.conversions = try await conversions(of: campaign, account: account)
        return stats
    }

    /// Nil for a campaign without a goal, and before it begins. Reads a row for each conversion.
    private func conversions(of campaign: CampaignID, account: AccountID) async throws -> ConversionStats? {
        let rows = try await engine.read { try $0.rows(Self.conversions, [.id(account), .id(campaign)]) }
        guard !rows.isEmpty else { return nil }
        var stats = ConversionStats()
        for row in rows {
            let revenue = Double(try row.int(2)) + Double(try row.int(3)) / 1e6
            switch try row.textIfPresent(0) {
            case "sent": (stats.conversions, stats.revenue) = (try row.int(1), revenue)
            case "control": (stats.controlConversions, stats.controlRevenue) = (try row.int(1), revenue)
            default: break
            }
        }
        return stats
    }

    /// Whole units and millionths are summed apart, so that no sum is too large for an integer.
    private static let conversions = Query("stats.conversions") { sql in
        let sum = { (part: String) in "CAST(COALESCE(SUM(c.revenue \(part) 1000000), 0) AS \(sql.integerType))" }
        return """
            SELECT CASE c.is_control WHEN 0 THEN 'sent' WHEN 1 THEN 'control' END, COUNT(c.profile_id), \(sum("/")), \(sum("%"))
            FROM conversion_goal g LEFT JOIN conversion c ON c.campaign_id = g.campaign_id
            WHERE g.account_id = $1 AND g.campaign_id = $2 GROUP BY c.is_control
            """
    }

    private static let tallies = Query("stats.tallies") { sql in
        "SELECT campaign_id, name, value FROM tally WHERE account_id = $1 AND campaign_id IN \(sql.integers("$2"))"
    }
}
