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
        try await stats(of: [campaign], account: account)[campaign] ?? CampaignStats()
    }

    private static let tallies = Query("stats.tallies") { sql in
        "SELECT campaign_id, name, value FROM tally WHERE account_id = $1 AND campaign_id IN \(sql.integers("$2"))"
    }
}
