import Audience
import Core
import CoreTesting
import Testing
import ZoneTime

/// Random rules of every shape, written and read again.
@Suite struct RuleRoundTripTests {
    @Test func `what is written is read as the same rule`() throws {
        var dice = SeededGenerator(seed: 7)
        var forms: Set<Set<String>> = []
        for _ in 0..<2000 {
            let rule = Self.rule(&dice, depth: 4)
            let json = try JSONValue(parsing: rule.json.text)
            #expect(try AudienceRule(json: json, path: "w") == rule, "\(json.text)")
            forms.insert(Set((json.object ?? [:]).keys))
        }
        #expect(forms.count > 50)  // one object holds many kinds of tests side by side
    }

    @Test func `what is written says the same in words`() throws {
        var dice = SeededGenerator(seed: 8)
        var words: Set<String> = []
        for _ in 0..<500 {
            let rule = Self.rule(&dice, depth: 3)
            #expect(try AudienceRule(json: rule.json, path: "w").describe() == rule.describe())
            words.insert(rule.describe())
        }
        #expect(words.count > 400)
    }

    static func rule(_ dice: inout SeededGenerator, depth: Int) -> AudienceRule {
        switch Int.random(in: 0..<(depth > 0 ? 12 : 8), using: &dice) {
        case 0, 1: .event(event(&dice))
        case 2, 3: .property(filter(&dice))
        case 4: .property(.age(number(&dice)))
        case 5: .reach(ReachTest.allCases.randomElement(using: &dice) ?? .optedIn)
        case 6: .bucket(Int.random(in: 0...500, using: &dice)...Int.random(in: 500...999, using: &dice))
        case 7: .segment(SegmentID(rawValue: Int64.random(in: 1...50, using: &dice)))
        case 8, 9: .all(members(&dice, depth, from: 0))
        case 10: .any(members(&dice, depth, from: 1))
        default: .not(someone(&dice, depth))
        }
    }

    /// In any order and in the written one, which takes another way.
    private static func members(_ dice: inout SeededGenerator, _ depth: Int, from lowest: Int) -> [AudienceRule] {
        let count = Int.random(in: lowest...4, using: &dice)
        let rules = (0..<count).map { _ in rule(&dice, depth: depth - 1) }
        guard Bool.random(using: &dice) else { return withoutNobody(rules) }
        return withoutNobody(rules.sorted { order($0) < order($1) })
    }

    /// A segment that is included and excluded leaves nobody, which cannot be read.
    private static func withoutNobody(_ rules: [AudienceRule]) -> [AudienceRule] {
        rules.filter { rule in if case .not(.segment) = rule { !rules.contains { .not($0) == rule } } else { true } }
    }

    private static func order(_ rule: AudienceRule) -> Int {
        switch rule {
        case .event: 0
        case .not(.event(let event)): event.measure == .count ? 1 : 9
        case .property(let filter): filter.isAge ? 3 : 2
        case .reach: 4
        case .bucket: 5
        case .segment: 6
        case .not(.segment): 7
        default: 8
        }
    }

    private static func someone(_ dice: inout SeededGenerator, _ depth: Int) -> AudienceRule {
        let rule = rule(&dice, depth: depth - 1)
        return rule == .everyone ? .reach(.hasEmail) : rule
    }

    private static func event(_ dice: inout SeededGenerator) -> EventRule {
        var rule = EventRule(event: ["Charged", "App Launched", "ﾃ"].randomElement(using: &dice) ?? "A")
        rule.window = window(&dice, isEvent: true)
        rule.filters = (0..<Int.random(in: 0...2, using: &dice)).map { _ in filter(&dice) }
        if Bool.random(using: &dice) { rule.hours = hours(&dice) }
        switch Int.random(in: 0..<5, using: &dice) {
        case 0: rule.pick = [.first, .last].randomElement(using: &dice) ?? .first
        case 1: (rule.test, rule.includesNever) = (count(&dice), Bool.random(using: &dice))
        case 2: (rule.measure, rule.test, rule.includesNever) = (.sum("Amount"), test(&dice), Bool.random(using: &dice))
        case 3: (rule.measure, rule.test) = (.average("Amount"), test(&dice))
        default: break
        }
        return rule
    }

