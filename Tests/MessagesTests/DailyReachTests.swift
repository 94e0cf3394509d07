import Core
import Messages
import Storage
import StorageTesting
import Testing

@Suite struct DailyReachTests {
    private static let day = 24 * 3600

    private struct Desk {
        let engine: any SQLEngine
        let reach: DailyReach

        init(_ engine: any SQLEngine, portfolio: String = "default") {
            (self.engine, reach) = (engine, DailyReach(account: AccountID(rawValue: 1), portfolio: portfolio))
        }

        func record(_ addresses: [String], at now: Timestamp) async throws {
            try await engine.write { try reach.record(addresses, at: now, in: $0) }
        }

        func known(_ addresses: [String], at now: Timestamp) async throws -> Set<String> {
            try await engine.read { try reach.known(among: addresses, at: now, in: $0) }
        }

        /// The people, and in how many seconds the next one drops out.
        func count(at now: Timestamp) async throws -> [Int?] {
            let (people, next) = try await engine.read { try reach.count(at: now, in: $0) }
            return [people, next.map { Int(($0 - now).inSeconds) }]
        }

        func lines() async throws -> Int {
            try await engine.read { try $0.row(Query("test.reach", "SELECT COUNT(*) FROM daily_reach"))?.int(0) ?? 0 }
        }
    }

    @Test(arguments: TestEngine.available)
    func `a person counts once for 24 hours from the first message`(kind: TestEngine) async throws {
        let desk = Desk(try await kind.makeWithAccount())
        #expect(try await desk.count(at: at(0)) == [0, nil])
        try await desk.record(["a", "b"], at: at(0))
        try await desk.record(["a", "c"], at: at(3600))
        #expect(try await desk.count(at: at(3600)) == [3, Self.day - 3600])
        #expect(try await desk.known(["a", "b", "c", "d"], at: at(3600)) == ["a", "b", "c"])
        #expect(try await desk.count(at: at(Self.day - 1)) == [3, 1])
        #expect(try await desk.known(["a", "c"], at: at(Self.day)) == ["c"])
        #expect(try await desk.count(at: at(Self.day)) == [1, 3600])
        #expect(try await desk.known([], at: at(0)) == [])
    }

    @Test(arguments: TestEngine.available)
    func `who dropped out counts anew`(kind: TestEngine) async throws {
        let desk = Desk(try await kind.makeWithAccount())
        try await desk.record(["a"], at: at(0))
        try await desk.record(["a"], at: at(Self.day - 1))
        #expect(try await desk.count(at: at(Self.day)) == [0, nil])
        try await desk.record(["a"], at: at(Self.day))
        #expect(try await desk.count(at: at(Self.day)) == [1, Self.day])
    }

    @Test(arguments: TestEngine.available)
    func `portfolios and accounts count apart`(kind: TestEngine) async throws {
        let engine = try await kind.makeWithAccount()
        let (one, other) = (Desk(engine), Desk(engine, portfolio: "other"))
        try await one.record(["a", "b"], at: at(0))
        try await other.record(["a"], at: at(5))
        #expect(try await one.count(at: at(10)).first == 2)
        #expect(try await other.count(at: at(10)) == [1, Self.day - 5])
        #expect(try await other.known(["a", "b"], at: at(10)) == ["a"])
    }

    @Test(arguments: TestEngine.available)
    func `only lines that no longer count are removed, a thousand at a time`(kind: TestEngine) async throws {
        let desk = Desk(try await kind.makeWithAccount())
        try await desk.record((0..<1500).map { "old\($0)" }, at: at(0))
        try await desk.record(["new"], at: at(1))
        for (time, left) in [(Self.day - 1, 1501), (Self.day, 501), (Self.day, 1), (Self.day, 1), (Self.day + 1, 0)] {
            try await desk.engine.write { [reach = desk.reach] in try reach.removeOld(at: at(time), in: $0) }
            #expect(try await desk.lines() == left)
        }
    }
}
