import Core
import Messages
import Profiles
import Storage
import ZoneTime

/// The campaign has not sent as many messages as it may on this day of the account, or in all.
struct ReachRule: GateRule {
    private let policies: Policies
    /// The day that it is for each campaign with such a limit.
    private let days: [CampaignID: Day]
    private var used: [CampaignID: ReachCount.Used]

    /// Nil when no campaign of the batch limits that.
    init?(_ batch: GateBatch, zones: PeopleZones, in session: any SQLSession) throws {
        policies = batch.policies
        days = Self.days(batch, zones)
        guard !days.isEmpty else { return nil }
        used = try ReachCount().used(of: Set(days.keys), on: Set(days.values), in: session)
    }

    /// The day on which a message of a campaign counts; none where there is no such limit.
    static func days(_ batch: GateBatch, _ zones: PeopleZones) -> [CampaignID: Day] {
        let held = batch.messages(where: \.limitsReach)
        return Dictionary(
            held.map { ($0.campaignID, zones.zone(named: batch.policies[$0].zone).local(of: batch.now).day) }, uniquingKeysWith: { $1 })
    }

    func objection(to message: MessageRecord) -> Ruling? {
        guard let day = days[message.campaignID], let used = used[message.campaignID] else { return nil }
        let policy = policies[message]
        if let most = policy.overall, used.overall >= most { return .exclude(.overallLimit) }
        if let most = policy.perDay, used.byDay[day, default: 0] >= most { return .exclude(.dayLimit) }
        return nil
    }

    mutating func count(_ message: MessageRecord) {
        guard let day = days[message.campaignID] else { return }
        used[message.campaignID, default: ReachCount.Used()].overall += 1
        used[message.campaignID, default: ReachCount.Used()].byDay[day, default: 0] += 1
    }
}
