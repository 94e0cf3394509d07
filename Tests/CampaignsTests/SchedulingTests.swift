import Campaigns
import Channels
import Core
import Storage
import StorageTesting
import Testing

/// What is checked before a campaign may begin.
@Suite struct SchedulingTests {
    private static let account = CampaignFixture.account

    @Test(arguments: TestEngine.available)
    func `a segment must be there`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let store = fixture.store(segments: SegmentLookup { id, account, _ in id.rawValue == 4 && account == Self.account })
        let (known, gone) = (
            try await fixture.create(["who": ["segment_id": 4]]), try await fixture.create(["who": ["segment_id": 5]])
        )
        #expect(try await store.schedule(known.id, of: Self.account).status == .scheduled)
        let error = await #expect(throws: InputError.self) { try await store.schedule(gone.id, of: Self.account) }
        #expect(error?.kind == .conflict && error?.code == "unknown_segment" && error?.field == "who.segment_id")
        #expect(try await fixture.campaign(gone.id)?.status == .draft)
    }

    @Test(arguments: TestEngine.available)
    func `every template of a campaign must be there, filled and approved`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.addTemplate("shop:waiting", body: "Hello", approval: "pending")
        let unfit: [(what: JSONValue, field: String)] = [
            (["variants": [["template": "shop:plain"], ["template": "shop:other"]]], "what.variants[1].template"),
            (["variants": [["template": "shop:plain"], ["template": "shop:plain", "language": "ar"]]], "what.variants[1].language"),
            (
                ["property": "Plan", "cases": [["value": "Gold", "template": "shop:ticket"]], "default": ["template": "shop:plain"]],
                "what.cases[0].variables.1"
            ),
        ]
        for (what, field) in unfit {
            let error = await #expect(throws: InputError.self) { try await fixture.create(["what": what]) }
            #expect(error?.field == field)
        }
        let campaign = try await fixture.create([
            "what": ["property": "Plan", "cases": [["value": "Gold", "template": "shop:plain"]], "default": ["template": "shop:waiting"]]
        ])
        let error = await #expect(throws: InputError.self) { try await fixture.campaigns.schedule(campaign.id, of: Self.account) }
        #expect(error?.code == "template_not_approved" && error?.field == "what.default.template")
        let ids = try await fixture.engine.read { try fixture.campaigns.templateIDs(of: campaign.id, in: $0) }
        #expect(ids.count == 2 && ids.first == campaign.templateID)
        _ = try await fixture.templates.setApproval(ids[1], of: Self.account, to: .approved)
        #expect(try await fixture.campaigns.schedule(campaign.id, of: Self.account).status == .scheduled)
    }

    @Test(arguments: TestEngine.available)
    func `a custom control group must be there`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let setup: [String: JSONValue] = ["setup": ["custom_control_group": "Loyal"]]
        let error = await #expect(throws: InputError.self) { try await fixture.create(setup) }
        #expect(error?.code == "unknown_control_group" && error?.field == "setup.custom_control_group")
        _ = try await fixture.groups.create(["kind": "system", "percent": 2], for: Self.account)
        let group = try await fixture.groups.create(["kind": "custom", "name": "Loyal", "percent": 5], for: Self.account)
        let campaign = try await fixture.create(setup)
        for call in [
            { _ = try await fixture.groups.remove(group.id, of: Self.account) },
            { _ = try await fixture.groups.change(group.id, of: Self.account, by: ["name": "Other"]) },
        ] as [@Sendable () async throws -> Void] {
            let inUse = await #expect(throws: InputError.self) { try await call() }
            #expect(inUse?.kind == .conflict && inUse?.code == "control_group_in_use")
        }
        _ = try await fixture.campaigns.stop(campaign.id, of: Self.account)
        try await fixture.groups.remove(group.id, of: Self.account)
        let gone = await #expect(throws: InputError.self) { try await fixture.campaigns.clone(campaign.id, of: Self.account) }
        #expect(gone?.field == "setup.custom_control_group")
    }
}