    private static func count(_ dice: inout SeededGenerator) -> NumberTest {
        let number = Double(Int.random(in: 2...9, using: &dice))
        return [
            .equals(number), .notEquals(number), .between(number, number + 3), .compare(comparison(&dice), number),
        ].randomElement(using: &dice) ?? .equals(2)
    }

    private static func test(_ dice: inout SeededGenerator) -> NumberTest {
        let number = Double(Int.random(in: -9...9, using: &dice)) / 4
        return [
            .equals(number), .notEquals(number), .between(number, number + 0.5), .compare(comparison(&dice), number),
        ].randomElement(using: &dice) ?? .equals(2)
    }

    private static func comparison(_ dice: inout SeededGenerator) -> Comparison {
        Comparison.allCases.randomElement(using: &dice) ?? .lessThan
    }

    private static func hours(_ dice: inout SeededGenerator) -> HoursFilter {
        let start = Int.random(in: 0..<720, using: &dice)
        return HoursFilter(
            weekdays: Set((1...7).shuffled(using: &dice).prefix(Int.random(in: 1...7, using: &dice))),
            minutes: [[0..<1440], [start..<start + 60], [900..<1440, 0..<start], [600..<1440, 0..<700], [1..<2, 5..<6]].randomElement(
                using: &dice) ?? [0..<1])
    }

    private static func window(_ dice: inout SeededGenerator, isEvent: Bool) -> TimeWindow {
        let (from, to) = (Day(20_260_101 + Int64.random(in: 0...8, using: &dice)), Day(20_260_120))
        let unit = ([.minutes, .hours, .days, .weeks, .months, .years] as [TimeUnit]).randomElement(using: &dice) ?? .days
        let count = Int.random(in: 1...10, using: &dice)
        let windows: [TimeWindow] = [
            .ever, .today, .last(count, unit), .thisMonth, .previousMonth, .daysAgo(3...3), .daysAgo(0...count), .days(from: from, to: to),
            .days(from: from, to: nil), .days(from: nil, to: to), isEvent ? .ever : .next(count, unit),
        ]
        return windows.randomElement(using: &dice) ?? .ever
    }

    private static func filter(_ dice: inout SeededGenerator) -> PropertyFilter {
        let values = (0...Int.random(in: 0...2, using: &dice)).map { _ in value(&dice) }
        let texts = ["a", "Pune", "$D_5"].shuffled(using: &dice).prefix(Int.random(in: 1...3, using: &dice))
        let tests: [PropertyTest] = [
            .equals(values), .notEquals(values), .contains(Array(texts)), .doesNotContain(Array(texts)), .exists, .doesNotExist,
            .within(window(&dice, isEvent: false)), number(&dice), .compare(comparison(&dice), .date(Timestamp(seconds: 99))),
            .between(.date(Timestamp(seconds: -99)), .date(Timestamp(seconds: 99))),
        ]
        return PropertyFilter(
            name: ["City", "Age", "Gender", "DOB"].randomElement(using: &dice) ?? "P", test: tests.randomElement(using: &dice) ?? .exists)
    }

    /// A test that an age can have as well.
    private static func number(_ dice: inout SeededGenerator) -> PropertyTest {
        let number = Double(Int.random(in: 0...90, using: &dice)) / 2
        return [
            .equals([18, 21]), .notEquals([40]), .compare(comparison(&dice), .number(number)),
            .between(.number(number), .number(number + 1)),
            .exists, .doesNotExist,
        ].randomElement(using: &dice) ?? .exists
    }

    private static func value(_ dice: inout SeededGenerator) -> JSONValue {
        ["", "Pune", "a \"b\"", "$D_1700000000", 5, -3, 2.5, true, false, 9_007_199_254_740_993].randomElement(using: &dice) ?? 1
    }
}
