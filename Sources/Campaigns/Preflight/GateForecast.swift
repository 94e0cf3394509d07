import Channels
import Core
import Messages
import Profiles
import Storage
import WhatsApp
import ZoneTime

/// What the last gate would say of those who are planned, asked now: limits that count what people had, hours, and pauses of
/// marketing. It is built for a page of people.
struct GateForecast {
    private let policy: SendPolicy
    private let account: AccountPolicy
    private let accountCounts: [ProfileID: AskedHistory.Count]
    private let campaignCounts: [AskedHistory.Pair: AskedHistory.Count]
    private let homes: [ProfileID: ZoneChoice]
    private let zone: Zone
    private let marketing: Set<TemplateID>
    private let campaign: CampaignID
    private let now: Timestamp

    init(
        for people: [ProfileID], of subject: PreflightSubject, policy: SendPolicy, homes: PeopleZones, at now: Timestamp,
        in session: any SQLSession
    ) throws {
        let account = subject.campaign.accountID
        let limits = policy.respectsAccountLimits ? try PolicyBook().policy(of: account, in: session) : .none
        (self.policy, self.account, campaign, self.now) = (policy, limits, subject.campaign.id, now)
        accountCounts = limits.limitsPeople ? try limits.counts(of: people, at: now, in: session) : [:]
        campaignCounts = policy.limitsPeople ? try AskedHistory().ofCampaigns([campaign], to: people, in: session) : [:]
        zone = homes.zone(named: policy.zone)
        self.homes = policy.quietHours == nil ? [:] : try homes.choices(for: people, of: account, else: zone, in: session)
        marketing = Set(subject.templates.filter { $0.content.category == .marketing }.map(\.id))
    }

    /// Why nothing would go out, in the order in which the gate asks; nil when it would.
    func objection(to qualification: Qualification, _ reach: Reachability) -> Reason? {
        if case .marketingPaused = reach, marketing.contains(qualification.templateID) { return .marketingPaused }
        let due = max(qualification.dueAt, now)
        if let cutoff = policy.cutoff, zone.local(of: due).time >= cutoff { return .cutoffReached }
        if policy.quietHours?.action == .discard, isQuiet(qualification) { return .quietHours }
        if let count = accountCounts[qualification.profileID], let reason = account.objection(to: count, at: now) { return reason }
        let pair = AskedHistory.Pair(campaign: campaign, profile: qualification.profileID)
        return campaignCounts[pair].flatMap { policy.objection(to: $0, at: now) }
    }

    /// Whether it is put off until quiet hours end.
    func waits(_ qualification: Qualification) -> Bool { policy.quietHours?.action == .delay && isQuiet(qualification) }

    private func isQuiet(_ qualification: Qualification) -> Bool {
        guard let hours = policy.quietHours?.hours, let home = homes[qualification.profileID]?.zone else { return false }
        return hours.isQuiet(at: max(qualification.dueAt, now), in: home)
    }
}
