import Core
import CoreTesting

/// A small random world: people, what they did, and what is known of their numbers. The model of the tests; it knows
/// nothing of the product's tables.
struct History: Sendable {
    struct Person: Sendable {
        var id: Int64
        var email: String?
        var phone: Int?
        var isOptedIn = false
        var saidAt: Int64?
        var userID: String?
        var properties: [String: JSONValue] = [:]
        var deeds: [Deed] = []
    }

    struct Deed: Sendable {
        var name: String
        /// Microseconds.
        var at: Int64
        var properties: [String: JSONValue]
    }

    /// 15 January 2027, 16:00 UTC, which is 21:30 in the account's zone.
    static let now: Int64 = 1_800_028_800 * 1_000_000
    static let offset: Int64 = 19_800

    var people: [Person]
    /// Numbers are `+4915100000` and two digits.
    var blocked: Set<Int> = []
    var unreachable: Set<Int> = []

    static func phone(_ number: Int) -> String { "4915100000\(10 + number)" }

    init(people count: Int, _ dice: inout Dice) {
        people = (1...Int64(count)).map { Self.person(Self.id($0, of: count), &dice) }
        for number in 0..<20 where dice.roll(8) == 0 { blocked.insert(number) }
        for number in 0..<20 where dice.roll(8) == 0 { unreachable.insert(number) }
    }

    /// Half of the people are around the first border between two chunks.
    static func id(_ number: Int64, of count: Int) -> Int64 { number <= count / 2 ? number : 65_520 + number - Int64(count / 2) }

    static func person(_ id: Int64, _ dice: inout Dice) -> Person {
        var person = Person(id: id)
        if dice.roll(2) == 0 { person.email = "p\(id)@example.org" }
        if dice.roll(3) > 0 { person.phone = dice.roll(20) }
        if dice.roll(3) == 0 { person.userID = "US.\(id)" }
        person.isOptedIn = dice.roll(2) == 0
        if person.isOptedIn || dice.roll(3) == 0 { person.saidAt = 1_700_000_000_000_000 }
        person.properties = properties(&dice)
        person.deeds = (0..<dice.roll(8)).map { _ in deed(&dice) }
        return person
    }

    static func deed(_ dice: inout Dice) -> Deed {
        let ago: Int64 =
            switch dice.roll(6) {
            case 0: Int64(dice.roll(400)) * 3_600_000_000
            case 1: Int64(dice.roll(3)) * 60_000_000
            case 2: -Int64(dice.roll(3)) * 3_600_000_000  // a clock that is ahead
            case 3: Int64(dice.roll(90)) * 86_400_000_000 + Int64(dice.roll(1_000_000))
            case 4: [23_400, 77_400, 77_401, 86_400, 163_800].map { $0 * 1_000_000 }[dice.roll(5)]
            default: Int64(dice.roll(40)) * 43_200_000_000
            }
        return Deed(name: ["Viewed", "Charged", "Added To Cart"][dice.roll(3)], at: now - ago, properties: properties(&dice))
    }

    /// Every kind of value, texts that read as numbers and dates, lists, nulls.
    static func properties(_ dice: inout Dice) -> [String: JSONValue] {
        var properties: [String: JSONValue] = [:]
        if dice.roll(3) > 0 { properties["n"] = .int(Int64(dice.roll(7)) - 2) }
        if dice.roll(3) > 0 { properties["price"] = .double(Double(dice.roll(400)) / [1, 10, 100, 3][dice.roll(4)]) }
        if dice.roll(3) > 0 { properties["city"] = .string(["Pune", "pune", "Goa", "Köln", "K\u{6F}\u{308}ln", ""][dice.roll(6)]) }
        if dice.roll(3) > 0 { properties["day"] = .string("$D_\((now - Int64(dice.roll(30) - 15) * 43_200_000_000) / 1_000_000)") }
        if dice.roll(4) == 0 { properties["tags"] = .array((0...dice.roll(2)).map { _ in .string(["a", "b", "ab", "3"][dice.roll(4)]) }) }
        if dice.roll(2) == 0 { properties["mixed"] = mixed(&dice) }
        return properties
    }

    static func mixed(_ dice: inout Dice) -> JSONValue {
        switch dice.roll(10) {
        case 0: .bool(dice.roll(2) == 0)
        case 1: .string("\(dice.roll(5))")
        case 2: .string(["true", "2.50", "$D_1799000000", "1e1", "x"][dice.roll(5)])
        case 3: .null
        case 4: .int(9_007_199_254_740_993 + Int64(dice.roll(3)))
        case 5: .double([1e300, 0.1, 1.0 / 3, -0.0][dice.roll(4)])
        default: .int(Int64(dice.roll(4)))
        }
    }
}

/// A die with a seed.
struct Dice {
    private var generator: SeededGenerator
    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// 0 up to, not including, `sides`.
    mutating func roll(_ sides: Int) -> Int { Int(generator.next() % UInt64(sides)) }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[roll(values.count)] }
}
