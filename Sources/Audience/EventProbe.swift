import Core
import ZoneTime

/// An event rule at one moment: which occurrences count, and when a person fits. The one place that says what a rule on
/// events means, whatever the occurrences are read from.
struct EventProbe: Sendable {
    let rule: EventRule
    /// Where the occurrences lie that have to be looked at. None of them lies after now: what a wrong clock dates ahead is
    /// not done yet.
    let reading: TimeBounds
    let filters: [PropertyFilter]
    private let window: TimeBounds
    private let moment: RuleMoment

    init(_ rule: EventRule, at moment: RuleMoment) {
        (self.rule, self.moment) = (rule, moment)
        filters = rule.resolved(at: moment).filters
        window = rule.window.bounds(at: moment)
        reading = rule.pick == .every ? window : TimeWindow.ever.bounds(at: moment)
    }

    /// The property that is added up; nil when occurrences are only counted.
    var measured: String? {
        switch rule.measure {
        case .count: nil
        case .sum(let name), .average(let name): name
        }
    }

    var isAverage: Bool { if case .average = rule.measure { true } else { false } }

    /// Whether it is enough to count occurrences between the bounds of `reading`.
    var onlyCounts: Bool { rule.pick == .every && rule.hours == nil && filters.isEmpty && measured == nil }

    /// Whether people who never did it fit.
    var takesNever: Bool { rule.includesNever && rule.test.holds(0) }

    func isInHours(_ time: Timestamp) -> Bool {
        guard let hours = rule.hours else { return true }
        let (days, second) = (time.seconds + Int64(moment.zone.offset(at: time))).flooredDivision(by: 86_400)
        // 1 January 1970 was a Thursday.
        let weekday = Int((days + 3).flooredDivision(by: 7).remainder) + 1
        return hours.holds(weekday: weekday, minute: Int(second / 60))
    }

    func accepts(_ properties: [String: JSONValue]) -> Bool { filters.allSatisfy { $0.test.holds(properties[$0.name]) } }

    /// Adds an occurrence that counts. Of several at the very moment that is first or last, the one with the most counts.
    @inline(__always)
    func add(_ amount: Int128, at time: Int64, to tally: inout Tally) {
        let isTaken =
            switch rule.pick {
            case .every: false
            case .first: tally.count == 0 || time < tally.time || time == tally.time && amount > tally.sum
            case .last: tally.count == 0 || time > tally.time || time == tally.time && amount > tally.sum
            }
        if isTaken {
            tally = Tally(count: 1, time: time, sum: amount)
        } else if rule.pick == .every {
            tally.count += 1
            tally.sum += amount
        }
    }

    /// What the rule's test is put to; nil when nothing counts.
    func number(_ tally: Tally) -> Double? {
        guard tally.count > 0, rule.pick == .every || window.contains(Timestamp(microseconds: tally.time)) else { return nil }
        return measured == nil ? Double(tally.count) : Self.number(Double(tally.sum), tally.count, isAverage: isAverage)
    }

    /// - Parameter sum: in millionths.
    @inline(__always)
    static func number(_ sum: Double, _ count: UInt32, isAverage: Bool) -> Double {
        isAverage ? sum / Millionths.perUnit / Double(count) : sum / Millionths.perUnit
    }

    func fits(_ tally: Tally) -> Bool { number(tally).map(rule.test.holds) ?? takesNever }
}

/// What a person's occurrences add up to.
struct Tally: Hashable, Sendable {
    var count: UInt32 = 0
    /// Microseconds, of the first or last; 0 where all are taken.
    var time: Int64 = 0
    /// Millionths.
    var sum: Int128 = 0
}
