import Campaigns
import Channels
import Core
import Messages
import Profiles
import StorageTesting
import Testing
import WhatsApp

@Suite struct TestMessageTests {
    private static let ticket: JSONValue = [
        "template": "shop:ticket", "variables": ["1": "{{ Profile.Name }}", "2": "A-17", "3": "x"],
    ]

    @Test(arguments: TestEngine.available)
    func `whoever is named gets the message filled, opted in or not`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.add(1, optedIn: false, ["Name": "Asha"])
        let campaign = try await fixture.create(["what": Self.ticket, "setup": ["control_group": ["percent": 99]]])
        let messages = try await fixture.test(campaign.id, ["to": ["profile_id": 1]])
        #expect(messages.map { $0.ready?.values } == [["Asha", "A-17", "x"]])
        #expect(messages.first?.ready?.recipient.phone?.digits == "1555000000001")
        try await fixture.addWithIdentity(2...2)
        #expect(try await fixture.test(campaign.id, ["to": ["identity": "i2"]]).map(\.person.id.rawValue) == [2])
        #expect(try await fixture.messageCount() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `test profiles are those that are marked, ten at most`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let campaign = try await fixture.create(["what": Self.ticket])
        let none = await #expect(throws: InputError.self) { try await fixture.test(campaign.id, ["to": "test_profiles"]) }
        #expect(none?.code == "no_test_profiles")
        for id in 1...12 as ClosedRange<Int64> { try await fixture.add(id, ["ct_is_test_user": true, "Name": .string("T\(id)")]) }
        try await fixture.add(13, ["ct_is_test_user": false])
        let messages = try await fixture.test(campaign.id, ["to": "test_profiles"])
        #expect(messages.map(\.person.id.rawValue) == Array(1...10))
    }

    @Test func `what cannot be filled or reached says why`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1)
        try await fixture.add(2, phone: nil, ["Name": "B"])
        let campaign = try await fixture.create(["what": Self.ticket])
        for (id, reason) in [(1, .missingVariable), (2, .noPhone)] as [(Int64, Reason)] {
            let messages = try await fixture.test(campaign.id, ["to": ["profile_id": .int(id)]])
            #expect(messages.map(\.reason) == [reason] && messages.first?.ready == nil)
        }
    }

    @Test func `a variant is chosen by name, and an event gives its values`() async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1, ["Name": "Asha"])
        let variants: JSONValue = [
            ["name": "Long", "template": "shop:ticket", "variables": ["1": "a", "2": "b", "3": "{{ Event.Amount }}"]],
            ["name": "Short", "template": "shop:plain"],
        ]
        let campaign = try await fixture.create([
            "type": "single_action", "who": ["event": ["name": "Charged"], "where": [:]], "what": ["variants": variants],
        ])
        let to: JSONValue = ["profile_id": 1]
        let long = try await fixture.test(campaign.id, ["to": to, "variant": "Long", "event": ["Amount": 120]])
        #expect(long.first?.ready?.values == ["a", "b", "120"])
        let short = try await fixture.test(campaign.id, ["to": to, "variant": "Short"])
        #expect(short.first?.template.name.name == "plain" && short.first?.ready?.values == [])
        let error = await #expect(throws: InputError.self) { try await fixture.test(campaign.id, ["to": to, "variant": "Middle"]) }
        #expect(error?.code == "unknown_variant")
    }

    private static let refused: [(wish: JSONValue, field: String?)] = [
        ([:], "to"), (["to": "everyone"], "to"), (["to": [:]], "to"), (["to": ["identity": "a", "email": "b"]], "to"),
        (["to": ["identity": 5]], "to.identity"), (["to": ["profile_id": 0]], "to.profile_id"), (["to": ["name": "x"]], "to.name"),
        (["to": ["identity": "nobody"]], "to"), (["to": ["profile_id": 1], "event": 5], "event"),
        (["to": ["profile_id": 1], "event": [:]], "event"), (["to": ["profile_id": 1], "colour": 1], "colour"),
    ]

    @Test(arguments: refused)
    func `what cannot be meant is refused`(wish: JSONValue, field: String?) async throws {
        let fixture = try await CampaignFixture(.sqlite)
        try await fixture.add(1)
        let campaign = try await fixture.create()
        let error = await #expect(throws: InputError.self) { try await fixture.test(campaign.id, wish) }
        #expect(error?.field == field)
    }
}

extension CampaignFixture {
    @discardableResult
    func test(_ campaign: CampaignID, _ wish: JSONValue) async throws -> [TestMessage] {
        try await testMessages.messages(of: campaign, account: Self.account, TestMessages.Wish(json: wish)).messages
    }
}
