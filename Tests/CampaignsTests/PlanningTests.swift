import Campaigns
import Core
import Messages
import Profiles
import Storage
import StorageTesting
import Testing

@Suite struct PlanningTests {
    @Test(arguments: TestEngine.available)
    func `everybody who qualifies gets one row, with its reason when nothing is sent`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1, ["Name": "Asha"])
        try await fixture.add(2, phone: nil, ["Name": "B"])
        try await fixture.add(3, optedIn: false, ["Name": "C"])
        try await fixture.add(4, phone: "15550001111", ["Name": "D"])
        try await fixture.add(5)
        try await fixture.add(6, ["Name": "a\nb"])
        try await fixture.add(7, phone: "1555000000001", ["Name": "Twin of 1"])
        try await fixture.block("15550001111")
        let campaign = try await fixture.launch([
            "what": ["template": "shop:ticket", "variables": ["1": "{{ Profile.Name }}", "2": "A-17", "3": "example.com"]]
        ])
        await fixture.drain()
        let messages = try await fixture.messages(of: campaign.id)
        #expect(messages.map(\.profile) == Array(1...7))
        #expect(
            messages.map(\.reason) == [
                nil, "no_phone", "not_opted_in", "number_blocked", "missing_variable", "invalid_value", "duplicate_number",
            ])
        #expect(messages.map(\.state) == ["planned"] + Array(repeating: "excluded", count: 6))
        #expect(messages[0].parameters == ["Asha", "A-17", "example.com"])
        #expect(messages.map { $0.phone == nil } == [false, true, false, false, false, false, false])
    }

    @Test(arguments: TestEngine.available)
    func `Liquid decides what people get and who gets nothing`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1, ["Points": 12])
        try await fixture.add(2, ["Points": 2])
        try await fixture.add(3)
        try await fixture.add(4, ["Points": 100_000])
        let text = """
            {% if Profile.Points > 99999 %}{% for i in (1..999) %}{% for j in (1..999) %}{% endfor %}{% endfor %}{% endif -%}
            {%- unless Profile.Points %}{% abort %}{% endunless -%}
            {%- if Profile.Points > 10 %}{{ Profile.Points | times: 2 }}{% else %}few{% endif %}
            """
        let campaign = try await fixture.launch([
            "what": ["template": "shop:ticket", "variables": ["1": .string(text), "2": "A-17", "3": "example.com"]]
        ])
        await fixture.drain()
        let messages = try await fixture.messages(of: campaign.id)
        #expect(messages.map(\.reason) == [nil, nil, "liquid_aborted", "liquid_timeout"])
        #expect(messages.prefix(2).map(\.parameters.first) == ["24", "few"])
    }

    @Test(arguments: TestEngine.available)
    func `a number that is on two pages is sent to once`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        for id in 1...25 as ClosedRange<Int64> { try await fixture.add(id, phone: "1555000\(1000 + id % 5)") }
        let campaign = try await fixture.launch()
        await fixture.drain()
        let messages = try await fixture.messages(of: campaign.id)
        #expect(messages.filter { $0.state == "planned" }.map(\.profile) == Array(1...5))
        #expect(messages.filter { $0.reason == "duplicate_number" }.count == 20)
    }

    @Test(arguments: TestEngine.available)
    func `only those who fit are qualified`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1, ["City": "Pune"])
        try await fixture.add(2, ["City": "Goa"])
        let campaign = try await fixture.launch(["who": ["where": ["profile": [["name": "City", "value": "Goa"]]]]])
        await fixture.drain()
        #expect(try await fixture.messages(of: campaign.id).map(\.profile) == [2])
    }

    @Test(arguments: TestEngine.available)
    func `the control group is drawn among the reachable, the same on every engine`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...500)
        try await fixture.add(501...600, optedIn: false)
        let campaign = try await fixture.launch(["setup": ["control_group": ["percent": 20]]])
        await fixture.drain(fixture.runner(pages: 100))
        let messages = try await fixture.messages(of: campaign.id)
        let group = SendPolicy.Control.own(of: campaign.id, percent: 20)
        #expect(
            messages.filter { $0.state == "control" }.map(\.profile)
                == (1...500).filter { group.holds(ProfileID(rawValue: $0)) })
        #expect(messages.filter { $0.reason == "not_opted_in" }.map(\.profile) == Array(501...600))
        #expect(messages.count == 600)
    }

    @Test(arguments: TestEngine.available, FaultyEngine.Fault.allCases)
    func `planning goes on after a failure at any write and plans nobody twice`(
        kind: TestEngine, fault: FaultyEngine.Fault
    ) async throws {
        // The writes are: the begin, three pages, the completion.
        for number in 1...5 {
            let fixture = try await CampaignFixture(kind)
            try await fixture.add(1...25, optedIn: false)
            let campaign = try await fixture.launch()
            let faulty = FaultyEngine(fixture.engine, failing: number, fault)
            for _ in 1...8 { _ = await fixture.runner(over: faulty).turn() }
            let done = try await fixture.campaign(campaign.id)
            #expect(done?.status == .completed && done?.run == 1)
            #expect(try await fixture.messages(of: campaign.id).map(\.profile) == Array(1...25))
        }
    }

    @Test(arguments: TestEngine.available)
    func `several runners plan one campaign without getting into each other's way`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...100)
        let campaign = try await fixture.launch()
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...4 { group.addTask { for _ in 1...12 { _ = await fixture.runner().turn() } } }
        }
        await fixture.drain()
        #expect(try await fixture.messages(of: campaign.id).map(\.profile) == Array(1...100))
        let done = try await fixture.campaign(campaign.id)
        #expect(done?.run == 1 && done?.status == .running && done?.plannedAt != nil)
        #expect(done?.plannedUpTo == ProfileID(rawValue: 100))
    }
}
