import Campaigns
import Core
import StorageTesting
import Testing

/// What can be changed in which status (`clevertap.md` 6.9).
@Suite struct CampaignChangeTests {
    private static let later: JSONValue = ["start": .string((CampaignFixture.now + .seconds(3600)).iso8601())]

    private func change(_ fixture: CampaignFixture, _ id: CampaignID, _ json: JSONValue) async throws -> Campaign {
        try await fixture.campaigns.change(id, of: CampaignFixture.account, by: json)
    }

    @Test(arguments: TestEngine.available)
    func `of a draft everything can be changed, part by part`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let draft = try await fixture.create(["setup": ["control_group": ["percent": 10]]])
        let changed = try await change(
            fixture, draft.id,
            [
                "name": "Boarding", "type": "date_time", "setup": nil,
                "who": .object(Definitions.who(.dateTime)),
                "what": ["template": "shop:ticket", "variables": ["1": "a", "2": "b", "3": "c"]],
            ])
        #expect(changed.status == .draft && changed.name == "Boarding" && changed.type == .dateTime)
        #expect(changed.definition.setup == .standard && changed.definition.when.start == .now)
        #expect(changed.templateID != draft.templateID)
        #expect(try await fixture.campaign(draft.id) == changed)
    }

    @Test(arguments: TestEngine.available)
    func `a change that does not fit changes nothing`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let draft = try await fixture.create()
        let changes: [(JSONValue, String?)] = [
            (["name": nil], "name"), (["colour": 1], "colour"), (["what": ["template": "shop:other"]], "what.template"),
            (["channel_id": 9], "channel_id"), (["setup": ["labels": ["vip"]]], "setup.labels"), ([], nil),
        ]
        for (json, field) in changes {
            let error = await #expect(throws: InputError.self) { try await change(fixture, draft.id, json) }
            #expect(error?.field == field)
        }
        #expect(try await fixture.campaign(draft.id) == draft)
        let error = await #expect(throws: InputError.self) { try await change(fixture, CampaignID(rawValue: 99), [:]) }
        #expect(error?.kind == .notFound)
    }

    private static let scheduled: [(change: JSONValue, field: String?)] = [
        (["name": "Other"], nil), (["when": ["start": "now"]], nil),
        (["who": ["where": ["profile": [["name": "City", "value": "Goa"]]]]], nil),
        (["what": ["template": "shop:other"]], nil), ([:], nil), (["name": "Tickets", "setup": [:]], nil),
        (["setup": ["control_group": ["percent": 10]]], "setup"), (["setup": ["limits": ["maximum": 1]]], "setup"),
        (["type": "single_action", "who": ["event": ["name": "Charged"]]], "type"), (["channel_id": 1], "channel_id"),
    ]

    @Test(arguments: TestEngine.available, scheduled)
    func `a scheduled campaign can be changed in when, who and what`(
        kind: TestEngine, row: (change: JSONValue, field: String?)
    ) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.addTemplate("shop:other", body: "Good morning")
        let campaign = try await fixture.launch(["when": Self.later])
        guard let field = row.field else {
            let changed = try await change(fixture, campaign.id, row.change)
            #expect(changed.status == .scheduled)
            #expect(try await fixture.campaign(campaign.id) == changed)
            return
        }
        let error = await #expect(throws: InputError.self) { try await change(fixture, campaign.id, row.change) }
        #expect(error?.kind == .conflict && error?.code == "part_is_fixed" && error?.field == field)
        #expect(try await fixture.campaign(campaign.id) == campaign)
    }

    @Test(arguments: TestEngine.available)
    func `another start is taken over, and must lie ahead`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let campaign = try await fixture.launch(["when": Self.later])
        let time = CampaignFixture.now + .seconds(7200)
        #expect(try await change(fixture, campaign.id, ["when": ["start": .string(time.iso8601())]]).startAt == time)
        let past = (CampaignFixture.now - .seconds(3600)).iso8601()
        let error = await #expect(throws: InputError.self) {
            try await change(fixture, campaign.id, ["when": ["start": .string(past)]])
        }
        #expect(error?.field == "when.start")
        #expect(try await change(fixture, campaign.id, ["name": "Later"]).startAt == time)
    }

    @Test(arguments: TestEngine.available)
    func `a template that is not approved cannot be put into a scheduled campaign`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.addTemplate("shop:waiting", body: "Hello", approval: "pending")
        let campaign = try await fixture.launch(["when": Self.later])
        let error = await #expect(throws: InputError.self) {
            try await change(fixture, campaign.id, ["what": ["variants": [["template": "shop:plain"], ["template": "shop:waiting"]]]])
        }
        #expect(error?.code == "template_not_approved" && error?.field == "what.variants[1].template")
        #expect(try await fixture.campaign(campaign.id) == campaign)
    }

    @Test(arguments: TestEngine.available)
    func `a one-time campaign that is sent now cannot be changed`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...3)
        let campaign = try await fixture.launch()
        for _ in 1...2 {
            let error = await #expect(throws: InputError.self) { try await change(fixture, campaign.id, ["name": "Other"]) }
            #expect(error?.kind == .conflict && error?.code == "campaign_running")
            await fixture.drain()
        }
    }

    private static let running: [(change: JSONValue, field: String?)] = [
        (["name": "Other"], nil), (["what": ["template": "shop:other"]], nil), (["setup": ["labels": ["vip"]]], nil),
        (["when": ["start": "now", "end": "2030-01-01T00:00:00Z"]], "when"), (["who": ["event": ["name": "Other"]]], "who"),
        (["setup": ["system_control_group": false]], "setup"), (["channel_id": 1], "channel_id"),
    ]

    @Test(arguments: TestEngine.available, running)
    func `a running live campaign can be changed in name, what and labels`(
        kind: TestEngine, row: (change: JSONValue, field: String?)
    ) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.addTemplate("shop:other", body: "Good morning")
        _ = try await fixture.campaigns.changeSettings(of: CampaignFixture.account, by: ["labels": ["vip"]])
        let campaign = try await fixture.launch(["type": "single_action", "who": .object(Definitions.who(.singleAction))])
        await fixture.drain()
        let before = try await fixture.campaign(campaign.id)
        #expect(before?.status == .running)
        guard let field = row.field else {
            let changed = try await change(fixture, campaign.id, row.change)
            #expect(changed.status == .running && changed != before)
            return
        }
        let error = await #expect(throws: InputError.self) { try await change(fixture, campaign.id, row.change) }
        #expect(error?.kind == .conflict && error?.field == field)
        #expect(try await fixture.campaign(campaign.id) == before)
    }

    @Test(arguments: TestEngine.available)
    func `what is over is not changed any more`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let campaign = try await fixture.create()
        _ = try await fixture.campaigns.stop(campaign.id, of: CampaignFixture.account)
        let error = await #expect(throws: InputError.self) { try await change(fixture, campaign.id, ["name": "Other"]) }
        #expect(error?.kind == .conflict && error?.code == "campaign_stopped")
    }
}
