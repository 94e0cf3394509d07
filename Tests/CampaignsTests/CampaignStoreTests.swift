import Campaigns
import Channels
import Core
import StorageTesting
import Testing

@Suite struct CampaignStoreTests {
    private static let ticket: JSONValue = [
        "template": "shop:ticket", "variables": ["1": "{{ Profile.Name }}", "2": "A-17", "3": "example.com"],
    ]

    @Test(arguments: TestEngine.available)
    func `a campaign begins as a draft on the default channel`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let made = try await fixture.create(["what": Self.ticket])
        #expect(made.id == CampaignID(rawValue: 1))
        #expect(made.status == .draft && made.run == 0 && made.startAt == nil && made.plannedUpTo == nil)
        #expect(made.channelID == ChannelID(rawValue: 1))
        #expect(made.createdAt == CampaignFixture.now)
        #expect(try await fixture.campaign(made.id) == made)
        #expect(try await fixture.campaigns.campaign(made.id, of: AccountID(rawValue: 2)) == nil)
    }

    private static let unfit: [(changes: [String: JSONValue], field: String)] = [
        (["channel_id": 9], "channel_id"), (["what": ["template": "shop:other"]], "what.template"),
        (["what": ["template": "shop:plain", "language": "ar"]], "what.language"),
        (["what": ["template": "shop:ticket"]], "what.variables.1"),
        (["what": ["template": "shop:ticket", "variables": ["1": "a", "3": "c"]]], "what.variables.2"),
        (["what": ["template": "shop:ticket", "variables": ["1": "a", "2": "b", "3": "c", "4": "d"]]], "what.variables.4"),
        (["what": ["template": "shop:plain", "variables": ["1": "a"]]], "what.variables.1"),
    ]

    @Test(arguments: unfit)
    func `what does not fit the channel and template is refused with its field`(
        changes: [String: JSONValue], field: String
    ) async throws {
        let fixture = try await CampaignFixture(.sqlite)
        let error = await #expect(throws: InputError.self) { try await fixture.create(changes) }
        #expect(error?.field == field)
        #expect(try await fixture.campaigns.page(of: CampaignFixture.account) == [])
    }

    @Test(arguments: TestEngine.available)
    func `campaigns are listed newest first, page by page`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        for name in ["a", "b", "c"] { _ = try await fixture.create(["name": .string(name)]) }
        let first = try await fixture.campaigns.page(of: CampaignFixture.account, upTo: 2)
        #expect(first.map(\.name) == ["c", "b"])
        let second = try await fixture.campaigns.page(of: CampaignFixture.account, before: first.last?.id, upTo: 2)
        #expect(second.map(\.name) == ["a"])
    }

    @Test(arguments: TestEngine.available)
    func `only an approved template can be scheduled`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.addTemplate("shop:waiting", body: "Hello", approval: "pending")
        let campaign = try await fixture.create(["what": ["template": "shop:waiting"]])
        let error = await #expect(throws: InputError.self) {
            try await fixture.campaigns.schedule(campaign.id, of: CampaignFixture.account)
        }
        #expect(error?.kind == .conflict && error?.code == "template_not_approved")
        #expect(try await fixture.campaign(campaign.id)?.status == .draft)
        _ = try await fixture.templates.setApproval(campaign.templateID, of: CampaignFixture.account, to: .approved)
        #expect(try await fixture.campaigns.schedule(campaign.id, of: CampaignFixture.account).status == .scheduled)
    }

    @Test(arguments: TestEngine.available)
    func `a start may lie a minute back and no more`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        func start(_ offset: Int64) async throws -> Campaign {
            let time = Timestamp(seconds: CampaignFixture.now.seconds + offset)
            return try await fixture.launch(["when": ["start": .string(time.iso8601())]])
        }
        #expect(try await start(-60).startAt == CampaignFixture.now - .seconds(60))
        #expect(try await start(3600).startAt == CampaignFixture.now + .seconds(3600))
        let error = await #expect(throws: InputError.self) { try await start(-61) }
        #expect(error?.field == "when.start")
    }

    @Test(arguments: TestEngine.available)
    func `fifty schedules at once begin one run and are answered alike`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...25)
        let campaign = try await fixture.create()
        let answers = try await withThrowingTaskGroup(of: CampaignID.self) { group in
            for _ in 0..<50 {
                group.addTask { try await fixture.campaigns.schedule(campaign.id, of: CampaignFixture.account).id }
            }
            for _ in 0..<4 {
                group.addTask {
                    await fixture.drain()
                    return campaign.id
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers) == [campaign.id])
        await fixture.drain()
        #expect(try await fixture.campaign(campaign.id)?.run == 1)
        let messages = try await fixture.messages(of: campaign.id)
        #expect(messages.map(\.profile) == Array(1...25))
        #expect(messages.allSatisfy { $0.run == 1 && $0.state == "planned" })
    }

    @Test(arguments: TestEngine.available)
    func `stopping is for good and twice is once`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let campaign = try await fixture.launch()
        let stopped = try await fixture.campaigns.stop(campaign.id, of: CampaignFixture.account)
        #expect(stopped.status == .stopped && stopped.finishedAt == CampaignFixture.now)
        #expect(try await fixture.campaigns.stop(campaign.id, of: CampaignFixture.account) == stopped)
        let error = await #expect(throws: InputError.self) {
            try await fixture.campaigns.schedule(campaign.id, of: CampaignFixture.account)
        }
        #expect(error?.kind == .conflict)
        await fixture.drain()
        #expect(try await fixture.campaign(campaign.id) == stopped)
    }

    @Test(arguments: TestEngine.available)
    func `a completed campaign cannot be stopped, and can be cloned`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let campaign = try await fixture.launch()
        await fixture.drain()
        #expect(try await fixture.campaign(campaign.id)?.status == .completed)
        let error = await #expect(throws: InputError.self) {
            try await fixture.campaigns.stop(campaign.id, of: CampaignFixture.account)
        }
        #expect(error?.kind == .conflict)
        let copy = try await fixture.campaigns.clone(campaign.id, of: CampaignFixture.account)
        #expect(copy.status == .draft && copy.id != campaign.id && copy.definition == campaign.definition)
    }

    @Test(arguments: TestEngine.available)
    func `an unknown campaign is not found, nor one of another account`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let campaign = try await fixture.create()
        let store = fixture.campaigns
        let calls: [@Sendable () async throws -> Campaign] = [
            { try await store.schedule(campaign.id, of: AccountID(rawValue: 2)) },
            { try await store.stop(campaign.id, of: AccountID(rawValue: 2)) },
            { try await store.clone(CampaignID(rawValue: 99), of: CampaignFixture.account) },
        ]
        for call in calls {
            let error = await #expect(throws: InputError.self) { try await call() }
            #expect(error?.kind == .notFound)
        }
    }
}
