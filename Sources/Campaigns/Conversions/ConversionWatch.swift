import Audience
import Core
import Profiles
import ZoneTime

/// The goal of one campaign, as it is judged at a moment.
struct ConversionWatch: Sendable {
    enum Verdict: Hashable, Sendable {
        /// The event is none of the campaign's, or came too early or too late.
        case no
        /// Whether it counts is known when the request under way is settled.
        case pending
        case yes(Conversion)
    }

    let campaign: Campaign
    let goal: ConversionGoal
    /// The account's.
    let zone: Zone

    /// Nil for a campaign without a goal.
    init?(_ campaign: Campaign, zone: Zone, at now: Timestamp) {
        guard var goal = campaign.definition.setup.conversion else { return nil }
        goal.event = goal.event.resolved(at: RuleMoment(now: now, zone: zone))
        (self.campaign, self.goal, self.zone) = (campaign, goal, zone)
    }

    /// What an event means, given the person's touches by the campaign.
    /// - Parameter key: the `matchKey` of the event's name.
    func verdict(on event: StoredEvent, named key: String, after touches: [Touch]) -> Verdict {
        guard goal.event.matches(key, event.properties) else { return .no }
        let time = event.happenedAt
        let kinds = Set(touches.filter { $0.at <= time && time <= zone.adding(goal.within, to: $0.at) }.map(\.kind))
        if kinds.contains(.sent) { return .yes(conversion(by: event, isControl: false)) }
        if kinds.contains(.underWay) { return .pending }
        return kinds.contains(.control) ? .yes(conversion(by: event, isControl: true)) : .no
    }

    private func conversion(by event: StoredEvent, isControl: Bool) -> Conversion {
        let limit = Int128(1_000_000_000_000) * 1_000_000
        let worth = goal.revenueProperty.map { Millionths.of(event.properties[$0]) } ?? 0
        return Conversion(
            campaignID: campaign.id, profileID: event.profileID, accountID: event.accountID, isControl: isControl,
            convertedAt: event.happenedAt, revenue: Int64(min(max(worth, -limit), limit)))
    }
}
