import Core
import Messages
import Storage
import StorageTesting
import Testing
import ZoneTime

@Suite struct SendPolicyTests {
    private static func full() throws -> SendPolicy {
        let (from, to) = (try #require(LocalTime("22:00")), try #require(LocalTime("08:00")))
        let night = try #require(WeeklyHours.Range(days: [.monday, .sunday], from: from, to: to))
        return SendPolicy(
            zone: "Asia/Tokyo", endsAt: Timestamp(microseconds: 1_793_000_000_000_001),
            quietHours: SendPolicy.QuietHours(hours: WeeklyHours([night]), action: .delay), cutoff: LocalTime("20:30"), gap: .seconds(300),
            perPerson: 3, respectsAccountLimits: false, perDay: 100, overall: 1000, throttle: Throttle(count: 500, interval: .seconds(300)),
            controls: [SendPolicy.Control(name: "System", salt: "system:1", percent: 5)], exempt: [ProfileID(rawValue: 7)])
    }

    @Test func `a policy is read as it was written`() throws {
        for policy in [SendPolicy(), try Self.full()] { #expect(try SendPolicy(json: policy.json) == policy) }
        #expect(try SendPolicy(json: [:]) == SendPolicy())
        let account = AccountPolicy(
            frequency: AccountPolicy.Frequency(count: 3, days: 7), dwell: .seconds(900), throttle: Throttle(count: 1, interval: .seconds(1))
        )
        for policy in [AccountPolicy.none, account] { #expect(try AccountPolicy(json: policy.json) == policy) }
        #expect(try AccountPolicy(json: [:]) == .none)
    }

    @Test(
        arguments: [
            (["surprise": 1], "surprise"), (["gap_seconds": 0], "gap_seconds"), (["gap_seconds": 1.5], "gap_seconds"),
            (["gap_seconds": 31_708_801], "gap_seconds"), (["per_day": "many"], "per_day"), (["cutoff": "25:00"], "cutoff"),
            (["quiet_hours": ["hours": [], "action": "wait"]], "quiet_hours.action"),
            (["quiet_hours": ["hours": [["from": "8"]], "action": "delay"]], "quiet_hours.hours[0].from"),
            (["throttle": ["count": 5]], "throttle"), (["exempt": [0]], "exempt"),
            (["control_groups": [["name": "a", "salt": "b", "percent": 100]]], "control_groups[0].percent"),
        ] as [(JSONValue, String)])
    func `what is wrong is named`(json: JSONValue, field: String) {
        #expect { try SendPolicy(json: json) } throws: { ($0 as? InputError)?.field == field }
    }

    @Test(
        arguments: [
            (["frequency": ["count": 1]], "frequency"), (["frequency": ["count": 1, "days": 366]], "frequency"),
            (["dwell_seconds": -1], "dwell_seconds"), (["more": 1], "more"),
        ] as [(JSONValue, String)])
    func `what is wrong with an account's policy is named`(json: JSONValue, field: String) {
        #expect { try AccountPolicy(json: json) } throws: { ($0 as? InputError)?.field == field }
    }

    @Test(arguments: TestEngine.available)
    func `the newest policy stands, for each campaign and account its own`(kind: TestEngine) async throws {
        let (fixture, book) = (try await LedgerFixture(kind), PolicyBook())
        let (campaign, account) = (LedgerFixture.campaign, AccountID(rawValue: 1))
        let policy = try Self.full()
        let stored = try await fixture.engine.write { session in
            #expect(try book.policies(of: [campaign], in: session) == [:])
            #expect(try book.policy(of: account, in: session) == .none)
            try book.set(SendPolicy(perDay: 1), of: campaign, account: account, in: session)
            try book.set(policy, of: campaign, account: account, in: session)
            try book.set(AccountPolicy(dwell: .seconds(5)), of: account, in: session)
            try book.set(AccountPolicy(dwell: .seconds(6)), of: account, in: session)
            return (try book.policies(of: [campaign, CampaignID(rawValue: 9)], in: session), try book.policy(of: account, in: session))
        }
        #expect(stored.0 == [campaign: policy])
        #expect(stored.1 == AccountPolicy(dwell: .seconds(6)))
    }
}
