import Channels
import Core
import Messages
import ProviderTesting
import Storage
import StorageTesting
import Testing
import WhatsApp

@testable import Delivery

@Suite struct PeopleBudgetTests {
    private static let day = 24 * 3600

    /// Whom of the people the budget lets through, and in how many seconds the others are due.
    private func admit(
        _ people: [Int], over channel: Channel, campaign: Int64, at now: Timestamp, in fixture: DeliveryFixture
    ) async throws -> (people: [Int64], waits: [Int]) {
        let messages = try await fixture.claimed(people, over: channel, campaign: campaign)
        let (admitted, waiting) = try await fixture.engine.write {
            let admission = try PeopleBudget().admit(messages, over: channel, at: now, in: $0)
            let admitted = messages.filter { admission.waiting[$0.id] == nil }
            try admission.record(admitted, at: now, in: $0)
            return (
                admitted.map(\.profileID.rawValue),
                messages.compactMap { admission.waiting[$0.id] }.map { Int(($0 - now).inSeconds) }
            )
        }
        return (admitted, waiting)
    }

    private func limited(_ kind: TestEngine, to limit: Int64 = 3) async throws -> (DeliveryFixture, Channel) {
        let fixture = try await DeliveryFixture(kind, provider: PretendProvider())
        return (fixture, try await fixture.channel("Main", ["limits": ["daily_people": .int(limit)]]))
    }

    @Test(arguments: TestEngine.available)
    func `without a limit everyone goes and nothing is written down`(kind: TestEngine) async throws {
        let (fixture, channel) = try await limited(kind, to: 0)
        #expect(try await admit([1, 2, 3, 4], over: channel, campaign: 1, at: at(0), in: fixture).people == [1, 2, 3, 4])
        let limited = try await fixture.channels.change(channel.id, of: DeliveryFixture.account, by: ["limits": ["daily_people": 1]])
        #expect(try await admit([1, 2], over: limited, campaign: 2, at: at(1), in: fixture).people == [1])
    }

    @Test(arguments: TestEngine.available)
    func `a limit of three lets three of ten through, and the others when the first drops out`(kind: TestEngine) async throws {
        let (fixture, channel) = try await limited(kind)
        let first = try await admit(Array(1...10), over: channel, campaign: 1, at: at(0), in: fixture)
        #expect(first.people == [1, 2, 3])
        #expect(first.waits.count == 7 && first.waits.allSatisfy { $0 > 0 && $0 <= Self.day + 60 })
        let second = try await admit(Array(4...10), over: channel, campaign: 2, at: at(3600), in: fixture)
        #expect(second.people == [])
        #expect(second.waits == Array(repeating: Self.day - 3600 + 60, count: 7))
        #expect(try await admit(Array(4...10), over: channel, campaign: 3, at: at(Self.day - 1), in: fixture).people == [])
        #expect(try await admit(Array(4...10), over: channel, campaign: 4, at: at(Self.day), in: fixture).people == [4, 5, 6])
    }

    @Test(arguments: TestEngine.available)
    func `a second message to the same person costs nothing`(kind: TestEngine) async throws {
        let (fixture, channel) = try await limited(kind)
        _ = try await admit([1, 2], over: channel, campaign: 1, at: at(0), in: fixture)
        #expect(try await admit([1, 2, 3, 4], over: channel, campaign: 2, at: at(60), in: fixture).people == [1, 2, 3])
        #expect(try await admit([5, 3, 2, 1], over: channel, campaign: 3, at: at(120), in: fixture).people.sorted() == [1, 2, 3])
        #expect(try await admit([1, 4], over: channel, campaign: 4, at: at(Self.day), in: fixture).people == [1, 4])
    }

    @Test(arguments: TestEngine.available)
    func `who wrote to the channel within 24 hours is free`(kind: TestEngine) async throws {
        let (fixture, channel) = try await limited(kind)
        let other = try await fixture.channel("Other", ["limits": ["daily_people": 3]])
        for (number, sender, seconds, channel) in [(1, 7, -60, channel), (2, 8, -Self.day, channel), (3, 9, -60, other)] {
            try await fixture.engine.write {
                _ = try $0.run(
                    Self.inbound,
                    [.int(number), .id(channel.id), .text("in\(number)"), .text(DeliveryFixture.phone(sender)), .time(at(seconds))])
            }
        }
        #expect(try await admit(Array(1...10), over: channel, campaign: 1, at: at(0), in: fixture).people == [1, 2, 3, 7])
        let reach = DailyReach(account: DeliveryFixture.account, portfolio: "default")
        #expect(try await fixture.engine.read { try reach.count(at: at(0), in: $0).people } == 3)
    }

    @Test(arguments: TestEngine.available)
    func `channels of one portfolio share a budget and another has its own`(kind: TestEngine) async throws {
        let (fixture, channel) = try await limited(kind)
        let twin = try await fixture.channel("Twin", ["limits": ["daily_people": 3]])
        let stranger = try await fixture.channel("Stranger", ["limits": ["daily_people": 3, "portfolio": "own"]])
        #expect(try await admit([1, 2], over: channel, campaign: 1, at: at(0), in: fixture).people == [1, 2])
        #expect(try await admit([2, 3, 4], over: twin, campaign: 2, at: at(1), in: fixture).people == [2, 3])
        #expect(try await admit([5], over: channel, campaign: 3, at: at(2), in: fixture).people == [])
        #expect(try await admit([4, 5, 6, 7], over: stranger, campaign: 4, at: at(3), in: fixture).people == [4, 5, 6])
    }

    /// Pumps of several processes, each in a transaction of its own; ten times over, since they do not always meet.
    @Test(arguments: TestEngine.available)
    func `ten at once stay within the budget together`(kind: TestEngine) async throws {
        let (fixture, made) = try await limited(kind)
        let messages = try await fixture.claimed(Array(1...10), over: made, campaign: 1)
        for round in 1...10 {
            let change: JSONValue = ["limits": ["portfolio": .string("p\(round)")]]
            let channel = try await fixture.channels.change(made.id, of: DeliveryFixture.account, by: change)
            let admitted = try await withThrowingTaskGroup(of: Int.self) { group in
                for message in messages {
                    group.addTask {
                        try await fixture.engine.write {
                            let admission = try PeopleBudget().admit([message], over: channel, at: at(0), in: $0)
                            let admitted = [message].filter { admission.waiting[$0.id] == nil }
                            try admission.record(admitted, at: at(0), in: $0)
                            return admitted.count
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(admitted == 3)
        }
    }

    private static let inbound = Query(
        "test.inbound",
        """
        INSERT INTO inbound (id, account_id, channel_id, provider_message_id, sender, kind, payload, occurred_at, received_at)
        VALUES ($1, 1, $2, $3, $4, 'text', '{}', $5, $5)
        """)
}
