import Channels
import Core
import Storage
import StorageTesting
import Testing

@Suite struct ChannelLimitsTests {
    private static func limits(_ changes: [String: JSONValue]) throws -> ChannelLimits {
        try ChannelFixture.rules.draft(ChannelFixture.draft(changes)).limits
    }

    @Test func `a channel starts with its provider's rate and WhatsApp's limits on people`() throws {
        let limits = try Self.limits([:])
        #expect(limits == ChannelLimits(perSecond: 50))
        #expect((limits.pairInterval, limits.pairBurst, limits.dailyPeople, limits.portfolio) == (.seconds(6), 10, nil, "default"))
        #expect(
            limits.json == [
                "per_second": 50.0, "concurrency": 0, "pair_seconds": 6.0, "pair_burst": 10, "daily_people": 0, "portfolio": "default",
            ])
    }

    private static let all: JSONValue = [
        "per_second": 0.1, "concurrency": 10_000, "pair_seconds": 3600.0, "pair_burst": 1000, "daily_people": 100_000_000,
        "portfolio": "Baltics",
    ]

    @Test func `what is written is read the same`() throws {
        #expect(try Self.limits(["limits": Self.all]).json == Self.all)
        #expect(try Self.limits(["limits": Self.limits(["limits": Self.all]).json]) == Self.limits(["limits": Self.all]))
        #expect(try Self.limits(["limits": ["pair_seconds": 0]]).pairInterval == .zero)
        #expect(try Self.limits(["limits": ["pair_seconds": 0.5]]).pairInterval == .milliseconds(500))
    }

    @Test func `a rate among the limits outranks the one beside them`() throws {
        #expect(try Self.limits(["per_second": 5]).perSecond == 5)
        #expect(try Self.limits(["per_second": 5, "limits": ["per_second": 7]]).perSecond == 7)
    }

    private static let broken: [(key: String, value: JSONValue)] = [
        ("per_second", 0.09), ("per_second", 10_000.1), ("per_second", "5"), ("concurrency", -1), ("concurrency", 10_001),
        ("concurrency", 1.5),
        ("pair_seconds", -0.1), ("pair_seconds", 3601), ("pair_burst", 0), ("pair_burst", 1001), ("pair_burst", true), ("daily_people", -1),
        ("daily_people", 100_000_001), ("daily_people", "many"), ("portfolio", ""), ("portfolio", "a\nb"), ("portfolio", 5),
        ("portfolio", .string(String(repeating: "a", count: 61))), ("tempo", 5),
    ]

    @Test(arguments: broken)
    func `a limit out of its range is refused with its field`(key: String, value: JSONValue) {
        let error = #expect(throws: InputError.self) { try Self.limits(["limits": [key: value]]) }
        #expect(error?.field == "limits.\(key)")
    }

    @Test(arguments: [[], "many", 5] as [JSONValue])
    func `limits are an object`(value: JSONValue) {
        #expect(throws: InputError.self) { try Self.limits(["limits": value]) }
    }

    @Test(arguments: TestEngine.available)
    func `a change keeps the limits that it does not name, and 0 takes one away`(kind: TestEngine) async throws {
        let fixture = try await ChannelFixture(kind)
        let made = try await fixture.store.create(ChannelFixture.draft(["limits": Self.all]), for: ChannelFixture.account)
        let changed = try await fixture.store.change(
            made.id, of: ChannelFixture.account, by: ["per_second": 3, "limits": ["daily_people": 0, "concurrency": 0]])
        var expected = made.limits
        (expected.perSecond, expected.dailyPeople, expected.concurrency) = (3, nil, nil)
        #expect(changed.limits == expected)
        #expect(try await fixture.store.channel(made.id) == changed)
        #expect(try await fixture.store.change(made.id, of: ChannelFixture.account, by: ["limits": [:]]) == changed)
    }
}
