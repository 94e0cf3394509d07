import Campaigns
import Core
import CoreTesting
import Messages
import Storage
import StorageTesting
import Testing

/// What pre-flight says is what planning then makes.
@Suite struct PreflightTests {
    @Test(arguments: TestEngine.available, 1...6)
    func `it says of random people what planning makes of them`(kind: TestEngine, seed: UInt64) async throws {
        let fixture = try await CampaignFixture(kind)
        var random = SeededGenerator(seed: seed)
        try await fixture.addRandomPeople(120, using: &random)
        let campaign = try await fixture.create(PreflightDraw.campaign(using: &random))
        let report = try await fixture.preflight(pages: 17).report(
            on: fixture.preflight().subject(campaign.id, of: CampaignFixture.account))
        _ = try await fixture.campaigns.schedule(campaign.id, of: CampaignFixture.account)
        await fixture.drain(fixture.runner(pages: 31))
        let messages = try await fixture.messages(of: campaign.id)
        #expect(report.people == messages.count)
        #expect(report.willGet == messages.count { $0.state == "planned" })
        #expect(report.control.people == messages.count { $0.state == "control" })
        let reasons = Dictionary(messages.compactMap(\.reason).map { ($0, 1) }, uniquingKeysWith: +)
        #expect(Dictionary(uniqueKeysWithValues: report.reasons.map { ($0.key.rawValue, $0.value.people) }) == reasons)
        let variants = try await fixture.variants(of: campaign.id)
        #expect(report.perMessage == variants)
        for (reason, group) in report.reasons {
            let left = Set(messages.filter { $0.reason == reason.rawValue }.map(\.profile))
            #expect(group.samples.count == min(5, group.people))
            #expect(group.samples.allSatisfy { left.contains($0.id.rawValue) })
        }
    }

    @Test(arguments: TestEngine.available)
    func `a test between variants is foretold, and the rest waits for the winner`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.addTemplate("shop:short", body: "Hi")
        try await fixture.add(1...103)
        let campaign = try await fixture.create([
            "what": [
                "variants": [["template": "shop:plain"], ["template": "shop:short"]], "mode": "winner",
                "test": ["percent": 20, "minutes": 10],
            ]
        ])
        let preflight = fixture.preflight()
        let report = try await preflight.report(on: preflight.subject(campaign.id, of: CampaignFixture.account))
        _ = try await fixture.campaigns.schedule(campaign.id, of: CampaignFixture.account)
        for _ in 1...12 { _ = await fixture.runner(pages: 31).turn() }
        let tested = try await fixture.variants(of: campaign.id)
        #expect(tested == ["A": 10, "B": 10])
        #expect(report.perMessage == tested.merging(["winner": 83]) { $1 })
    }

    @Test(arguments: TestEngine.available)
    func `nothing is written, and a definition need not be saved`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...30)
        let preflight = fixture.preflight()
        let report = try await preflight.report(on: preflight.subject(CampaignFixture.definition(), of: CampaignFixture.account))
        #expect((report.people, report.willGet, report.isLive) == (30, 30, false))
        #expect(report.seconds > 0 && report.days == nil && report.holds.isEmpty && report.exceeded == nil)
        #expect(try await fixture.campaigns.page(of: CampaignFixture.account).isEmpty)
        #expect(try await fixture.messageCount() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `limits of the account, marketing pauses and quiet hours are asked now`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...10)
        try await fixture.launchAndAsk()
        try await fixture.limitAccount(AccountPolicy(frequency: AccountPolicy.Frequency(count: 1, days: 7)))
        let preflight = fixture.preflight()
        let held = try await preflight.report(on: preflight.subject(CampaignFixture.definition(), of: CampaignFixture.account))
        #expect((held.willGet, held.reasons[.accountLimit]?.people) == (0, 10))
        let free = CampaignFixture.definition(["setup": ["limits": ["account": false]]])
        #expect(try await preflight.report(on: preflight.subject(free, of: CampaignFixture.account)).willGet == 10)
        let hours: JSONValue = [["days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "from": "00:00", "to": "23:59"]]
        for (word, excluded, waiting) in [("discard", 10, 0), ("delay", 0, 10)] as [(JSONValue, Int, Int)] {
            let quiet = CampaignFixture.definition([
                "setup": ["limits": ["account": false]],
                "when": ["start": "now", "quiet_hours": ["hours": hours, "otherwise": word]],
            ])
            let report = try await preflight.report(on: preflight.subject(quiet, of: CampaignFixture.account))
            #expect((report.reasons[.quietHours]?.people ?? 0, report.waiting) == (excluded, waiting))
        }
    }

    @Test func `a live campaign is looked at as if it were triggered today`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1, ["Name": "Asha"])
        try await fixture.add(2)
        let preflight = fixture.preflight()
        let definition = CampaignFixture.definition([
            "type": "single_action", "who": ["event": ["name": "Charged"], "where": [:]],
            "what": ["template": "shop:ticket", "variables": ["1": "{{ Profile.Name }}", "2": "{{ Event.Amount }}", "3": "x"]],
        ])
        let report = try await preflight.report(on: preflight.subject(definition, of: CampaignFixture.account))
        #expect((report.isLive, report.people, report.willGet, report.reasons[.missingVariable]?.people) == (true, 2, 1, 1))
    }

    @Test func `what would hold the campaign is named`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.addTemplate("shop:new", body: "Hello", approval: "pending")
        try await fixture.add(1...101)
        let preflight = fixture.preflight()
        let definition = CampaignFixture.definition([
            "what": ["template": "shop:new"], "who": ["where": [:], "reach": ["safety_limit": 100]],
        ])
        let report = try await preflight.report(on: preflight.subject(definition, of: CampaignFixture.account))
        #expect(report.holds.map(\.code) == ["template_pending"])
        #expect(report.exceeded == 100)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a large one runs in the background, and no more than three of an account do`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...20)
        let desk = PreflightDesk(preflight: fixture.preflight(), clock: .fixed(CampaignFixture.now), small: 10)
        let account = CampaignFixture.account
        var job = try await desk.begin(CampaignFixture.definition(), of: account)
        #expect((job.state, job.people, job.looked) == (.running, 20, 0))
        for _ in 1...2 { _ = try await desk.begin(CampaignFixture.definition(), of: account) }
        let error = await #expect(throws: InputError.self) { _ = try await desk.begin(CampaignFixture.definition(), of: account) }
        #expect(error?.code == "too_many_preflights")
        #expect(desk.job(job.id, about: nil, of: AccountID(rawValue: 2)) == nil)
        #expect(desk.job(job.id, about: CampaignID(rawValue: 1), of: account) == nil)
        let running = Task { try await desk.run() }
        while job.state == .running { await Task.yield(); job = try #require(desk.job(job.id, about: nil, of: account)) }
        running.cancel()
        guard case .done(let report) = job.state else { throw Unexpected() }
        #expect((report.willGet, job.looked) == (20, 20))
    }

    private struct Unexpected: Error {}
}

