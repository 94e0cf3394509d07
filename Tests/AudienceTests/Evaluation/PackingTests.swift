import Core
import Testing

@testable import Audience

/// What is packed comes out as it went in.
@Suite struct PackingTests {
    @Test(arguments: 0..<60 as Range<UInt64>)
    func `numbers come back`(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let (frame, count) = (dice.pick([1, 3, 16, 1024]), dice.pick([0, 1, 5, 40, 2500]))
        let width = UInt64(dice.roll(65))
        let (step, start) = (dice.pick([1, 1, 7, 1_000_000]), Int64(dice.roll(1000)) - 500)
        let values = (0..<count).map { _ -> Int64 in
            let bits = width == 0 ? 0 : UInt64(dice.roll(Int.max)) &* 3 >> (64 - width)
            return width > 40 ? Int64(bitPattern: bits) : Int64(bits) * Int64(step) + start
        }
        #expect(try Self.packed(values, ascending: false, frame).all() == values)
        let ascending = values.map { $0.magnitude >> 1 }.map { Int64($0) }.sorted()
        #expect(try Self.packed(ascending, ascending: true, frame).all() == ascending)
        let farthest = values.map { Double($0.magnitude) }.max() ?? 0
        #expect(try Self.packed(values, ascending: false, frame).farthest >= farthest)
    }

    @Test func `whole seconds take the bits of seconds`() throws {
        let times = (0..<5000).map { 1_800_000_000_000_000 + Int64($0 * 7919 % 2_592_000) * 1_000_000 }
        #expect(EventRows.payload(times, frame: 1024).count < 5000 * 22 / 8 + 200)
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `values come back, picked and joined`(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let name = dice.pick(["n", "price", "city", "day", "tags", "mixed"])
        let parts = (0..<1 + dice.roll(4)).map { _ in
            (0..<dice.roll(30)).map { _ in dice.roll(5) == 0 ? nil : History.properties(&dice)[name] }
        }
        let joined = ColumnValues.joined(parts.map { (dice.roll(5) == 0 ? nil : ColumnValues($0), $0.count) })
        let again = try PackedColumn(PackedColumn.payload(joined, frame: 1 + dice.roll(8))).unpacked()
        let all = (0..<joined.count).map { again.value(at: $0) }
        for (row, value) in all.enumerated() { #expect(Self.isSame(value, joined.value(at: row))) }
        #expect(joined.count == parts.reduce(0) { $0 + $1.count })
        let order = (0..<joined.count).filter { _ in dice.roll(2) == 0 }.reversed()
        let picked = joined.picking(Array(order))
        for (place, row) in order.enumerated() { #expect(Self.isSame(picked.value(at: place), all[row])) }
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `a column says what was put in`(seed: UInt64) {
        var dice = Dice(seed: seed)
        for name in ["n", "price", "city", "day", "tags", "mixed"] {
            let values = (0..<40).map { _ in History.properties(&dice)[name] }
            let column = ColumnValues(values)
            for (row, value) in values.enumerated() { #expect(Self.isSame(column.value(at: row), value), "\(name)") }
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `damaged bytes are refused and do not crash`(seed: UInt64) {
        var dice = Dice(seed: seed)
        var bytes = PackedColumn.payload(ColumnValues((0..<50).map { _ in History.properties(&dice)["mixed"] }), frame: 8)
        for _ in 0..<1 + dice.roll(4) { bytes[dice.roll(min(bytes.count, 60))] = UInt8(dice.roll(256)) }
        if dice.roll(3) == 0 { bytes.removeLast(dice.roll(bytes.count)) }
        if let column = try? PackedColumn(bytes), column.numbers.count < 10_000 { _ = column.numbers.all() }
    }

    private static func packed(_ values: [Int64], ascending: Bool, _ frame: Int) throws -> PackedIntegers {
        var reader = ByteReader(EventRows.payload(values, ascending: ascending, frame: frame))
        return try PackedIntegers(&reader)
    }

    private static func isSame(_ a: JSONValue?, _ b: JSONValue?) -> Bool {
        let (a, b) = (a?.isNull == true ? nil : a, b?.isNull == true ? nil : b)
        if let number = a?.number { return number == b?.number }
        return a == b
    }
}
