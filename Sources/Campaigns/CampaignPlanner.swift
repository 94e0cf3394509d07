package import Audience
package import Core
package import Messages
package import Profiles
package import Storage
package import ZoneTime

/// Turns the audience of a running one-time campaign into messages, a page of people at a time. Where it stands is kept in the
/// campaign's row, in the same transaction as the messages, so it goes on after a crash and judges nobody twice.
package struct CampaignPlanner: Sendable {
    private let engine: any SQLEngine
    private let walk: AudienceWalk
    private let qualifier: Qualifier
    private let clock: WallClock
    private let pageSize: Int
    private let memory = PlanMemory()

    package init(
        engine: any SQLEngine, audiences: Audiences, profiles: ProfileStore, consent: ConsentStore, ledger: MessageLedger,
        zones: Zones, clock: WallClock = .system, pageSize: Int = 1000
    ) {
        walk = AudienceWalk(engine: engine, audiences: audiences, profiles: profiles, zones: zones)
        qualifier = Qualifier(consent: consent, ledger: ledger, policies: PolicyBook(), zones: zones)
        (self.engine, self.clock, self.pageSize) = (engine, clock, pageSize)
    }

    /// How many people fit a one-time campaign at a moment.
    func count(of campaign: Campaign, at now: Timestamp) async throws -> Int { try await walk.people(of: campaign, at: now).count }

    /// Judges the next people. Reading happens outside the writing transaction; that one only goes through when the campaign
    /// still runs and nobody else has planned this page meanwhile.
    /// - Returns: how many qualified; nil when the page was taken or the campaign no longer runs.
    package func planPage(of campaign: Campaign) async throws -> Int? {
        let began = campaign.startedAt ?? clock.now()
        let plan = try await memory.plan(of: campaign) { OneTimePlan(try await walk.people(of: campaign, at: began), of: campaign) }
        let ids = plan.people.page(after: campaign.plannedUpTo, upTo: pageSize)
        let isEnd = ids.count < pageSize
        let intents = try await engine.read { session -> [Intent] in
            let step = AudienceWalk.Step(
                frame: try qualifier.frame(of: campaign, in: session), plan: plan, began: began,
                number: try qualifier.number(of: campaign, in: session))
            return try walk.intents(for: ids, step, session)
        }
        let now = clock.now()
        let position: [SQLValue] = [
            .integer((ids.last ?? campaign.plannedUpTo)?.rawValue ?? 0), .time(isEnd ? now : nil), .id(campaign.id), .int(campaign.run),
            .integer(campaign.plannedUpTo?.rawValue ?? 0),
        ]
        if isEnd { memory.forget(campaign.id) }
        return try await engine.write { session -> Int? in
            guard try session.run(CampaignQueries.advance, position) == 1 else { return nil }
            return try qualifier.qualify(intents, in: campaign, at: now, session)
        }
    }
}
