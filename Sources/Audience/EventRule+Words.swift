import Core
import ZoneTime

extension EventRule {
    /// "did Charged at least 2 times in the last 30 days where Amount is more than 50".
    /// - Parameter verb: "did", or "do" after "did not".
    func words(did verb: String) -> String {
        var parts = ["\(verb) \(event)", amount, window.words, hours?.words ?? ""]
        if !filters.isEmpty { parts.append("where " + filters.map(\.words).joined(separator: " and ")) }
        if includesNever { parts.append("(or never did it)") }
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private var amount: String {
        switch (pick, measure) {
        case (.first, _): "for the first time"
        case (.last, _): "for the last time"
        case (.every, .count): isAtLeastOnce ? "" : test.times
        case (.every, .sum(let property)): "with a total \(property) of \(test.words)"
        case (.every, .average(let property)): "with an average \(property) of \(test.words)"
        }
    }
}

extension NumberTest {
    fileprivate var times: String {
        switch self {
        case .equals(let number): "exactly \(Self.times(number))"
        case .notEquals(let number): "not exactly \(Self.times(number))"
        case .compare(let comparison, let number): "\(comparison.words(of: "more", "fewer")) \(Self.times(number))"
        case .between(let low, let high): "\(text(low)) to \(text(high)) times"
        }
    }

    fileprivate var words: String {
        switch self {
        case .equals(let number): "exactly \(text(number))"
        case .notEquals(let number): "not exactly \(text(number))"
        case .compare(let comparison, let number): "\(comparison.words(of: "more", "less")) \(text(number))"
        case .between(let low, let high): "\(text(low)) to \(text(high))"
        }
    }

    private static func times(_ number: Double) -> String { "\(Measure.number(number).json.text) \(number == 1 ? "time" : "times")" }

    private func text(_ number: Double) -> String { Measure.number(number).json.text }
}

extension HoursFilter {
    /// "on Monday or Friday between 09:00 and 18:00".
    fileprivate var words: String {
        let days = Weekday.allCases.filter { weekdays.contains($0.sinceMonday + 1) }.map { day in
            "\(day)".prefix(1).uppercased() + "\(day)".dropFirst()
        }
        let stretches = stretches.map { "between \(Stretch.text($0.from)) and \(Stretch.text($0.to))" }
        let parts = [
            weekdays.count < 7 ? "on \(days.joined(separator: " or "))" : "",
            minutes == [0..<1440] ? "" : stretches.joined(separator: " or "),
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension TimeWindow {
    /// As it follows what was done, or "is" for a date; empty for ever.
    var words: String {
        switch self {
        case .ever, .days(nil, nil): ""
        case .today: "today"
        case .last(let count, let unit): "in the last \(Self.words(count, unit))"
        case .next(let count, let unit): "in the next \(Self.words(count, unit))"
        case .thisMonth: "this month"
        case .previousMonth: "in the previous month"
        case .daysAgo(let range) where range.count == 1: "exactly \(range.lowerBound) \(range.lowerBound == 1 ? "day" : "days") ago"
        case .daysAgo(let range): "\(range.lowerBound) to \(range.upperBound) days ago"
        case .days(let from?, let to?) where from == to: "on \(from)"
        case .days(let from?, let to?): "from \(from) to \(to)"
        case .days(let from?, nil): "since \(from)"
        case .days(nil, let to?): "until \(to)"
        }
    }

    private static func words(_ count: Int, _ unit: TimeUnit) -> String {
        count == 1 ? String(unit.rawValue.dropLast()) : "\(count) \(unit.rawValue)"
    }
}
