package import Core
package import Messages
import Storage

/// What an account has settled for all of its campaigns.
package struct CampaignSettings: Hashable, Sendable {
    /// Whether somebody has to approve a campaign before it begins.
    package var needsApproval = false
    /// What campaigns can be labelled with: at most 900, sorted.
    package var labels: [String] = []
    /// What all campaigns are held to that do not say otherwise.
    package var limits = AccountPolicy.none

    package static let labelLimit = 900
}

extension CampaignStore {
    package func settings(of account: AccountID) async throws -> CampaignSettings {
        try await engine.read { try settings(of: account, in: $0) }
    }

    /// Changes settings by `{approval?, labels?, limits?}`. The labels are all there are from then on, but campaigns keep theirs;
    /// the limits are put in the place of the old ones as a whole.
    /// Switching approval off approves what waits for it, unless its start is past.
    /// - Throws: `InputError` that names the field.
    package func changeSettings(of account: AccountID, by json: JSONValue) async throws -> CampaignSettings {
        let input = try InputObject(json, code: "invalid_setting", keys: ["approval", "labels", "limits"])
        let needsApproval = input["approval"] == nil ? nil : try input.flag("approval", default: false)
        let labels = input["labels"] == nil ? nil : try CampaignLabel.list(input, "labels", atMost: CampaignSettings.labelLimit)
        let limits = input["limits"] == nil ? nil : try AccountPolicy(limits: input.object("limits", keys: AccountPolicy.limitKeys))
        let now = clock.now()
        let settings = try await engine.write { session in
            if let needsApproval { try setApproval(needsApproval, of: account, at: now, session) }
            if let labels { try setLabels(labels, of: account, session) }
            if let limits { try PolicyBook().set(limits, of: account, in: session) }
            return try self.settings(of: account, in: session)
        }
        wake.raise()
        return settings
    }

    func needsApproval(_ account: AccountID, in session: any SQLSession) throws -> Bool {
        try session.row(SettingQueries.approval, [.id(account)])?.flag(0) ?? false
    }

    func labels(of account: AccountID, in session: any SQLSession) throws -> [String] {
        try session.rows(SettingQueries.labels, [.id(account)]).map { try $0.text(0) }
    }

    private func settings(of account: AccountID, in session: any SQLSession) throws -> CampaignSettings {
        CampaignSettings(
            needsApproval: try needsApproval(account, in: session), labels: try labels(of: account, in: session),
            limits: try PolicyBook().policy(of: account, in: session))
    }

    private func setApproval(_ isNeeded: Bool, of account: AccountID, at now: Timestamp, _ session: any SQLSession) throws {
        try session.run(SettingQueries.setApproval, [.id(account), .flag(isNeeded)])
        if !isNeeded { try session.run(SettingQueries.approveAll, [.id(account), .time(now)]) }
    }

    private func setLabels(_ labels: [String], of account: AccountID, _ session: any SQLSession) throws {
        try session.run(SettingQueries.clearLabels, [.id(account)])
        try session.run(SettingQueries.addLabel, batch: labels.map { [.id(account), .text($0)] })
    }
}

private enum SettingQueries {
    static let approval = Query("campaign_setting.approval", "SELECT approval FROM campaign_setting WHERE account_id = $1")
    static let setApproval = Query(
        "campaign_setting.set_approval",
        """
        INSERT INTO campaign_setting (account_id, approval) VALUES ($1, $2)
        ON CONFLICT (account_id) DO UPDATE SET approval = excluded.approval
        """)
    /// What has no start yet begins now; what has missed its start is left to expire.
    static let approveAll = Query(
        "campaign.approve_all",
        """
        UPDATE campaign SET status = 'scheduled', start_at = COALESCE(start_at, $2), decided_at = $2
        WHERE account_id = $1 AND status = 'approval_pending' AND COALESCE(start_at, $2) >= $2 AND (end_at IS NULL OR end_at > $2)
        """)
    static let labels = Query("label.all", "SELECT name FROM label WHERE account_id = $1 ORDER BY name")
    static let clearLabels = Query("label.clear", "DELETE FROM label WHERE account_id = $1")
    static let addLabel = Query("label.add", "INSERT INTO label (account_id, name) VALUES ($1, $2)")
}
