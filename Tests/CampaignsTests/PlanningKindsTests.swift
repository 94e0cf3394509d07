import Campaigns
import Core
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp

/// One-time campaigns that do not simply say one thing to everybody at once.
@Suite struct PlanningKindsTests {
    private static let variants: [JSONValue] = [["template": "shop:plain"], ["template": "shop:other"]]

    private func fixture(_ kind: TestEngine, people: Int64) async throws -> CampaignFixture {
        let fixture = try await CampaignFixture(kind)
        try await fixture.addTemplate("shop:other", body: "Hi")
        try await fixture.add(1...people)
        return fixture
    }

    @Test(arguments: TestEngine.available)
    func `of more people than may be reached so many are drawn, the others counted`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind, people: 250)
        let campaign = try await fixture.launch(["who": ["where": [:], "reach": ["at_most": 100]]])
        // Every page is planned by a process of its own, which has to draw the same.
        for _ in 0..<30 { _ = await fixture.runner().turn() }
        let messages = try await fixture.messages(of: campaign.id)
        #expect(messages.count == 250)
        let drawn = messages.filter { $0.state == "planned" }
        #expect(drawn.count == 100)
        #expect(messages.count { $0.reason == "reach_limit" } == 150)
        #expect(Set(drawn.map { $0.profile / 50 }).count == 5)  // from all over
    }

    @Test(arguments: TestEngine.available)
    func `nothing is sent when more people fit than were thought`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind, people: 101)
        let campaign = try await fixture.launch([
            "when": ["start": .string(CampaignFixture.now.iso8601())], "who": ["where": [:], "reach": ["safety_limit": 100]],
        ])
        await fixture.drain()
        let held = try await fixture.campaign(campaign.id)
        #expect(held?.status == .scheduled && held?.heldCode == .tooManyPeople)
        #expect(try await fixture.messages(of: campaign.id).isEmpty)
        _ = try await fixture.campaigns.resume(campaign.id, of: CampaignFixture.account)
        await fixture.drain()
        #expect(try await fixture.campaign(campaign.id)?.heldCode == .tooManyPeople)
        _ = try await fixture.campaigns.change(
            campaign.id, of: CampaignFixture.account, by: ["who": ["where": [:], "reach": ["safety_limit": 101]]])
        _ = try await fixture.campaigns.resume(campaign.id, of: CampaignFixture.account)
        await fixture.drain()
        #expect(try await fixture.messages(of: campaign.id).count == 101)
    }

    @Test(arguments: TestEngine.available)
    func `variants are split by percent, the same for a person whoever plans`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind, people: 400)
        let what: JSONValue = [
            "mode": "split", "variants": [["template": "shop:plain", "percent": 75], ["template": "shop:other", "percent": 25]],
        ]
        let campaign = try await fixture.launch(["what": what])
        for _ in 0..<45 { _ = await fixture.runner().turn() }
        let counts = try await variants(of: campaign.id, fixture)
        #expect(counts["A:1", default: 0] + counts["A:2", default: 0] + counts["B:3", default: 0] == 400)
        #expect((270...330).contains(counts.filter { $0.key.hasPrefix("A") }.values.reduce(0, +)))
    }

    @Test(arguments: TestEngine.available)
    func `the rest gets the variant that was viewed most`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind, people: 60)
        let what: JSONValue = ["mode": "winner", "variants": .array(Self.variants), "test": ["messages": 20, "minutes": 30]]
        let campaign = try await fixture.launch(["what": what])
        await fixture.drain()
        #expect(try await variants(of: campaign.id, fixture).values.sorted() == [10, 10])
        try await send(campaign, fixture) { $0 == "B" }
        await fixture.drain()  // the test is out; views are counted from now on
        await fixture.drain(fixture.runner(at: CampaignFixture.now + .seconds(1799)))
        #expect(try await fixture.messages(of: campaign.id).count == 20)
        await fixture.drain(fixture.runner(at: CampaignFixture.now + .seconds(1801)))
        #expect(try await fixture.campaign(campaign.id)?.winner == "B")
        let counts = try await variants(of: campaign.id, fixture)
        #expect(counts.filter { $0.key.hasPrefix("B") }.values.reduce(0, +) == 50 && counts.values.reduce(0, +) == 60)
        try await send(campaign, fixture) { _ in false }
        await fixture.drain(fixture.runner(at: CampaignFixture.now + .seconds(1802)))
        #expect(try await fixture.campaign(campaign.id)?.status == .completed)
    }

    @Test func `a tie goes to the first`() async throws {
        let fixture = try await fixture(.sqlite, people: 10)
        let what: JSONValue = ["mode": "winner", "variants": .array(Self.variants), "test": ["messages": 4, "minutes": 1]]
        let campaign = try await fixture.launch(["what": what])
        await fixture.drain()
        try await send(campaign, fixture) { _ in true }
        await fixture.drain()
        await fixture.drain(fixture.runner(at: CampaignFixture.now + .seconds(61)))
        #expect(try await fixture.campaign(campaign.id)?.winner == "A")
    }

    @Test(arguments: TestEngine.available)
    func `everybody gets the message of their property, or the one for all others`(kind: TestEngine) async throws {
        let fixture = try await fixture(kind, people: 1)
        for (id, plan) in [(2, "Gold"), (3, "gold"), (4, 7), (5, "silver")] as [(Int64, JSONValue)] {
            try await fixture.add(id, ["Plan": plan])
        }
        let what: JSONValue = [
            "property": "Plan", "default": ["template": "shop:plain"],
            "cases": [
                ["value": "Gold", "template": "shop:other"],
                ["value": 7, "template": "shop:ticket", "variables": ["1": "a", "2": "b", "3": "{{ Profile.Plan }}"]],
            ],
        ]
        let campaign = try await fixture.launch(["what": what])
        await fixture.drain()
        let templates = try await fixture.engine.read { session in
            try session.rows(Self.templates, [.id(campaign.id)]).map { try $0.text(0) }
        }
        #expect(templates == ["shop:plain", "shop:other", "shop:other", "shop:ticket", "shop:plain"])
        #expect(try await fixture.messages(of: campaign.id)[3].parameters == ["a", "b", "7"])
    }

    // Fault D3. The start is 10:00 in Kolkata, 04:30 UTC; the campaign begins then.
    @Test(arguments: [
        ("drop", ["planned@04:30", "planned@09:00", "excluded", "planned@04:30"]),
        ("next_day", ["planned@04:30", "planned@09:00", "planned@01:00+1", "planned@04:30"]),
    ])
    func `everybody is reached at the hour where they live`(passed: String, expected: [String]) async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.setZone("Asia/Kolkata")
        let day = Timestamp(seconds: Timestamp.days(year: 2027, month: 1, day: 16) * 86_400)
        for (id, zone) in [(1, "Asia/Kolkata"), (2, "Africa/Lagos"), (3, "Asia/Tokyo"), (4, "Mars/Base")] as [(Int64, JSONValue)] {
            try await fixture.add(id, ["Tz": zone])
        }
        let start = day + .seconds(4 * 3600 + 1800)
        let campaign = try await fixture.launch([
            "when": ["start": .string(start.iso8601()), "time_zone": "person", "passed": .string(passed)]
        ])
        await fixture.drain(fixture.runner(at: start + .seconds(2)))
        let found = try await fixture.engine.read { session in
            try session.rows(Self.dues, [.id(campaign.id)]).map { row in
                guard try row.text(0) == "planned" else { return try row.text(0) }
                let time = try row.time(1)
                return "planned@\(time.iso8601().dropFirst(11).prefix(5))" + (time >= day + .seconds(86_400) ? "+1" : "")
            }
        }
        #expect(found == expected)
    }

    /// How many messages of each variant and template there are.
    private func variants(of campaign: CampaignID, _ fixture: CampaignFixture) async throws -> [String: Int] {
        try await fixture.engine.read { session in
            Dictionary(
                try session.rows(Self.counts, [.id(campaign)]).map { ("\(try $0.text(0)):\(try $0.integer(1))", try $0.int(2)) },
                uniquingKeysWith: { $1 })
        }
    }

    /// Sends what waits; of the variants that are `viewed` every message is.
    private func send(_ campaign: Campaign, _ fixture: CampaignFixture, viewed: (String) -> Bool) async throws {
        let (now, ledger) = (CampaignFixture.now + .seconds(1801), fixture.ledger)
        let templates = Dictionary(uniqueKeysWithValues: (1...3 as ClosedRange<Int64>).map { (TemplateID(rawValue: $0), 1000) })
        let claimed = try await ledger.claim(on: campaign.channelID, templates, at: now, leaseUntil: now + .seconds(60))
        let asked = try await fixture.engine.write { try ledger.ask(claimed, at: now, leaseUntil: now + .seconds(60), in: $0) }
        try await ledger.settle(
            asked.map { Settlement(messageID: $0.id, attempt: 1, result: .accepted(Acceptance(providerMessageID: "p\($0.id)")), at: now) })
        let receipts = asked.filter { viewed($0.variant ?? "") }.map {
            Receipt(messageID: $0.id, providerMessageID: nil, status: .viewed, occurredAt: now)
        }
        _ = try await fixture.engine.write { try ledger.apply(receipts, on: campaign.channelID, in: $0) }
    }

    private static let templates = Query(
        "test.templates",
        "SELECT t.name FROM message m JOIN template t ON t.id = m.template_id WHERE m.campaign_id = $1 ORDER BY m.profile_id")
    private static let dues = Query("test.dues", "SELECT state, due_at FROM message WHERE campaign_id = $1 ORDER BY profile_id")
    private static let counts = Query(
        "test.variants",
        "SELECT variant, template_id, COUNT(*) FROM message WHERE campaign_id = $1 GROUP BY variant, template_id ORDER BY variant")
}
