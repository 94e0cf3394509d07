import Campaigns
import Core
import CoreTesting
import Storage
import StorageTesting
import Testing

/// Who does what a campaign hopes for, within the time after the message (`clevertap.md` 8.1).
@Suite struct ConversionTests {
    private let start = CampaignFixture.now
    private var sent: Timestamp { start + .seconds(60) }

    @Test(
        arguments: [(-0.000001, false), (0, true), (1800, true), (3600, true), (3600.000001, false), (86_400, false)] as [(Double, Bool)])
    func `it counts within the time after the message`(seconds: Double, counts: Bool) async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...2)
        await fixture.countConversions()
        let campaign = try await fixture.launch(hopingFor: CampaignFixture.goal)
        try await fixture.mark(campaign, of: 1, at: sent)
        let time = sent + .microseconds(Int64((seconds * 1e6).rounded()))
        // It is uploaded a week later: its own time decides.
        try await fixture.event("charged", of: 1, at: time, received: start + .seconds(7 * 86_400))
        try await fixture.event("Charged", of: 2, at: time, received: start + .seconds(7 * 86_400))
        await fixture.countConversions()
        #expect(try await fixture.conversions() == (counts ? [Converted(campaign: campaign, profile: 1, at: time)] : []))
    }

    @Test(arguments: TestEngine.available, [false, true])
    func `a person counts once, with what was done first, in whatever order it is told`(kind: TestEngine, isReversed: Bool) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...1)
        await fixture.countConversions()
        let campaign = try await fixture.launch(hopingFor: CampaignFixture.goal)
        try await fixture.mark(campaign, of: 1, at: sent)
        let bought = [(10, 12.5), (20, 100), (30, 7)] as [(Int, Double)]
        for (seconds, amount) in isReversed ? bought.reversed() : bought {
            try await fixture.event(
                "Charged", of: 1, at: sent + .seconds(seconds), received: sent + .seconds(600), ["Amount": .double(amount)])
            await fixture.countConversions()
        }
        #expect(try await fixture.conversions() == [Converted(campaign: campaign, profile: 1, at: sent + .seconds(10), revenue: 12.5)])
    }

    @Test(arguments: TestEngine.available)
    func `the control group counts apart, from the moment it qualified`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...40)
        await fixture.countConversions()
        let campaign = try await fixture.launch(hopingFor: CampaignFixture.goal, control: 50)
        let held = Set(try await fixture.messages(of: campaign).filter { $0.state == "control" }.map(\.profile))
        #expect(!held.isEmpty && held.count < 40)
        for person in 1...40 as ClosedRange<Int64> {
            if !held.contains(person) { try await fixture.mark(campaign, of: person, at: sent) }
            try await fixture.event("Charged", of: person, received: start + .seconds(30))  // before anybody is sent anything
        }
        await fixture.countConversions()
        #expect(Set(try await fixture.conversions().map(\.profile)) == held)
        for person in 1...40 as ClosedRange<Int64> { try await fixture.event("Charged", of: person, received: sent + .seconds(30)) }
        await fixture.countConversions()
        let conversions = try await fixture.conversions()
        #expect(conversions.map(\.profile) == Array(1...40))
        #expect(conversions.allSatisfy { $0.isControl == held.contains($0.profile) })
    }

    @Test func `an event counts for every campaign whose time fits and whose filters hold`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...1)
        await fixture.countConversions()
        var campaigns: [CampaignID] = []
        for within in [["minutes": 5], ["hours": 1], ["days": 1]] as [JSONValue] {
            campaigns.append(try await fixture.launch(hopingFor: ["event": "Charged", "within": within]))
        }
        campaigns.append(
            try await fixture.launch(hopingFor: [
                "event": "Charged", "within": ["days": 1], "filters": [["name": "Amount", "operator": "greater_than", "value": 50]],
            ]))
        campaigns.append(try await fixture.launch(hopingFor: ["event": "Searched", "within": ["days": 1]]))
        for campaign in campaigns { try await fixture.mark(campaign, of: 1, at: sent) }
        try await fixture.event("Charged", of: 1, received: sent + .seconds(1200), ["Amount": 50])
        await fixture.countConversions()
        #expect(try await fixture.conversions().map(\.campaign) == [campaigns[1], campaigns[2]])
    }

    @Test(arguments: [("accepted", true), ("unknown", true), ("failed", false), ("planned", false)])
    func `what is under way is waited for`(outcome: String, counts: Bool) async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...2)
        await fixture.countConversions()
        let campaign = try await fixture.launch(hopingFor: CampaignFixture.goal)
        try await fixture.mark(campaign, of: 1, "asked", at: sent)
        try await fixture.mark(campaign, of: 2, at: sent)
        for person in [2, 1, 2] as [Int64] { try await fixture.event("Charged", of: person, received: sent + .seconds(5)) }
        await fixture.countConversions()
        #expect(try await fixture.conversions().map(\.profile) == [2])
        try await fixture.mark(campaign, of: 1, outcome, at: sent)
        await fixture.countConversions()
        #expect(try await fixture.conversions().map(\.profile) == (counts ? [1, 2] : [2]))
        try await fixture.event("Searched", of: 1, received: sent + .seconds(6))
        #expect(await fixture.conversionRunner().turn() == false)
    }

    @Test func `of a message that took several requests the last one counts`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...1)
        await fixture.countConversions()
        let campaign = try await fixture.launch(hopingFor: CampaignFixture.goal)
        try await fixture.mark(campaign, of: 1, at: sent, attempts: 2)  // accepted 5 ms after the first
        try await fixture.event("Charged", of: 1, received: sent + .milliseconds(4))
        await fixture.countConversions()
        #expect(try await fixture.conversions().isEmpty)
        try await fixture.event("Charged", of: 1, received: sent + .milliseconds(5))
        await fixture.countConversions()
        #expect(try await fixture.conversions().count == 1)
    }

    @Test(arguments: TestEngine.available)
    func `a restart in the middle and a second process lose and repeat nothing`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...60)
        await fixture.countConversions()
        let campaign = try await fixture.launch(hopingFor: CampaignFixture.goal)
        for person in 1...60 as ClosedRange<Int64> {
            try await fixture.mark(campaign, of: person, at: sent)
            try await fixture.event("Charged", of: person, received: sent + .seconds(5), ["Amount": .int(person)])
        }
        // One that is broken off after each of its writes, again and again.
        for number in 1...3 {
            let faulty = FaultyEngine(fixture.engine, failing: number, .afterCommit)
            for _ in 1...number { _ = await fixture.conversionRunner(over: faulty, stretch: 7).turn() }
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...4 { group.addTask { await fixture.countConversions(stretch: 5) } }
        }
        let conversions = try await fixture.conversions()
        #expect(conversions.map(\.profile) == Array(1...60))
        #expect(conversions.map(\.revenue) == (1...60).map(Double.init))
    }

    /// Against a count that looks at every pair of event and message.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `it agrees with a count by hand`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...6)
        await fixture.countConversions()
        let campaigns = [
            try await fixture.launch(hopingFor: CampaignFixture.goal), try await fixture.launch(hopingFor: CampaignFixture.goal),
        ]
        var messages: [(campaign: CampaignID, person: Int64, at: Timestamp)] = []
        for campaign in campaigns {
            for person in 1...5 as ClosedRange<Int64> {
                let time = start + .seconds(Int64.random(in: 0...7200, using: &random))
                messages.append((campaign, person, time))
                try await fixture.mark(campaign, of: person, at: time)
            }
        }
        var expected: [CampaignID: [Int64: Timestamp]] = [:]
        for _ in 1...40 {
            let (person, time) = (
                Int64.random(in: 1...6, using: &random), start + .seconds(Int64.random(in: -600...14_400, using: &random))
            )
            try await fixture.event("Charged", of: person, at: time, received: start + .seconds(20_000))
            if Bool.random(using: &random) { await fixture.countConversions(stretch: Int.random(in: 1...5, using: &random)) }
            for message in messages where message.person == person && message.at <= time && time - message.at <= .seconds(3600) {
                expected[message.campaign, default: [:]][person] = min(expected[message.campaign]?[person] ?? time, time)
            }
        }
        await fixture.countConversions()
        let counted = try await fixture.conversions()
        for campaign in campaigns {
            let found = counted.filter { $0.campaign == campaign }.map { ($0.profile, $0.at) }
            #expect(Dictionary(uniqueKeysWithValues: found) == expected[campaign] ?? [:])
        }
    }

    @Test func `no statement reads a whole table`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...3)
        await fixture.countConversions()
        let campaign = try await fixture.launch(hopingFor: CampaignFixture.goal)
        try await fixture.mark(campaign, of: 1, at: sent)
        try await fixture.event("Charged", of: 1, received: sent + .seconds(5))
        let recorder = PlanRecorder(fixture.engine)
        #expect(await fixture.conversionRunner(over: recorder).turn() == false)
        #expect(try await fixture.conversions().count == 1)
        #expect(recorder.scans(of: ["message", "event", "campaign", "conversion", "conversion_goal"]) == [])
        let (messages, held) = (recorder.steps(of: "touch.sent"), recorder.steps(of: "touch.control"))
        #expect(messages.contains { $0.contains("message_by_person (profile_id=? AND asked_at>? AND asked_at<?)") }, "\(messages)")
        #expect(held.contains { $0.contains("message_control_by_person (profile_id=? AND planned_at>? AND planned_at<?)") }, "\(held)")
    }
}
