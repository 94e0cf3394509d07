import Audience
import Core
import Profiles
import Storage
import StorageTesting
import Testing

/// Blocks and the rows they are made of.
@Suite struct BlockBuilderTests {
    @Test(arguments: TestEngine.available)
    func `a check finds nothing in blocks that were built, and what was spoilt`(kind: TestEngine) async throws {
        var dice = Dice(seed: 5)
        let world = try await AudienceWorld(kind)
        try await world.store(History(people: 40, &dice))
        var sizes = BlockSizes()
        (sizes.rows, sizes.events, sizes.people, sizes.fanIn) = (40, 30, 9, 2)
        let builder = BlockBuilder(engine: world.engine, stores: world.stores, sizes: sizes)
        #expect(try await builder.check() == [])
        try await builder.catchUp()
        #expect(try await builder.check() == [])
        while try await builder.merge() {}
        #expect(try await builder.check() == [])
        try await world.engine.write { try $0.execute("DELETE FROM event WHERE id = 3") }
        try await world.engine.write { try $0.execute("UPDATE profile SET email = 'x' WHERE id = 2") }
        let spoilt = try await builder.check()
        #expect(spoilt.count == 2)
        #expect(spoilt.map { $0.inBlocks - $0.rows }.sorted() == [0, 1], "\(spoilt)")
        try await builder.rebuild()
        #expect(try await builder.check() == [])
    }

    @Test(arguments: TestEngine.available)
    func `merging leaves few blocks, and none above the limit`(kind: TestEngine) async throws {
        var dice = Dice(seed: 6)
        let world = try await AudienceWorld(kind)
        try await world.store(History(people: 60, &dice))
        var sizes = BlockSizes()
        (sizes.rows, sizes.events, sizes.people, sizes.stretch) = (32, 10, 4, .seconds(365 * 86_400))
        let builder = BlockBuilder(engine: world.engine, stores: world.stores, sizes: sizes)
        try await builder.catchUp()
        let before = try await Self.counts(world)
        while try await builder.merge() {}
        let after = try await Self.counts(world)
        #expect(after.events * 2 < before.events && after.people * 2 < before.people, "\(before) \(after)")
        #expect(after.largest <= 32 && after.largest > 16)
        #expect(after.columns > 0 && after.strayColumns == 0)
    }

    @Test(arguments: TestEngine.available)
    func `two builders at once build everything once`(kind: TestEngine) async throws {
        var dice = Dice(seed: 7)
        let world = try await AudienceWorld(kind)
        try await world.store(History(people: 60, &dice))
        var sizes = BlockSizes()
        (sizes.events, sizes.people, sizes.fanIn) = (6, 4, 2)
        let builders = (0..<3).map { _ in BlockBuilder(engine: world.engine, stores: world.stores, sizes: sizes) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for builder in builders {
                group.addTask {
                    try await builder.catchUp()
                    while try await builder.merge() {}
                }
            }
            try await group.waitForAll()
        }
        #expect(try await builders[0].check() == [])
        #expect(try await builders[0].backlog() == (0, 0))
    }

    /// What the stores of people write, and not only the test's own statements, must reach the blocks.
    @Test(arguments: TestEngine.available)
    func `every way of changing a person is seen`(kind: TestEngine) async throws {
        let world = try await AudienceWorld(kind)
        let builder = BlockBuilder(engine: world.engine, stores: world.stores)
        let (ids, account) = (IDMaker(clock: AudienceWorld.clock), AudienceWorld.account)
        let store = ProfileStore(engine: world.engine, clock: AudienceWorld.clock, ids: ids)
        let record = ProfileRecord(number: 1, who: Who([.identity: "a"]), time: nil, content: .profile(ProfileChange()))
        _ = try await world.engine.write { try store.apply([record], to: account, source: "test", in: $0) }
        #expect(try await builder.backlog().people == 1)
        try await builder.catchUp()
        let change = ConsentChange(profileID: ProfileID(rawValue: 1), granted: true, occurredAt: nil, source: "test", evidence: nil)
        _ = try await world.engine.write {
            try ConsentStore(clock: AudienceWorld.clock, ids: ids).record([change], account: account, in: $0)
        }
        #expect(try await builder.backlog().people == 1)
        let audiences = Audiences(engine: world.engine, stores: world.stores, builder: builder)
        #expect(try await audiences.people(.reach(.optedIn), of: account, at: AudienceWorld.moment).map(\.rawValue) == [1])
        try await builder.catchUp()
        #expect(try await audiences.people(.reach(.optedIn), of: account, at: AudienceWorld.moment).map(\.rawValue) == [1])
        #expect(try await audiences.estimate(.everyone, of: account, at: AudienceWorld.moment) == (1, 0))
    }

    private static func counts(
        _ world: AudienceWorld
    ) async throws -> (events: Int, people: Int, largest: Int, columns: Int, strayColumns: Int) {
        try await world.engine.read { session in
            let row = try session.rows(counts)[0]
            return (try row.int(0), try row.int(1), try row.int(2), try row.int(3), try row.int(4))
        }
    }

    private static let counts = Query(
        "test.blocks",
        """
        SELECT (SELECT COUNT(*) FROM event_block), (SELECT COUNT(*) FROM profile_block), (SELECT MAX(row_count) FROM event_block),
            (SELECT COUNT(*) FROM block_column), (SELECT COUNT(*) FROM block_column WHERE
                block_id NOT IN (SELECT id FROM event_block) AND block_id NOT IN (SELECT id FROM profile_block))
        """)
}
