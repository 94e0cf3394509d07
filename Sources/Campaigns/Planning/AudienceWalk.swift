import Audience
import Core
import Messages
import Profiles
import Storage
import ZoneTime

/// Walks through the people of a campaign, a page at a time, and says what it means to do with each: the way that planning
/// and pre-flight have in common. Only reads.
struct AudienceWalk: Sendable {
    let engine: any SQLEngine
    let audiences: Audiences
    let profiles: ProfileStore
    let zones: Zones

    /// What the pages of one walk share.
    struct Step: Sendable {
        let frame: CampaignFrame
        let plan: OneTimePlan
        /// When the campaign began, or would.
        let began: Timestamp
        /// How many came before this page, for tests that alternate.
        let number: Int
    }

    var homes: PeopleZones { PeopleZones(zones: zones) }

    /// Everybody who fits at a moment; of a live campaign those who would if they did what it waits for.
    func people(of campaign: Campaign, at moment: Timestamp) async throws -> PeopleSet {
        try await audiences.people(
            campaign.definition.who.rule, of: campaign.accountID, at: self.moment(of: campaign, at: moment))
    }

    /// How many fit at a moment, and how many of them can be written to.
    func estimate(of campaign: Campaign, at moment: Timestamp) async throws -> (count: Int, reachable: Int) {
        try await audiences.estimate(
            campaign.definition.who.rule, of: campaign.accountID, at: self.moment(of: campaign, at: moment))
    }

    private func moment(of campaign: Campaign, at now: Timestamp) async throws -> RuleMoment {
        RuleMoment(now: now, zone: try await engine.read { try zones.zone(of: campaign.accountID, in: $0) })
    }

    /// Of those of a page whose turn it is in this stage of the campaign.
    func intents(for ids: [ProfileID], _ step: Step, _ session: any SQLSession) throws -> [Intent] {
        let (frame, plan) = (step.frame, step.plan)
        let due = ids.filter { plan.isDue($0, in: frame.stage) }
        let people = try profiles.profiles(due, of: frame.campaign.accountID, in: session)
        let starts = try PersonalStarts(of: frame.campaign, frame: frame, began: step.began, homes: homes, people: due, in: session)
        return due.compactMap { people[$0] }.enumerated().map { place, person in
            let start = starts.start(for: person.id)
            let reason = plan.reach?.picks(person.id) == false ? Reason.reachLimit : start.isMissed ? .startMissed : nil
            let candidate = Candidate(person: person, run: frame.campaign.run, event: nil, dueAt: start.at, excluded: reason)
            return frame.intent(for: candidate, number: step.number + place, at: step.began)
        }
    }
}
