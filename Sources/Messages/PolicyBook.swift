package import Core
package import Storage

/// The policies of campaigns and accounts: the only writer of `send_policy` and `account_policy`.
package struct PolicyBook: Sendable {
    package init() {}

    /// Writes a campaign's policy, in place of an earlier one. What was sent before a limit was set does not count against
    /// its limits by day and overall.
    package func set(_ policy: SendPolicy, of campaign: CampaignID, account: AccountID, in session: some SQLSession) throws {
        try session.run(Self.setPolicy, [.id(campaign), .id(account), .json(policy.json)])
    }

    /// The policies of those campaigns that have one.
    package func policies(
        of campaigns: some Collection<CampaignID>, in session: some SQLSession
    ) throws -> [CampaignID: SendPolicy] {
        guard !campaigns.isEmpty else { return [:] }
        let rows = try session.rows(Self.policies, [.list(campaigns)])
        return Dictionary(try rows.map { row in (try row.id(0), try SendPolicy(json: row.json(1))) }, uniquingKeysWith: { $1 })
    }

    /// Writes an account's policy, in place of an earlier one.
    package func set(_ policy: AccountPolicy, of account: AccountID, in session: some SQLSession) throws {
        try session.run(Self.setAccountPolicy, [.id(account), .json(policy.json)])
    }

    /// An account's policy; `.none` where none was set.
    package func policy(of account: AccountID, in session: some SQLSession) throws -> AccountPolicy {
        try session.row(Self.accountPolicy, [.id(account)]).map { try AccountPolicy(json: $0.json(0)) } ?? .none
    }

    /// Lets transactions that count against the same limits take turns, until this one ends. SQLite has one writer.
    /// - Parameters:
    ///   - account: nil when nothing counts against the account's limits.
    ///   - campaigns: those whose own limits count.
    package func lock(
        account: AccountID?, campaigns: some Collection<CampaignID>, in session: some SQLSession
    ) throws {
        guard session.dialect == .postgres else { return }
        if let account { _ = try session.rows(Self.lockAccount, [.id(account)]) }
        if !campaigns.isEmpty { _ = try session.rows(Self.lockCampaigns, [.list(campaigns)]) }
    }

    private static let setPolicy = Query(
        "send_policy.set",
        """
        INSERT INTO send_policy (campaign_id, account_id, policy) VALUES ($1, $2, $3)
        ON CONFLICT (campaign_id) DO UPDATE SET policy = excluded.policy
        """)
    private static let policies = Query("send_policy.some") { sql in
        "SELECT campaign_id, policy FROM send_policy WHERE \(sql.among("campaign_id", integers: "$1"))"
    }
    private static let setAccountPolicy = Query(
        "account_policy.set",
        """
        INSERT INTO account_policy (account_id, policy) VALUES ($1, $2)
        ON CONFLICT (account_id) DO UPDATE SET policy = excluded.policy
        """)
    private static let accountPolicy = Query("account_policy.one", "SELECT policy FROM account_policy WHERE account_id = $1")
    private static let lockAccount = Query("account_policy.lock") { sql in
        "SELECT account_id FROM account_policy WHERE account_id = $1 \(sql.forUpdate)"
    }
    private static let lockCampaigns = Query("send_policy.lock") { sql in
        """
        SELECT campaign_id FROM send_policy WHERE \(sql.among("campaign_id", integers: "$1")) ORDER BY campaign_id \(sql.forUpdate)
        """
    }
}
