package import Core
package import Messages
import Storage

extension SendPolicy {
    /// What a campaign asks of the last gate, with the control groups as they are now. Planning draws the same groups; the gate
    /// holds to them on every path.
    init(of campaign: Campaign, in session: any SQLSession) throws {
        let (definition, account) = (campaign.definition, campaign.accountID)
        let (when, setup) = (definition.when, definition.setup)
        self.init(
            zone: try session.row(Self.zone, [.id(account)])?.text(0) ?? "UTC", endsAt: when.end,
            quietHours: when.quietHours.map { QuietHours(hours: $0.hours, action: $0.otherwise == .delay ? .delay : .discard) },
            cutoff: when.cutoff, gap: setup.limits.gap?.length, perPerson: setup.limits.maximum,
            respectsAccountLimits: setup.limits.keepsAccountLimits,
            throttle: when.throttle?.forGate,
            controls: Self.own(of: campaign) + (try Self.standing(of: setup, account, session)),
            exempt: Set(try session.rows(ControlGroupQueries.exempt, [.id(account)]).map { try $0.id(0) }))
        if case .paced(let perDay, let overall) = definition.who.reach { (self.perDay, self.overall) = (perDay, overall) }
    }

    private static func own(of campaign: Campaign) -> [Control] {
        let percent = campaign.definition.setup.controlPercent
        return percent > 0 ? [.own(of: campaign.id, percent: percent)] : []
    }

    private static func standing(
        of setup: CampaignSetup, _ account: AccountID, _ session: any SQLSession
    ) throws -> [Control] {
        try session.rows(ControlGroupQueries.all, [.id(account)]).map(StandingControlGroup.init(row:)).filter { group in
            switch group.kind {
            case .system: setup.keepsSystemControlGroup
            case .custom: group.name == setup.customControlGroup
            }
        }.map { Control(name: $0.name, salt: $0.salt, percent: $0.percent) }
    }

    /// Lets the campaigns of an account that run hold to its control groups as they are now.
    static func refresh(of account: AccountID, in session: any SQLSession) throws {
        for campaign in try session.rows(running, [.id(account)]).map(Campaign.init(row:)) {
            try PolicyBook().set(SendPolicy(of: campaign, in: session), of: campaign.id, account: account, in: session)
        }
    }

    private static let running = Query(
        "campaign.running_of_account",
        """
        SELECT \(Campaign.columns) FROM campaign
        WHERE status IN ('scheduled', 'running') AND status = 'running' AND account_id = $1 ORDER BY id
        """)
    private static let zone = Query("campaign.zone", "SELECT time_zone FROM account WHERE id = $1")
}

extension CampaignThrottle {
    /// As the last gate knows it.
    var forGate: Throttle { Throttle(count: messages, interval: .seconds(60 * minutes)) }
}

extension SendPolicy.Control {
    /// The people of a campaign who are held back, so that its effect can be measured: the same for ever, on every machine.
    package static func own(of campaign: CampaignID, percent: Int) -> Self {
        Self(name: "campaign", salt: "campaign:\(campaign)", percent: percent)
    }
}
