import Core
import Synchronization
import Testing

@Suite struct IDMakerTests {
    private static let start: Int64 = 1_800_000_000_000  // milliseconds

    private func clock(_ times: [Int64]) -> WallClock {
        let next = Mutex(0)
        return WallClock {
            let index = next.withLock { index in
                defer { index = min(index + 1, times.count - 1) }
                return index
            }
            return Timestamp(microseconds: (Self.start + times[index]) * 1000)
        }
    }

    private func ids(_ maker: IDMaker, _ count: Int) -> [Int64] {
        (0..<count).map { _ in maker.next(MessageID.self).rawValue }
    }

    private func expectRising(_ ids: [Int64]) {
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
        #expect(ids.allSatisfy { $0 > 0 })
    }

    @Test func `ids rise with the clock`() {
        expectRising(ids(IDMaker(clock: clock(Array(0..<1000))), 1000))
    }

    @Test func `ids rise within a millisecond`() {
        expectRising(ids(IDMaker(clock: clock([0])), 10_000))
    }

    @Test func `ids rise while the clock steps back`() {
        expectRising(ids(IDMaker(clock: clock([500, 100, 0, -10_000, 400, 499, 500, 501, 3, 502])), 10))
    }

    @Test func `a millisecond that is used up runs into the next`() {
        let maker = IDMaker(clock: clock([0]), random: Randomness { .max })
        let count = 1 << 22
        var last: Int64 = 0
        for _ in 0..<count {
            let id = maker.next(MessageID.self).rawValue
            if id <= last { Issue.record("\(id) follows \(last)") }
            last = id
        }
    }

    @Test func `the time stands in the upper bits`() {
        let id = IDMaker(clock: clock([0])).next(MessageID.self).rawValue
        #expect(id >> 22 == Self.start - 1_735_689_600_000)
    }

    @Test func `many tasks never get the same`() async {
        let maker = IDMaker(clock: .system)
        let ids = await withTaskGroup(of: [Int64].self) { group in
            for _ in 0..<16 { group.addTask { (0..<5000).map { _ in maker.next(MessageID.self).rawValue } } }
            return await group.reduce([], +)
        }
        #expect(Set(ids).count == 80_000)
    }

    @Test(
        arguments: [
            ("1", 1), ("9223372036854775807", .max), ("0", nil), ("-5", nil), ("", nil), ("1.0", nil), ("9223372036854775808", nil),
            (" 1", nil),
        ] as [(String, Int64?)])
    func `an id is read from its decimal form`(text: String, number: Int64?) {
        #expect(MessageID(text)?.rawValue == number)
    }
}
