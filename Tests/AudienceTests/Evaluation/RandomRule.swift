import Audience
import Core
import ZoneTime

/// Random rules over the names and values of `History`.
enum RandomRule {
    static func rule(_ dice: inout Dice, depth: Int = 3) -> AudienceRule {
        switch dice.roll(depth > 0 ? 10 : 6) {
        case 0, 1: .event(event(&dice))
        case 2, 3: .property(filter(&dice))
        case 4: .reach(dice.pick(ReachTest.allCases))
        case 5: dice.roll(2) == 0 ? .bucket(dice.roll(400)...400 + dice.roll(600)) : .segment(SegmentID(rawValue: Int64(1 + dice.roll(3))))
        case 6, 7: .all((0..<dice.roll(4)).map { _ in rule(&dice, depth: depth - 1) })
        case 8: .any((0..<dice.roll(4)).map { _ in rule(&dice, depth: depth - 1) })
        default: .not(rule(&dice, depth: depth - 1))
        }
    }

    static func event(_ dice: inout Dice) -> EventRule {
        let measure: Aggregate =
            switch dice.roll(4) {
            case 0: .sum(dice.pick(["n", "price", "mixed", "none", "city"]))
            case 1: .average(dice.pick(["n", "price", "mixed"]))
            default: .count
            }
        return EventRule(
            event: dice.pick(["Viewed", "charged", " ADDED to cart", "Never"]), window: window(&dice),
            filters: (0..<max(0, dice.roll(4) - 1)).map { _ in filter(&dice) }, hours: dice.roll(4) == 0 ? hours(&dice) : nil,
            pick: dice.pick([.every, .every, .every, .first, .last]), measure: measure, test: test(&dice),
            includesNever: dice.roll(4) == 0)
    }

    static func window(_ dice: inout Dice) -> TimeWindow {
        switch dice.roll(8) {
        case 0: return .today
        case 1: return .last(1 + dice.roll(40), .hours)
        case 2: return .last(1 + dice.roll(30), .days)
        case 3:
            let low = dice.roll(20)
            return .daysAgo(low...low + dice.roll(10))
        case 4: return .days(from: day(&dice), to: nil)
        case 5: return .days(from: nil, to: day(&dice))
        default: return .ever
        }
    }

    private static func day(_ dice: inout Dice) -> Day { Day(number: 20_833 - Int64(dice.roll(40))) }

    private static func hours(_ dice: inout Dice) -> HoursFilter {
        let start = dice.roll(1000)
        return HoursFilter(
            weekdays: Set((1...7).filter { _ in dice.roll(3) > 0 }), minutes: [start..<start + dice.roll(600), 1400..<1440])
    }

    private static func test(_ dice: inout Dice) -> NumberTest {
        let value = dice.pick([0, 1, 2, 3, 5, 40, 0.5, 33.3])
        switch dice.roll(6) {
        case 0: return .equals(value)
        case 1: return .notEquals(value)
        case 2: return .between(value - 1, value + 2)
        default: return .compare(dice.pick(Comparison.allCases), value)
        }
    }

    static func filter(_ dice: inout Dice) -> PropertyFilter {
        let name = dice.pick([
            "n", "price", "city", "day", "tags", "mixed", "mixed", "none", "Email", "Phone", "MSG-whatsapp", "objectId", "Identity",
        ])
        return PropertyFilter(name: name, test: propertyTest(&dice))
    }

    private static func propertyTest(_ dice: inout Dice) -> PropertyTest {
        switch dice.roll(9) {
        case 0: .equals((0...dice.roll(3)).map { _ in value(&dice) })
        case 1: .notEquals((0...dice.roll(2)).map { _ in value(&dice) })
        case 2: .contains([dice.pick(["u", "a", "$D_17", "49151", "ö", "1"])])
        case 3: .doesNotContain([dice.pick(["P", "b", "$D_18", "@"])])
        case 4: .exists
        case 5: .doesNotExist
        case 6: .compare(dice.pick(Comparison.allCases), measure(&dice))
        case 7: dice.roll(2) == 0 ? .between(.number(Double(dice.roll(4))), .number(4.5)) : .between(.date(date(&dice)), .date(date(&dice)))
        default: .within(window(&dice))
        }
    }

    private static func value(_ dice: inout Dice) -> JSONValue {
        switch dice.roll(8) {
        case 0: .string(dice.pick(["Pune", "Goa", "Köln", "a", "3", "true", "2.5"]))
        case 1: .bool(dice.roll(2) == 0)
        case 2: .string(date(&dice).propertyDate)
        case 3: .double(dice.pick([0.1, 33.3, 2.5, 13, 9_007_199_254_740_992]))
        case 4: .int(9_007_199_254_740_993)
        case 5: .string("p7@example.org")
        default: .int(Int64(dice.roll(5)))
        }
    }

    private static func measure(_ dice: inout Dice) -> Measure {
        dice.roll(3) == 0 ? .date(date(&dice)) : .number(dice.pick([0, 1, 2, 3, 0.1, 33.3, 1e300, -1e300]))
    }

    private static func date(_ dice: inout Dice) -> Timestamp {
        Timestamp(microseconds: History.now - Int64(dice.roll(30) - 15) * 43_200_000_000)
    }
}

extension AudienceRule {
    /// Rules that say a little less, for finding the least that still fails.
    var smaller: [AudienceRule] {
        switch self {
        case .all(let parts):
            parts + parts.indices.map { .all(parts.without($0)) }
                + parts.indices.flatMap { place in parts[place].smaller.map { .all(parts.with($0, at: place)) } }
        case .any(let parts):
            parts + parts.indices.map { .any(parts.without($0)) }
                + parts.indices.flatMap { place in parts[place].smaller.map { .any(parts.with($0, at: place)) } }
        case .not(let part): [part] + part.smaller.map { .not($0) }
        case .event(let rule): rule.smaller.map { .event($0) }
        default: []
        }
    }
}

extension EventRule {
    fileprivate var smaller: [EventRule] {
        var rules: [EventRule] = filters.indices.map { place in changed { $0.filters.remove(at: place) } }
        if hours != nil { rules.append(changed { $0.hours = nil }) }
        if window != .ever { rules.append(changed { $0.window = .ever }) }
        if pick != .every { rules.append(changed { $0.pick = .every }) }
        if includesNever { rules.append(changed { $0.includesNever = false }) }
        return rules
    }

    private func changed(_ change: (inout EventRule) -> Void) -> EventRule {
        var copy = self
        change(&copy)
        return copy
    }
}

extension Array {
    fileprivate func without(_ place: Int) -> Self { Self(self[..<place] + self[(place + 1)...]) }

    fileprivate func with(_ element: Element, at place: Int) -> Self {
        var copy = self
        copy[place] = element
        return copy
    }
}