/// Random campaigns whose people meet with everything that planning knows.
enum PreflightDraw {
    static func campaign(using random: inout SeededGenerator) -> [String: JSONValue] {
        let control = [0, 10, 50].randomElement(using: &random) ?? 0
        var changes: [String: JSONValue] = ["what": whats.randomElement(using: &random) ?? .null]
        changes["setup"] = ["control_group": ["percent": .int(Int64(control))]]
        if Bool.random(using: &random) { changes["who"] = ["where": [:], "reach": ["at_most": 100]] }
        return changes
    }

    private static let named: JSONValue = ["1": "{{ Profile.Name }}", "2": #"{{ Profile.City | default: "x" }}"#, "3": "c"]
    private static let whats: [JSONValue] = [
        ["template": "shop:ticket", "variables": named],
        ["variants": [["template": "shop:ticket", "variables": named, "percent": 30], ["template": "shop:plain", "percent": 70]]],
    ]
}

extension CampaignFixture {
    func addRandomPeople(_ count: Int64, using random: inout SeededGenerator) async throws {
        for id in 1...count {
            var properties: [String: JSONValue] = [:]
            if Int.random(in: 0..<4, using: &random) > 0 { properties["Name"] = Bool.random(using: &random) ? "Asha" : "two\nlines" }
            let phones = [nil, "", "", "", "15550001\(Int.random(in: 100...110, using: &random))"] as [String?]
            let phone = phones.randomElement(using: &random) ?? nil
            try await add(id, phone: phone, optedIn: Int.random(in: 0..<5, using: &random) > 0, properties)
        }
        try await block("15550001105")
    }

    /// How many planned messages are of which variant, or of the only template.
    func variants(of campaign: CampaignID) async throws -> [String: Int] {
        let rows = try await engine.read { try $0.rows(Self.plannedVariants, [.id(campaign)]) }
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.textIfPresent(0) ?? "shop:ticket (en)", try $0.int(1)) })
    }

    func messageCount() async throws -> Int { try await engine.read { try $0.row(Self.countMessages)?.int(0) ?? 0 } }

    func limitAccount(_ policy: AccountPolicy) async throws {
        try await engine.write { try PolicyBook().set(policy, of: Self.account, in: $0) }
    }

    /// Everybody had a message a moment ago.
    func launchAndAsk() async throws {
        try await launch()
        await drain()
        try await engine.write { _ = try $0.run(Self.askAll, [.time(Self.now - .seconds(60))]) }
    }

    private static let plannedVariants = Query(
        "test.variants", "SELECT variant, COUNT(*) FROM message WHERE campaign_id = $1 AND state = 'planned' GROUP BY variant")
    private static let countMessages = Query("test.count_messages", "SELECT COUNT(*) FROM message")
    private static let askAll = Query("test.ask_all", "UPDATE message SET state = 'accepted', asked_at = $1")
}
