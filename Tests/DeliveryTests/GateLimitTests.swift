import Core
import Messages
import StorageTesting
import Testing
import ZoneTime

@testable import Delivery

@Suite struct GateLimitTests {
    private static let day = 86_400

    @Test(arguments: TestEngine.available)
    func `a person gets as many messages in so many days as the account allows, of all campaigns`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind, campaigns: 6)
        try await gate.set(AccountPolicy(frequency: AccountPolicy.Frequency(count: 2, days: 7)))
        try await gate.set(SendPolicy(respectsAccountLimits: false), of: 4)
        func send(_ campaign: Int64, at seconds: Int, _ lane: Lane = .campaign) async throws -> Ruling? {
            try await gate.judge(
                try await gate.claimed([1], campaign: campaign, lane: lane, now: at(seconds)), at: at(seconds))[0]
        }
        #expect(try await send(1, at: 0) == nil)
        #expect(try await send(5, at: 1, .conversation) == nil)  // neither counts nor is held
        #expect(try await send(2, at: 10) == nil)
        #expect(try await send(3, at: 20) == .exclude(.accountLimit))
        #expect(try await send(4, at: 30) == nil)  // exempt, but it counts
        #expect(try await send(6, at: 7 * Self.day + 9) == .exclude(.accountLimit))
        #expect(try await gate.judge(try await gate.claimed([2], campaign: 6), at: at(40)) == [nil])
    }

    @Test(arguments: TestEngine.available)
    func `the window of the account's limit moves with the time`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind, campaigns: 4)
        try await gate.set(AccountPolicy(frequency: AccountPolicy.Frequency(count: 1, days: 1)))
        for (campaign, seconds, ruling) in [
            (1, 0, nil), (2, Self.day - 1, Ruling.exclude(.accountLimit)), (3, Self.day, nil), (4, Self.day + 1, .exclude(.accountLimit)),
        ] {
            let message = try await gate.claimed([1], campaign: Int64(campaign), now: at(seconds))
            #expect(try await gate.judge(message, at: at(seconds)) == [ruling])
        }
    }

    @Test(arguments: TestEngine.available)
    func `between two messages lies the dwell time`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind, campaigns: 3)
        try await gate.set(AccountPolicy(dwell: .seconds(900)))
        for (campaign, seconds, ruling) in [(1, 0, nil), (2, 899, Ruling.exclude(.accountDwell)), (3, 900, nil)] {
            let message = try await gate.claimed([1], campaign: Int64(campaign), now: at(seconds))
            #expect(try await gate.judge(message, at: at(seconds)) == [ruling])
        }
    }

    @Test(arguments: TestEngine.available)
    func `two messages to one person in one batch are counted one after the other`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind, campaigns: 2)
        try await gate.set(AccountPolicy(dwell: .seconds(900)))
        let both = try await gate.claimed([1, 2]) + gate.claimed([1, 3], campaign: 2)
        #expect(try await gate.judge(both, at: at(0)) == [nil, nil, .exclude(.accountDwell), nil])
        try await gate.set(.none)
        try await gate.set(SendPolicy(perPerson: 1))
        let runs = try await gate.claimed([4], run: 1) + gate.claimed([4, 5], run: 2)
        #expect(try await gate.judge(runs, at: at(0), limitsOnly: true) == [nil, .exclude(.campaignLimit), nil])
    }

    @Test(arguments: TestEngine.available)
    func `a campaign's own gap and number hold for each person`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind)
        try await gate.set(SendPolicy(gap: .seconds(300), perPerson: 2))
        for (run, seconds, ruling) in [
            (1, 0, nil), (2, 299, Ruling.exclude(.campaignLimit)), (3, 300, nil), (4, 9000, .exclude(.campaignLimit)),
        ] {
            let message = try await gate.claimed([1], run: run, now: at(seconds))
            #expect(try await gate.judge(message, at: at(seconds), limitsOnly: true) == [ruling])
        }
        #expect(try await gate.judge(try await gate.claimed([1], campaign: 2), at: at(9001), limitsOnly: true) == [nil])
    }

    @Test(arguments: TestEngine.available)
    func `a day's limit starts anew at the account's midnight`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind)
        try await gate.set(SendPolicy(zone: "Asia/Tokyo", perDay: 2, overall: 5))
        func send(_ people: [Int], _ time: String) async throws -> [Ruling?] {
            try await gate.judge(try await gate.claimed(people, dueAt: moment(time), now: moment(time)), at: moment(time))
        }
        let (day, all) = (Ruling.exclude(.dayLimit), Ruling.exclude(.overallLimit))
        #expect(try await send([1, 2, 3], "2026-06-01T14:59:59Z") == [nil, nil, day])
        #expect(try await send([4, 5, 6], "2026-06-01T15:00:00Z") == [nil, nil, day])
        #expect(try await send([7, 8], "2026-06-02T15:00:00Z") == [nil, all])
    }

    @Test(arguments: TestEngine.available)
    func `a message that is refused gives its place back`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind)
        try await gate.set(SendPolicy(perDay: 1))
        let first = try await gate.claimed([1])
        #expect(try await gate.judge(first, at: at(0)) == [nil])
        try await gate.refuse(first[0], at: at(1))
        #expect(try await gate.judge(try await gate.claimed([2]), at: at(2)) == [nil])
        #expect(try await gate.judge(try await gate.claimed([3]), at: at(3)) == [.exclude(.dayLimit)])
    }

    @Test(arguments: TestEngine.available)
    func `what is over a throttle waits once, for its own interval`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind)
        try await gate.set(SendPolicy(throttle: Throttle(count: 10, interval: .seconds(300))))
        let start = Timestamp(seconds: at(0).seconds / 300 * 300)
        let rulings = try await gate.judge(try await gate.claimed(Array(1...25), dueAt: start, now: start), at: start)
        #expect(rulings.prefix(10).allSatisfy { $0 == nil })
        #expect(rulings[10..<20].allSatisfy { $0 == .queue(start + .seconds(300)) })
        #expect(rulings[20...].allSatisfy { $0 == .queue(start + .seconds(600)) })
        #expect(try await gate.claim(at: start + .seconds(299)).isEmpty)
        for (seconds, count) in [(300, 10), (600, 5)] {
            let due = try await gate.claim(at: start + .seconds(seconds))
            #expect(due.count == count)
            #expect(try await gate.judge(due, at: start + .seconds(seconds + 7)).allSatisfy { $0 == nil })
        }
    }

    @Test(arguments: TestEngine.available)
    func `who misses the interval gets another place`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind)
        try await gate.set(SendPolicy(throttle: Throttle(count: 1, interval: .seconds(300))))
        let start = Timestamp(seconds: at(0).seconds / 300 * 300)
        try await gate.judge(try await gate.claimed([1, 2, 3], dueAt: start, now: start), at: start)
        let late = start + .seconds(900)  // a hold, say
        #expect(try await gate.judge(try await gate.claim(at: late), at: late) == [nil, .queue(late + .seconds(300))])
    }

    @Test(arguments: TestEngine.available)
    func `an account's throttle is shared by the campaigns of a channel without one of their own`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind, campaigns: 3)
        try await gate.set(AccountPolicy(throttle: Throttle(count: 2, interval: .seconds(60))))
        try await gate.set(SendPolicy(throttle: Throttle(count: 5, interval: .seconds(60))), of: 3)
        let start = Timestamp(seconds: at(0).seconds / 60 * 60)
        let messages =
            try await gate.claimed([1, 2], dueAt: start, now: start) + gate.claimed([3, 4], campaign: 2, dueAt: start, now: start)
            + gate.claimed([5, 6, 7], campaign: 3, dueAt: start, now: start)
        let rulings = try await gate.judge(messages, at: start)
        let next = Ruling.queue(start + .seconds(60))
        #expect(rulings == [nil, nil, next, next, nil, nil, nil])
    }

    @Test(arguments: TestEngine.available)
    func `who would wait beyond the third day is dropped, and takes no place`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind)
        try await gate.set(SendPolicy(throttle: Throttle(count: 1, interval: .seconds(Self.day))))
        let start = Timestamp(seconds: at(0).seconds / Int64(Self.day) * Int64(Self.day))
        let rulings = try await gate.judge(try await gate.claimed(Array(1...6), dueAt: start, now: start), at: start)
        let places = (1...3).map { Ruling.queue(start + .seconds($0 * Self.day)) }
        #expect(rulings == [nil] + places + [.exclude(.throttleExpired), .exclude(.throttleExpired)])
    }

    @Test(arguments: TestEngine.available)
    func `transactions that count against one limit do not pass it together`(kind: TestEngine) async throws {
        let gate = try await GateFixture(kind, campaigns: 8)
        try await gate.set(AccountPolicy(frequency: AccountPolicy.Frequency(count: 1, days: 1)))
        var messages: [MessageRecord] = []
        for campaign in 1...8 as ClosedRange<Int64> { messages += try await gate.claimed([1], campaign: campaign) }
        let asked = try await withThrowingTaskGroup(of: Int.self) { group in
            for message in messages {
                group.addTask { try await gate.judge([message], at: at(0)).count { $0 == nil } }
            }
            return try await group.reduce(0, +)
        }
        #expect(asked == 1)
        #expect(try await gate.states() == ["asked": 1, "excluded": 7])
    }
}
