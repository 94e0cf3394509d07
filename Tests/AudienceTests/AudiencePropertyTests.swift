import Audience
import Core
import CoreTesting
import Profiles
import Storage
import StorageTesting
import Testing

/// Random people, events and rules: what the reader finds must be what a plain reading of the rule's JSON finds. The
/// model below knows nothing of the product's types.
@Suite struct AudiencePropertyTests {
    private struct Person {
        var id: Int64
        var properties: [String: JSONValue]
        var deeds: [AudienceFixture.Deed]
    }

    @Test(arguments: TestEngine.available)
    func `the reader and a naive model agree`(kind: TestEngine) async throws {
        let fixture = try await AudienceFixture(kind, slice: 5)
        var dice = Dice(seed: 42)
        let people = (1...40).map { Self.person($0, &dice) }
        for person in people { try await fixture.add(person.id, person.properties, did: person.deeds) }
        var sizes: Set<Int> = []
        for _ in 0..<300 {
            let rule = Self.rule(&dice)
            let expected = people.filter { Self.fits($0, rule) }.map(\.id)
            let found = try await fixture.audience(AudienceRule(json: rule, path: "where"), pages: 7)
            #expect(found == expected, "\(rule.text)")
            sizes.insert(expected.count)
        }
        #expect(sizes.count > 10)  // the rules are neither all empty nor all everyone
    }

    private static func person(_ id: Int, _ dice: inout Dice) -> Person {
        var properties: [String: JSONValue] = [:]
        if dice.roll(3) > 0 { properties["n"] = .int(Int64(dice.roll(6))) }
        if dice.roll(3) > 0 { properties["t"] = .string(["red", "green", "blue"][dice.roll(3)]) }
        let deeds = (0..<dice.roll(6)).map { _ in
            AudienceFixture.Deed(
                name: ["A", "B"][dice.roll(2)], ago: .seconds(dice.roll(20) * 43_200),
                properties: dice.roll(2) == 0 ? [:] : ["n": .int(Int64(dice.roll(6)))])
        }
        return Person(id: Int64(id), properties: properties, deeds: deeds)
    }

    private static func rule(_ dice: inout Dice) -> JSONValue {
        var members: [String: JSONValue] = [:]
        if dice.roll(2) == 0 { members["did"] = .array((0...dice.roll(2)).map { _ in event(&dice, countable: true) }) }
        if dice.roll(3) == 0 { members["did_not"] = [event(&dice, countable: false)] }
        if dice.roll(2) == 0 { members["profile"] = [filter(&dice)] }
        return .object(members)
    }

    private static func event(_ dice: inout Dice, countable: Bool) -> JSONValue {
        var members: [String: JSONValue] = ["event": .string(["A", "B", "C"][dice.roll(3)])]
        if dice.roll(2) == 0 { members["within_days"] = .int(Int64(1 + dice.roll(8))) }
        if dice.roll(3) == 0 { members["filters"] = [filter(&dice)] }
        if countable, dice.roll(2) == 0 {
            let name = ["equals", "greater_than", "less_than_equals"][dice.roll(3)]
            members["count"] = ["operator": .string(name), "value": .int(Int64(1 + dice.roll(2)))]
        }
        return .object(members)
    }

    private static func filter(_ dice: inout Dice) -> JSONValue {
        switch dice.roll(5) {
        case 0: return ["name": "t", "operator": "not_equals", "value": "red"]
        case 1: return ["name": "t", "operator": "contains", "value": "re"]
        case 2: return ["name": "n", "operator": "does_not_exist"]
        case 3: return ["name": "n", "operator": "between", "value": [1, 3]]
        default: return ["name": "n", "operator": "greater_than", "value": .int(Int64(dice.roll(5)))]
        }
    }

    private static func fits(_ person: Person, _ rule: JSONValue) -> Bool {
        for event in rule["did"]?.array ?? [] {
            let times = count(of: event, person)
            guard times > 0 else { return false }
            guard let test = event["count"] else { continue }
            let wanted = Int(test["value"]?.int ?? 0)
            switch test["operator"]?.string {
            case "equals": if times != wanted { return false }
            case "greater_than": if times <= wanted { return false }
            default: if times > wanted { return false }
            }
        }
        for event in rule["did_not"]?.array ?? [] where count(of: event, person) > 0 { return false }
        for filter in rule["profile"]?.array ?? [] where !passes(filter, person.properties) { return false }
        return true
    }

    /// `ago` is a number of half days before 16:00, so half of them fall on the day before what whole days would say.
    private static func count(of event: JSONValue, _ person: Person) -> Int {
        var times = 0
        for deed in person.deeds where deed.name == event["event"]?.string {
            let hours = Int(deed.ago.inSeconds) / 3600
            let daysBack = hours <= 16 ? 0 : (hours - 16 + 23) / 24
            if let days = event["within_days"]?.int, daysBack > Int(days) { continue }
            if let filters = event["filters"]?.array, !filters.allSatisfy({ passes($0, deed.properties) }) { continue }
            times += 1
        }
        return times
    }

    private static func passes(_ filter: JSONValue, _ properties: [String: JSONValue]) -> Bool {
        let value = properties[filter["name"]?.string ?? ""]
        switch filter["operator"]?.string {
        case "not_equals": return value != filter["value"]
        case "contains": return value == "red" || value == "green"
        case "does_not_exist": return value == nil
        case "between": return value == 1 || value == 2 || value == 3
        default: return (value?.int ?? -1) > (filter["value"]?.int ?? 99)
        }
    }
}

/// A die with a seed.
private struct Dice {
    private var generator: SeededGenerator
    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// 0 up to, not including, `sides`.
    mutating func roll(_ sides: Int) -> Int { Int(generator.next() % UInt64(sides)) }
}
