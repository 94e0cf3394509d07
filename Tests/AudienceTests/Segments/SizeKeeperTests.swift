import Audience
import Core
import StorageTesting
import Testing
import ZoneTime

struct SizeKeeperTests {
    @Test(arguments: TestEngine.available)
    func `every segment is measured once a day of the account's`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        try await world.addPeople(1...4)
        let segment = try await world.save("a", ["profile": [["name": "n", "operator": "less_than", "value": 3]]])
        let list = try await world.list("l", "Type,Identity\ni,p1\ni,p2\ni,p3").segment
        #expect(await world.keeper.turn() == 2)
        #expect(await world.keeper.turn() == 0)
        let sizes = try await world.segments.lastSizes(of: [segment.id, list.id])
        #expect(sizes[segment.id]?.count == 2 && sizes[list.id]?.count == 3 && sizes[list.id]?.reachable == 0)
        #expect(sizes[segment.id]?.day == Day(20_270_115))
        // 18:29 UTC is 23:59 in Kolkata.
        world.time.now = try #require(Timestamp(iso8601: "2027-01-15T18:29:59Z"))
        #expect(await world.keeper.turn() == 0)
        world.time.now = world.time.now + .seconds(1)
        try await world.addPeople(5...5)
        #expect(await world.keeper.turn() == 2)
        #expect(try await world.segments.sizes(of: segment.id, account: world.account).map(\.day) == [Day(20_270_115), Day(20_270_116)])
    }

    @Test(arguments: TestEngine.available)
    func `a segment that changes is measured anew that day`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        try await world.addPeople(1...4)
        let segment = try await world.save("a", [:])
        let list = try await world.list("l", "Type,Identity\ni,p1").segment
        await world.keeper.turn()
        _ = try await world.segments.change(segment.id, of: world.account, by: SegmentChange(content: .past(.bucket(0...0))))
        _ = try await world.segments.change(segment.id, of: world.account, by: SegmentChange(name: "b"))
        _ = try await world.lists.replace(list.id, of: world.account, with: Pieces("Type,Identity\ni,p1\ni,p2"))
        #expect(await world.keeper.turn() == 2)
        #expect(try await world.segments.sizes(of: list.id, account: world.account).map(\.count) == [2])
        #expect(await world.keeper.turn() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `400 days are kept`(kind: TestEngine) async throws {
        let world = try await SegmentWorld(kind)
        let segment = try await world.save("a", [:])
        for _ in 0..<405 {
            await world.keeper.turn()
            world.time.now = world.time.now + .seconds(86_400)
        }
        let days = try await world.segments.sizes(of: segment.id, account: world.account).map(\.day)
        #expect(days.count == 400 && days.last == Day(20_270_115)?.adding(days: 404))
        try await world.segments.delete(segment.id, of: world.account)
    }
}
