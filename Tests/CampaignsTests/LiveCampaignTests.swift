import Campaigns
import Core
import StorageTesting
import Testing

/// Campaigns that something people do sets off: the claims' own examples, and what goes wrong with time.
@Suite struct LiveCampaignTests {
    private let start = CampaignFixture.now
    private static let cart: JSONValue = [
        "event": ["name": "Added To Cart"], "without": ["name": "Charged"], "within": ["minutes": 30],
    ]
    private static let flight: JSONValue = [
        "event": ["name": "Flight Booked"], "date_property": "departure", "offset": ["days": -1], "same": "PNR",
        "cancelled_by": ["name": "Flight Cancelled"],
    ]

    private func date(_ time: Timestamp) -> JSONValue { .string(time.propertyDate) }

    // Claim 57.
    @Test(arguments: TestEngine.available)
    func `a confirmation goes to everyone who buys a ticket, each time`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...3)
        try await fixture.add(4, optedIn: false)
        let who: JSONValue = ["event": ["name": "Charged", "filters": [["name": "Amount", "operator": "greater_than", "value": 50]]]]
        let what: JSONValue = [
            "template": "shop:ticket", "variables": ["1": "x", "2": "{{ Event.Ticket }}", "3": "{{ Profile.Name | default: 'you' }}"],
        ]
        let campaign = try await fixture.launchLive(.singleAction, who, ["what": what])
        let later = start + .seconds(60)
        try await fixture.event("charged", of: 1, received: later, ["Amount": 60, "Ticket": "T1"])
        try await fixture.event("Charged", of: 2, received: later, ["Amount": 40, "Ticket": "T2"])
        try await fixture.event("Charged", of: 4, received: later, ["Amount": 60, "Ticket": "T4"])
        await fixture.pass(to: later)
        await fixture.pass(to: later)
        try await fixture.event("Charged", of: 1, received: later + .seconds(5), ["Amount": 70, "Ticket": "T5"])
        await fixture.pass(to: later + .seconds(5))
        let messages = try await fixture.messages(of: campaign)
        #expect(messages.map(\.profile) == [1, 1, 4])
        #expect(messages.map(\.state) == ["planned", "planned", "excluded"])
        #expect(messages.map(\.reason) == [nil, nil, "not_opted_in"])
        #expect(messages.map(\.parameters) == [["x", "T1", "you"], ["x", "T5", "you"], []])
    }

    // Claim 59; fault D8. The event's own time decides, with a moment's grace for what arrives late.
    @Test(
        arguments: [
            (nil, nil, true), (1000.0, 1000.0, false), (1799.999, 1799.999, false), (1800.0, 1800.0, false), (1800.001, 1800.001, true),
            (1799.0, 1804.0, false), (-1.0, 1000.0, true), (0.0, 0.0, true),
        ] as [(Double?, Double?, Bool)])
    func `a reminder goes to those who do not check out within 30 minutes`(bought: Double?, arrives: Double?, isSent: Bool) async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...1)
        let campaign = try await fixture.launchLive(.inaction, Self.cart)
        let added = start + .seconds(10)
        try await fixture.event("Added To Cart", of: 1, received: added)
        await fixture.pass(to: added + .seconds(1))
        #expect(try await fixture.waiting() == 1)
        if let bought, let arrives {
            try await fixture.event("Charged", of: 1, at: added + .seconds(bought), received: added + .seconds(arrives))
        }
        await fixture.pass(to: added + .seconds(1800))
        #expect(try await fixture.messages(of: campaign).isEmpty)
        await fixture.pass(to: added + .seconds(1806))
        #expect(try await fixture.messages(of: campaign).map(\.state) == (isSent ? ["planned"] : []))
        #expect(try await fixture.waiting() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `each addition to the cart waits for itself`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...1)
        let campaign = try await fixture.launchLive(.inaction, Self.cart)
        for minutes in [1, 20] { try await fixture.event("Added To Cart", of: 1, received: start + .seconds(60 * minutes)) }
        try await fixture.event("Charged", of: 1, received: start + .seconds(60 * 15))
        await fixture.pass(to: start + .seconds(60 * 60))
        #expect(try await fixture.messages(of: campaign).count == 1)
    }

    // Claim 61; fault D9.
    @Test(arguments: TestEngine.available)
    func `a flight is announced a day before it leaves, whenever that comes to be`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...4)
        let campaign = try await fixture.launchLive(.dateTime, Self.flight)
        let day = Duration.seconds(86_400)
        let (booked, leaves) = (start + .seconds(60), start + .seconds(5 * 86_400))
        for person in 1...4 as ClosedRange<Int64> {
            try await fixture.event(
                "Flight Booked", of: person, received: booked, ["departure": date(leaves), "PNR": .string("P\(person)")])
        }
        await fixture.pass(to: booked)
        // The second leaves a day later, the third is cancelled, the fourth is moved to a moment that is past already.
        try await fixture.event("Flight Booked", of: 2, received: booked + day, ["departure": date(leaves + day), "PNR": "P2"])
        try await fixture.event("Flight Cancelled", of: 3, received: booked + day, ["PNR": "P3"])
        try await fixture.event("Flight Cancelled", of: 1, received: booked + day, ["PNR": "another"])
        try await fixture.event("Flight Booked", of: 4, received: booked + day, ["departure": date(booked + day), "PNR": "P4"])
        await fixture.pass(to: booked + day)
        await fixture.pass(to: leaves - day - .seconds(1))
        #expect(try await fixture.messages(of: campaign).isEmpty)
        await fixture.pass(to: leaves - day)
        #expect(try await fixture.messages(of: campaign).map(\.profile) == [1])
        await fixture.pass(to: leaves)
        #expect(try await fixture.messages(of: campaign).map(\.profile) == [1, 2])
        await fixture.pass(to: leaves + day)
        #expect(try await fixture.messages(of: campaign).count == 2)
        #expect(try await fixture.waiting() == 0)
    }

    @Test func `an older booking that arrives late does not take the newer date's place`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...1)
        let campaign = try await fixture.launchLive(.dateTime, Self.flight)
        let (booked, day) = (start + .seconds(60), Duration.seconds(86_400))
        let new: [String: JSONValue] = ["departure": date(start + day + day + day), "PNR": "P"]
        try await fixture.event("Flight Booked", of: 1, at: booked + .seconds(9), received: booked + .seconds(9), new)
        try await fixture.event(
            "Flight Booked", of: 1, at: booked, received: booked + .seconds(12), ["departure": date(start + day + day), "PNR": "P"])
        await fixture.pass(to: booked + .seconds(20))
        await fixture.pass(to: start + day + .seconds(60))
        #expect(try await fixture.messages(of: campaign).isEmpty)
        await fixture.pass(to: start + day + day)
        #expect(try await fixture.messages(of: campaign).count == 1)
    }

    // Fault D11, and what was uploaded after the fact.
    @Test(arguments: [
        (-3600.0, false), (-601.0, false), (-599.0, true), (0.0, true), (86_400.0, true), (2_000_000_000.0, true),
    ])
    func `an event sets off what happens now`(offset: Double, isSent: Bool) async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...1)
        let campaign = try await fixture.launchLive(.singleAction, ["event": ["name": "Charged"]])
        let received = start + .seconds(7200)
        try await fixture.event("Charged", of: 1, at: received + .seconds(offset), received: received)
        await fixture.pass(to: received)
        #expect(try await fixture.messages(of: campaign).isEmpty == !isSent)
    }

    @Test func `what happened before the campaign began sets nothing off`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...1)
        try await fixture.event("Charged", of: 1, received: start - .seconds(30))
        await fixture.pass(to: start - .seconds(20))
        let campaign = try await fixture.launchLive(.singleAction, ["event": ["name": "Charged"]])
        try await fixture.event("Charged", of: 1, at: start - .seconds(10), received: start + .seconds(10))
        await fixture.pass(to: start + .seconds(20))
        #expect(try await fixture.messages(of: campaign).isEmpty)
    }

    @Test(arguments: TestEngine.available)
    func `who waits is judged again when the moment comes`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        for person in 1...4 as ClosedRange<Int64> { try await fixture.add(person, ["City": person == 4 ? "Goa" : "Pune"]) }
        let who: JSONValue = ["event": ["name": "Charged"], "where": ["profile": [["name": "City", "value": "Pune"]]]]
        let campaign = try await fixture.launchLive(.singleAction, who, ["when": ["start": "now", "delay": ["hours": 2]]])
        for person in 1...4 as ClosedRange<Int64> { try await fixture.event("Charged", of: person, received: start + .seconds(60)) }
        await fixture.pass(to: start + .seconds(61))
        #expect(try await fixture.waiting() == 3)
        try await fixture.optOut(2)
        try await fixture.change(3, ["City": "Goa"])
        await fixture.pass(to: start + .seconds(60 + 7199))
        #expect(try await fixture.messages(of: campaign).isEmpty)
        await fixture.pass(to: start + .seconds(60 + 7200))
        let messages = try await fixture.messages(of: campaign)
        #expect(messages.map(\.profile) == [1, 2, 3])
        #expect(messages.map(\.reason) == [nil, "not_opted_in", "user_not_qualified"])
    }

    @Test(arguments: TestEngine.available)
    func `nothing is sent after the end, and what waits when it is stopped is counted`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1...2)
        let when: JSONValue = ["start": "now", "end": .string((start + .seconds(3600)).iso8601()), "delay": ["minutes": 30]]
        let ended = try await fixture.launchLive(.singleAction, ["event": ["name": "A"]], ["when": when])
        let stopped = try await fixture.launchLive(
            .singleAction, ["event": ["name": "B"]], ["when": ["start": "now", "delay": ["minutes": 30]]])
        try await fixture.event("A", of: 1, received: start + .seconds(1790))
        try await fixture.event("A", of: 2, received: start + .seconds(1810))
        try await fixture.event("B", of: 1, received: start + .seconds(1790))
        await fixture.pass(to: start + .seconds(1811))
        _ = try await fixture.campaigns.stop(stopped, of: CampaignFixture.account)
        await fixture.pass(to: start + .seconds(1812))
        #expect(try await fixture.messages(of: stopped).map(\.reason) == ["campaign_stopped"])
        await fixture.pass(to: start + .seconds(3601))
        await fixture.pass(to: start + .seconds(7200))
        #expect(try await fixture.messages(of: ended).map(\.profile) == [1])
        #expect(try await fixture.campaign(ended)?.status == .running)  // its message still waits to be sent
        #expect(try await fixture.waiting() == 0)
    }

    @Test func `two processes that follow the same log make each message once`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1...50)
        let campaign = try await fixture.launchLive(.singleAction, ["event": ["name": "Charged"]])
        for person in 1...50 as ClosedRange<Int64> { try await fixture.event("Charged", of: person, received: start + .seconds(1)) }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { await fixture.pass(to: CampaignFixture.now + .seconds(2)) } }
        }
        await fixture.pass(to: start + .seconds(3))
        #expect(try await fixture.messages(of: campaign).map(\.profile) == Array(1...50))
    }

    @Test(arguments: TestEngine.available)
    func `a birthday comes back every year, and a changed one moves`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.setZone("Asia/Kolkata")
        // The fixture's now is 15 January 2027, 08:00 UTC.
        // 15 January 1990, 05:30 there.
        for person in 1...3 as ClosedRange<Int64> { try await fixture.add(person, ["DOB": "$D_632361600"]) }
        try await fixture.add(4, ["DOB": "$D_636076800"])  // 27 February 1990
        let who: JSONValue = ["profile_date": "DOB", "yearly": true, "offset": ["days": 0, "at": "09:00"]]
        let campaign = try await fixture.launchLive(.dateTime, who)
        #expect(try await fixture.waiting() == 4)
        try await fixture.change(2, ["DOB": "$D_632448000"])
        try await fixture.change(3, [:])
        await fixture.pass(to: start + .seconds(5))
        let birthday = Timestamp(seconds: Timestamp.days(year: 2028, month: 1, day: 15) * 86_400 + 12_600)
        await fixture.pass(to: birthday - .seconds(1))
        #expect(try await fixture.messages(of: campaign).map(\.profile) == [2, 4])
        await fixture.pass(to: birthday)
        #expect(try await fixture.messages(of: campaign).map(\.profile) == [1, 2, 4])
        await fixture.pass(to: birthday + .seconds(86_400))
        #expect(try await fixture.messages(of: campaign).map(\.profile) == [1, 2, 2, 4])
        #expect(try await fixture.waiting() == 3)
    }
}
