import Audience
import Core
import Messages
import Profiles
import Storage
import ZoneTime

/// Makes the message row of everybody who qualifies, on every path: planned, control, or excluded with its reason.
struct Qualifier: Sendable {
    let consent: ConsentStore
    let ledger: MessageLedger
    let policies: PolicyBook
    let zones: Zones

    /// What the people of a campaign share, as it stands now.
    func frame(of campaign: Campaign, in session: any SQLSession) throws -> CampaignFrame {
        CampaignFrame(
            campaign: campaign, zone: try zone(of: campaign.accountID, in: session),
            templates: try session.rows(CampaignQueries.templates, [.id(campaign.id)]).map { try $0.id(0) },
            policy: try policies.policies(of: [campaign.id], in: session)[campaign.id] ?? SendPolicy(), stage: campaign.variantStage)
    }

    /// The account's zone; UTC when this system does not know it.
    func zone(of account: AccountID, in session: any SQLSession) throws -> Zone {
        try zones.zone(of: account, in: session)
    }

    /// How many have qualified for the campaign so far, to go on by turns; 0 where nothing goes by turns.
    func number(of campaign: Campaign, in session: any SQLSession) throws -> Int {
        guard campaign.variantStage == .test else { return 0 }
        return try session.row(Self.qualified, [.id(campaign.id)])?.int(0) ?? 0
    }

    /// Writes the rows. Qualifying somebody twice makes one.
    /// - Returns: how many are new.
    func qualify(_ intents: [Intent], in campaign: Campaign, at now: Timestamp, _ session: any SQLSession) throws -> Int {
        guard !intents.isEmpty else { return 0 }
        let qualifications = try qualifications(of: intents, in: campaign, session).map(\.qualification)
        let run = CampaignRun(
            accountID: campaign.accountID, campaignID: campaign.id, channelID: campaign.channelID,
            lane: campaign.type.isLive ? .live : .campaign)
        return try ledger.qualify(qualifications, for: run, at: now, in: session)
    }

    /// What becomes of each, given whether they can be reached now; people who are gone are left out.
    func qualifications(
        of intents: [Intent], in campaign: Campaign, _ session: any SQLSession
    ) throws -> [(intent: Intent, qualification: Qualification, reach: Reachability)] {
        let people = Array(Set(intents.map(\.candidate.person.id)))
        let reach = try consent.reachability(of: people, account: campaign.accountID, in: session)
        return intents.compactMap { intent in
            reach[intent.candidate.person.id].map { (intent, intent.qualification($0), $0) }
        }
    }

    private static let qualified = Query(
        "campaign.qualified", "SELECT value FROM tally WHERE campaign_id = $1 AND name = 'qualified'")
}
