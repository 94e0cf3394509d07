import Core
import CoreTesting
import Messages
import Storage
import StorageTesting
import Testing

@Suite struct LaneTests {
    private static let second = TemplateID(rawValue: 2)

    private func claim(_ room: Int, in fixture: LedgerFixture, at time: Timestamp = at(1)) async throws -> [MessageRecord] {
        try await fixture.ledger.claim(
            on: LedgerFixture.channel, [LedgerFixture.template: .max, Self.second: .max], upTo: room, at: time,
            leaseUntil: time + .seconds(30))
    }

    @Test(arguments: TestEngine.available)
    func `lower lanes go first, however long the others have waited`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        try await fixture.qualify((1...4).map { LedgerFixture.qualification($0, dueAt: at(-100)) }, in: .campaign)
        try await fixture.qualify((5...6).map { LedgerFixture.qualification($0, dueAt: at(-50)) }, in: .live)
        try await fixture.qualify(
            [LedgerFixture.qualification(7, dueAt: at(0)), LedgerFixture.qualification(8, dueAt: at(9))], in: .conversation)
        #expect(try await claim(2, in: fixture).map(\.profileID.rawValue) == [7, 5])
        #expect(try await claim(2, in: fixture).map(\.lane) == [.live, .campaign])
        #expect(try await claim(1, in: fixture, at: at(9)).map(\.profileID.rawValue) == [8])
        #expect(try await claim(9, in: fixture).map(\.profileID.rawValue) == [2, 3, 4])
    }

    @Test(arguments: TestEngine.available)
    func `a claim fills its room from the lowest lane up, and templates share it alike`(kind: TestEngine) async throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let fixture = try await LedgerFixture(kind, profiles: 60)
            try await fixture.insertSecondTemplate()
            var waiting = try await fill(fixture, &generator)
            while waiting.values.contains(where: { $0 > 0 }) {
                let room = Int.random(in: 1...12, using: &generator)
                let taken = try await claim(room, in: fixture).reduce(into: [:]) { $0[Place($1), default: 0] += 1 }
                expectFair(taken, of: waiting, room, seed)
                waiting.merge(taken) { $0 - $1 }
            }
            #expect(try await claim(100, in: fixture).isEmpty)
        }
    }

    private struct Place: Hashable {
        let lane: Lane
        let template: TemplateID
        init(_ message: MessageRecord) { (lane, template) = (message.lane, message.templateID) }
        init(_ lane: Lane, _ template: TemplateID) { (self.lane, self.template) = (lane, template) }
    }

    /// Sixty messages in random lanes, of random templates, some of them due later.
    private func fill(_ fixture: LedgerFixture, _ generator: inout SeededGenerator) async throws -> [Place: Int] {
        var (waiting, planned) = ([Place: Int](), [Lane: [Qualification]]())
        for number in 1...60 {
            let lane = Lane.allCases.randomElement(using: &generator) ?? .live
            let template = Bool.random(using: &generator) ? LedgerFixture.template : Self.second
            let isDue = Int.random(in: 1...5, using: &generator) > 1
            planned[lane, default: []]
                .append(LedgerFixture.qualification(number, template: template, dueAt: at(isDue ? -number : 100)))
            if isDue { waiting[Place(lane, template), default: 0] += 1 }
        }
        for (lane, qualifications) in planned { try await fixture.qualify(qualifications, in: lane) }
        return waiting
    }

    private func expectFair(_ taken: [Place: Int], of waiting: [Place: Int], _ room: Int, _ seed: UInt64) {
        var left = room
        for lane in Lane.allCases {
            let (first, second) = (Place(lane, LedgerFixture.template), Place(lane, Self.second))
            let (firstTaken, secondTaken) = (taken[first, default: 0], taken[second, default: 0])
            let (firstWaits, secondWaits) = (waiting[first, default: 0], waiting[second, default: 0])
            #expect(firstTaken + secondTaken == min(left, firstWaits + secondWaits), "seed \(seed)")
            #expect(firstTaken == firstWaits || firstTaken >= secondTaken - 1, "seed \(seed)")
            #expect(secondTaken == secondWaits || secondTaken >= firstTaken - 1, "seed \(seed)")
            left -= firstTaken + secondTaken
        }
    }

    @Test(arguments: TestEngine.available)
    func `one batch may hold several runs, and a number gets one message in each`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        func same(_ number: Int, run: Int) -> Qualification {
            var qualification = LedgerFixture.qualification(number, .planned([]), run: run, variant: "B", dueAt: at(run))
            qualification.phone = LedgerFixture.phone(1)
            return qualification
        }
        #expect(try await fixture.qualify([same(1, run: 501), same(2, run: 501), same(1, run: 502), same(1, run: 501)], in: .live) == 3)
        #expect(try await fixture.qualify([same(3, run: 502), same(3, run: 503)], in: .live) == 2)
        let messages = try await fixture.messages()
        #expect(messages.map(\.run) == [501, 501, 502, 502, 503])
        #expect(messages.map(\.state) == [.planned, .excluded, .planned, .excluded, .planned])
        #expect(messages.map(\.dueAt) == [501, 501, 502, 502, 503].map(at))
        #expect(messages.allSatisfy { $0.variant == "B" && $0.lane == .live })
        #expect(try await fixture.tallies() == (try await fixture.counted()))
        #expect(try await fixture.tallies()["variant:B:qualified"] == 5)
    }
}
