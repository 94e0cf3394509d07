import Campaigns
import Core
import Messages
import Storage
import StorageTesting
import Testing
import ZoneTime

/// What a campaign asks of the last gate is written when it begins.
@Suite struct PolicyTests {
    private func policy(_ fixture: CampaignFixture, _ changes: [String: JSONValue]) async throws -> SendPolicy? {
        let campaign = try await fixture.launch(changes)
        await fixture.drain()
        return try await fixture.engine.read { try PolicyBook().policies(of: [campaign.id], in: $0)[campaign.id] }
    }

    @Test(arguments: TestEngine.available)
    func `a plain campaign asks for the system group and the account's limits`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let system = try await fixture.groups.create(["kind": "system", "percent": 5], for: CampaignFixture.account)
        _ = try await fixture.groups.create(["kind": "custom", "name": "Loyal", "percent": 2], for: CampaignFixture.account)
        let policy = try await policy(fixture, [:])
        #expect(policy?.respectsAccountLimits == true && policy?.quietHours == nil && policy?.endsAt == nil && policy?.exempt == [])
        #expect(policy?.controls == [SendPolicy.Control(name: system.name, salt: system.salt, percent: 5)])
    }

    @Test(arguments: TestEngine.available)
    func `everything that a campaign says reaches the gate`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.addWithIdentity(1...2)
        _ = try await fixture.groups.create(["kind": "system", "percent": 5], for: CampaignFixture.account)
        let custom = try await fixture.groups.create(["kind": "custom", "name": "Loyal", "percent": 2], for: CampaignFixture.account)
        _ = try await fixture.groups.setExempt(of: CampaignFixture.account, ["identities": ["i2"]])
        let policy = try await policy(
            fixture,
            [
                "when": [
                    "start": "now", "quiet_hours": ["hours": [["from": "22:00", "to": "08:00"]], "otherwise": "discard"], "cutoff": "21:00",
                    "throttle": ["messages": 500, "minutes": 5],
                ],
                "setup": [
                    "system_control_group": false, "custom_control_group": "Loyal",
                    "limits": ["account": false, "gap": ["hours": 2], "maximum": 3],
                ],
            ])
        #expect(policy?.quietHours?.action == .discard && policy?.cutoff == LocalTime("21:00"))
        #expect(policy?.throttle == Throttle(count: 500, interval: .seconds(300)))
        #expect(policy?.gap == .seconds(7200) && policy?.perPerson == 3 && policy?.respectsAccountLimits == false)
        #expect(policy?.controls == [SendPolicy.Control(name: "Loyal", salt: custom.salt, percent: 2)])
        #expect(policy?.exempt == [ProfileID(rawValue: 2)])
    }

    @Test(arguments: TestEngine.available)
    func `a campaign that runs holds to groups that come later`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.addWithIdentity(1...2)
        let campaign = try await fixture.launchLive(.singleAction, ["event": ["name": "Charged"]])
        let groups = fixture.groups
        let system = try await groups.create(["kind": "system", "percent": 2], for: CampaignFixture.account)
        _ = try await groups.change(system.id, of: CampaignFixture.account, by: ["percent": 5])
        _ = try await groups.setExempt(of: CampaignFixture.account, ["identities": ["i1"]])
        let policy = try await fixture.engine.read { try PolicyBook().policies(of: [campaign], in: $0)[campaign] }
        #expect(policy?.controls.map(\.percent) == [5] && policy?.exempt == [ProfileID(rawValue: 1)])
    }

    @Test(arguments: TestEngine.available)
    func `the end and the reach of a live campaign do, too`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let end = CampaignFixture.now + .seconds(3600)
        let policy = try await policy(
            fixture,
            [
                "type": "single_action", "when": ["start": "now", "end": .string(end.iso8601())],
                "who": ["event": ["name": "Charged"], "reach": ["per_day": 100, "overall": 1000]],
            ])
        #expect(policy?.endsAt == end && policy?.perDay == 100 && policy?.overall == 1000)
    }
}
