import Campaigns
import Core
import StorageTesting
import Testing

/// What becomes of a start when the server was down.
@Suite struct LateStartTests {
    private static let start = CampaignFixture.now + .seconds(3600)
    private static func when(_ more: [String: JSONValue] = [:]) -> [String: JSONValue] {
        ["when": .object(["start": .string(start.iso8601())].merging(more) { $1 })]
    }

    @Test(
        arguments: TestEngine.available,
        [(minutes: nil, late: 61 * 60, begins: true), (nil, 61 * 60 + 1, false), (0, 60, true), (0, 61, false), (10_080, 86_400, true)]
            as [(minutes: Int64?, late: Int, begins: Bool)])
    func `a campaign begins late by as much as it allows`(
        kind: TestEngine, row: (minutes: Int64?, late: Int, begins: Bool)
    ) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...3)
        let campaign = try await fixture.launch(Self.when(row.minutes.map { ["late_start": ["minutes": .int($0)]] } ?? [:]))
        let time = Self.start + .seconds(row.late)
        await fixture.drain(fixture.runner(at: time))
        let after = try await fixture.campaign(campaign.id)
        #expect(after?.status == (row.begins ? .running : .scheduled))
        #expect(after?.heldCode == (row.begins ? nil : .startMissed) && after?.heldAt == (row.begins ? nil : time))
        #expect(try await fixture.messages(of: campaign.id).count == (row.begins ? 3 : 0))
    }

    @Test(arguments: TestEngine.available)
    func `a held campaign says so, and begins when it is resumed`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...3)
        let campaign = try await fixture.launch(Self.when())
        let late = Self.start + .seconds(86_400)
        await fixture.drain(fixture.runner(at: late))
        guard let held = try await fixture.campaign(campaign.id) else { throw InputError(.notFound, code: "gone", "") }
        let hold = try await fixture.campaigns.hold(of: held)
        #expect(hold?.cause == .start && hold?.code == "start_missed" && hold?.since == late)
        let resumed = try await fixture.store(at: late).resume(campaign.id, of: CampaignFixture.account)
        #expect(resumed.status == .scheduled && resumed.heldCode == nil && resumed.startAt == late)
        #expect(try await fixture.store(at: late + .seconds(5)).resume(campaign.id, of: CampaignFixture.account) == resumed)
        await fixture.drain(fixture.runner(at: late))
        #expect(try await fixture.messages(of: campaign.id).count == 3)
    }

    @Test(arguments: TestEngine.available)
    func `another start lets a held campaign wait for that`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let campaign = try await fixture.launch(Self.when())
        let late = Self.start + .seconds(86_400)
        await fixture.drain(fixture.runner(at: late))
        let next = late + .seconds(600)
        let changed = try await fixture.store(at: late).change(
            campaign.id, of: CampaignFixture.account, by: ["when": ["start": .string(next.iso8601())]])
        #expect(changed.heldCode == nil && changed.startAt == next)
        let stopped = try await fixture.store(at: late).stop(campaign.id, of: CampaignFixture.account)
        #expect(stopped.status == .stopped)
    }

    @Test(arguments: TestEngine.available)
    func `a live campaign begins however late, and is completed at its end`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let end = Self.start + .seconds(86_400)
        var definition = Self.when(["end": .string(end.iso8601())])
        (definition["type"], definition["who"]) = ("inaction", .object(Definitions.who(.inaction)))
        let campaign = try await fixture.launch(definition)
        #expect(campaign.endAt == end)
        await fixture.drain(fixture.runner(at: end - .seconds(1)))
        #expect(try await fixture.campaign(campaign.id)?.status == .running)
        await fixture.drain(fixture.runner(at: end))
        let done = try await fixture.campaign(campaign.id)
        #expect(done?.status == .completed && done?.finishedAt == end)
    }

    @Test(arguments: TestEngine.available)
    func `a live campaign without an end runs on`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let campaign = try await fixture.launch(["type": "single_action", "who": .object(Definitions.who(.singleAction))])
        for year in 0...3 { await fixture.drain(fixture.runner(at: CampaignFixture.now + .seconds(366 * 86_400 * year))) }
        #expect(try await fixture.campaign(campaign.id)?.status == .running)
    }

    @Test(arguments: TestEngine.available)
    func `a live campaign whose end is past cannot be scheduled`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let error = await #expect(throws: InputError.self) {
            try await fixture.launch([
                "type": "single_action", "who": .object(Definitions.who(.singleAction)),
                "when": ["start": "now", "end": .string(CampaignFixture.now.iso8601())],
            ])
        }
        #expect(error?.field == "when.end")
    }
}
