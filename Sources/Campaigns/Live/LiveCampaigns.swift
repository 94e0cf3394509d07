import Audience
import Core
import Storage
import ZoneTime

/// The live campaigns that run now, read with their accounts' zones.
struct LiveCampaigns: Sendable {
    let zones: Zones

    /// Of all accounts, the oldest first.
    func running(at now: Timestamp, in session: any SQLSession) throws -> [LiveCampaign] {
        try session.rows(Self.running).compactMap { try read($0, at: now) }
    }

    /// These, whatever their state; those of type one time are left out.
    func some(_ ids: some Sequence<CampaignID>, at now: Timestamp, in session: any SQLSession) throws -> [CampaignID: LiveCampaign] {
        let found = try session.rows(Self.some, [.list(Set(ids))]).compactMap { try read($0, at: now) }
        return Dictionary(found.map { ($0.campaign.id, $0) }) { $1 }
    }

    private func read(_ row: SQLRow, at now: Timestamp) throws -> LiveCampaign? {
        let campaign = try Campaign(row: row)
        guard let rule = campaign.definition.who.live else { return nil }
        let zone = zones.zone(named: try row.text(Campaign.columnCount)) ?? .utc
        let trigger = rule.trigger.resolved(at: RuleMoment(now: now, zone: zone))
        return LiveCampaign(campaign: campaign, trigger: trigger, filter: rule.filter, zone: zone)
    }

    private static let columns = Campaign.columns(of: "c")
    private static let running = Query(
        "campaign.live_running",
        """
        SELECT \(columns), a.time_zone FROM campaign c JOIN account a ON a.id = c.account_id
        WHERE c.status IN ('scheduled', 'running') AND c.status = 'running' AND c.type <> 'one_time' ORDER BY c.id
        """)
    private static let some = Query("campaign.live_some") { sql in
        """
        SELECT \(columns), a.time_zone FROM campaign c JOIN account a ON a.id = c.account_id
        WHERE \(sql.among("c.id", integers: "$1"))
        """
    }
}
