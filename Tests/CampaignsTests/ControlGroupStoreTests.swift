import Campaigns
import Core
import Profiles
import Storage
import StorageTesting
import Testing

@Suite struct ControlGroupStoreTests {
    private static let account = CampaignFixture.account

    private func make(_ fixture: CampaignFixture, _ json: JSONValue) async throws -> StandingControlGroup {
        try await fixture.groups.create(json, for: Self.account)
    }

    private func refusal(_ fixture: CampaignFixture, _ json: JSONValue) async -> InputError? {
        await #expect(throws: InputError.self) { try await make(fixture, json) }
    }

    private static let broken: [(json: JSONValue, field: String?)] = [
        ([], nil), (["percent": 5], "kind"), (["kind": "campaign", "percent": 5], "kind"), (["kind": "system"], "percent"),
        (["kind": "system", "percent": 1], "percent"), (["kind": "system", "percent": 6], "percent"),
        (["kind": "system", "percent": 5, "name": ""], "name"), (["kind": "custom", "percent": 5], "name"),
        (["kind": "system", "percent": 5, "salt": "x"], "salt"),
    ]

    @Test(arguments: broken)
    func `a group that cannot be meant is refused with its field`(json: JSONValue, field: String?) async throws {
        let error = await refusal(try await CampaignFixture(.sqlite), json)
        #expect(error?.field == field && error?.kind == .invalid)
    }

    @Test(arguments: TestEngine.available)
    func `a custom group needs the system one, of which there is one`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        #expect(await refusal(fixture, ["kind": "custom", "name": "Loyal", "percent": 3])?.code == "system_group_needed")
        let system = try await make(fixture, ["kind": "system", "percent": 2])
        #expect(system.name == "System control group" && !system.salt.isEmpty)
        #expect(await refusal(fixture, ["kind": "system", "name": "Another", "percent": 3])?.code == "system_group_exists")
        let custom = try await make(fixture, ["kind": "custom", "name": "Loyal", "purpose": "Who stays anyway", "percent": 3])
        #expect(await refusal(fixture, ["kind": "custom", "name": "Loyal", "percent": 3])?.code == "name_taken")
        #expect(try await fixture.groups.all(of: Self.account) == [system, custom])
        let error = await #expect(throws: InputError.self) { try await fixture.groups.remove(system.id, of: Self.account) }
        #expect(error?.code == "custom_groups_left")
        try await fixture.groups.remove(custom.id, of: Self.account)
        try await fixture.groups.remove(system.id, of: Self.account)
        #expect(try await fixture.groups.all(of: Self.account) == [])
    }

    @Test(arguments: TestEngine.available)
    func `there are ten custom groups at most`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        _ = try await make(fixture, ["kind": "system", "percent": 5])
        for number in 1...10 { _ = try await make(fixture, ["kind": "custom", "name": .string("\(number)"), "percent": 2]) }
        #expect(await refusal(fixture, ["kind": "custom", "name": "11", "percent": 2])?.code == "too_many_groups")
    }

    @Test(arguments: TestEngine.available)
    func `a group keeps its salt through every change`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        let group = try await make(fixture, ["kind": "system", "percent": 2])
        let changed = try await fixture.groups.change(group.id, of: Self.account, by: ["name": "Quiet", "purpose": "Lift", "percent": 5])
        #expect(changed.name == "Quiet" && changed.purpose == "Lift" && changed.percent == 5 && changed.salt == group.salt)
        #expect(try await fixture.groups.all(of: Self.account) == [changed])
        let calls: [(@Sendable () async throws -> Void, InputError.Kind)] = [
            ({ _ = try await fixture.groups.change(group.id, of: Self.account, by: ["percent": 7]) }, .invalid),
            ({ _ = try await fixture.groups.change(group.id, of: AccountID(rawValue: 2), by: ["percent": 3]) }, .notFound),
            ({ try await fixture.groups.remove(StandingControlGroup.ID(rawValue: 99), of: Self.account) }, .notFound),
        ]
        for (call, kind) in calls { #expect(await #expect(throws: InputError.self) { try await call() }?.kind == kind) }
    }

    @Test(arguments: TestEngine.available)
    func `twenty people can be kept out of all groups`(kind: TestEngine) async throws {
        let fixture = try await CampaignFixture(kind)
        try await fixture.addWithIdentity(1...21)
        func set(_ numbers: [Int]) async throws -> [ProfileID] {
            try await fixture.groups.setExempt(
                of: Self.account, ["identities": .array(numbers.map { .string("i\($0)") })]
            ).map(\.id)
        }
        #expect(try await set(Array(1...20)).count == 20)
        #expect(try await set([3, 1, 3]) == [ProfileID(rawValue: 1), ProfileID(rawValue: 3)])
        #expect(try await fixture.groups.exempt(of: Self.account).map(\.identity) == ["i1", "i3"])
        let unknown = await #expect(throws: InputError.self) { try await set([2, 99]) }
        #expect(unknown?.code == "unknown_profile" && unknown?.field == "identities[1]")
        let many = await #expect(throws: InputError.self) { try await set(Array(1...21)) }
        #expect(many?.field == "identities")
        #expect(try await fixture.engine.read { try fixture.groups.exempt(of: Self.account, in: $0) }.count == 2)
        #expect(try await set([]) == [])
    }
}
