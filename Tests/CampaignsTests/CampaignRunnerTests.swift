import Campaigns
import Core
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct CampaignRunnerTests {
    @Test(arguments: TestEngine.available)
    func `a campaign waits for its time, runs, and is completed when nothing is open`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...3)
        let later = CampaignFixture.now + .seconds(3600)
        let campaign = try await fixture.launch(["when": ["start": .string(later.iso8601())]])
        await fixture.drain()
        #expect(try await fixture.campaign(campaign.id)?.status == .scheduled)
        #expect(try await fixture.messages(of: campaign.id).isEmpty)

        await fixture.drain(fixture.runner(at: later))
        let running = try await fixture.campaign(campaign.id)
        #expect(running?.status == .running && running?.startedAt == later && running?.plannedAt == later)

        let ledger = fixture.ledger
        let claimed = try await ledger.claim(on: campaign.channelID, [campaign.templateID: 10], at: later, leaseUntil: later + .seconds(60))
        #expect(claimed.count == 3)
        await fixture.drain(fixture.runner(at: later))
        #expect(try await fixture.campaign(campaign.id)?.status == .running)

        let asked = try await fixture.engine.write { session in
            try ledger.ask(claimed, at: later, leaseUntil: later + .seconds(60), in: session)
        }
        try await ledger.settle(
            asked.map { Settlement(messageID: $0.id, attempt: 1, result: .accepted(Acceptance(providerMessageID: "p\($0.id)")), at: later) }
        )
        await fixture.drain(fixture.runner(at: later + .seconds(5)))
        let done = try await fixture.campaign(campaign.id)
        #expect(done?.status == .completed && done?.finishedAt == later + .seconds(5))
    }

    @Test(arguments: TestEngine.available)
    func `what a stopped campaign left waiting is excluded, and planning ends`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...25)
        let campaign = try await fixture.launch()
        _ = await fixture.runner().turn()
        #expect(try await fixture.messages(of: campaign.id).count == 10)
        _ = try await fixture.campaigns.stop(campaign.id, of: CampaignFixture.account)
        await fixture.drain()
        let messages = try await fixture.messages(of: campaign.id)
        #expect(messages.count == 10)
        #expect(messages.allSatisfy { $0.state == "excluded" && $0.reason == "campaign_stopped" })
        #expect(try await fixture.campaign(campaign.id)?.status == .stopped)
    }

    @Test(arguments: TestEngine.available)
    func `a stop at any moment of planning leaves nothing waiting`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...60)
        let campaign = try await fixture.launch()
        let stopped = try await withThrowingTaskGroup(of: Campaign.Status?.self) { group in
            for _ in 1...2 {
                group.addTask {
                    await fixture.drain()
                    return nil
                }
            }
            group.addTask {
                while try await fixture.messages(of: campaign.id).isEmpty { await Task.yield() }
                return try await fixture.campaigns.stop(campaign.id, of: CampaignFixture.account).status
            }
            return try await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
        }
        #expect(stopped == [.stopped])
        await fixture.drain()
        let messages = try await fixture.messages(of: campaign.id)
        #expect(messages.allSatisfy { $0.state == "excluded" })
        #expect(Set(messages.map(\.profile)).count == messages.count)
    }

    @Test(arguments: TestEngine.available)
    func `a campaign that cannot be read does not keep the others from going on`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...25, optedIn: false)
        let bad = try await fixture.launch()
        try await fixture.damage(bad.id)
        let good = try await fixture.launch()
        await fixture.drain()
        #expect(try await fixture.campaign(good.id)?.status == .completed)
        #expect(try await fixture.messages(of: bad.id).isEmpty)
        await #expect(throws: StorageError.self) { try await fixture.campaign(bad.id) }
    }

    @Test(arguments: TestEngine.available)
    func `the service plans when it is woken and tells Delivery`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...5)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await fixture.runner().run() }
            let campaign = try await fixture.launch()
            await fixture.planned.wait(atMost: .seconds(30))
            #expect(try await fixture.messages(of: campaign.id).count == 5)
            group.cancelAll()
        }
    }
}
