import Core
import ZoneTime

extension TimeWindow {
    /// Reads `"ever"`, `"today"`, `"this_month"`, `"previous_month"`, `{last: {days: 7}}`, `{days_ago: 3}`,
    /// `{days_ago: {from: 2, to: 5}}`, `{from, to}` with both or one of them, `{before}`, `{after}`, `{on}` or
    /// `{next: {days: 3}}`. Dates are whole numbers YYYYMMDD, units those of `Span` from minutes to years.
    init(json: JSONValue, path: String) throws(InputError) {
        if let word = json.string {
            guard let window = Self.words[word] else { throw Self.unknown(path) }
            self = window
            return
        }
        guard let members = json.object?.filter({ !$0.value.isNull }) else { throw Self.unknown(path) }
        let input = try InputObject(
            json, path: path, code: RuleReader.code, keys: ["last", "days_ago", "from", "to", "before", "after", "on", "next"])
        guard members.count == 1 || Set(members.keys) == ["from", "to"], let key = members.keys.first else { throw Self.unknown(path) }
        switch key {
        case "last": self = try input.span(key, Self.last)
        case "next": self = try input.span(key, Self.next)
        case "days_ago": self = .daysAgo(try Self.daysAgo(input))
        case "before": self = .days(from: nil, to: try input.day(key, movedBy: -1))
        case "after": self = .days(from: try input.day(key, movedBy: 1), to: nil)
        case "on": self = .days(from: try input.day(key), to: try input.day(key))
        default: self = try input.days()
        }
    }

    var json: JSONValue {
        switch self {
        case .ever, .days(nil, nil): "ever"
        case .today: "today"
        case .thisMonth: "this_month"
        case .previousMonth: "previous_month"
        case .last(let count, let unit): ["last": Span(count, unit).json]
        case .next(let count, let unit): ["next": Span(count, unit).json]
        case .daysAgo(let range) where range.count == 1: ["days_ago": .int(Int64(range.lowerBound))]
        case .daysAgo(let range): ["days_ago": ["from": .int(Int64(range.lowerBound)), "to": .int(Int64(range.upperBound))]]
        case .days(let from?, nil): ["from": .int(from.written)]
        case .days(nil, let to?): ["to": .int(to.written)]
        case .days(let from?, let to?): ["from": .int(from.written), "to": .int(to.written)]
        }
    }

    private static let words: [String: TimeWindow] = [
        "ever": .ever, "today": .today, "this_month": .thisMonth, "previous_month": .previousMonth,
    ]

    private static func unknown(_ path: String) -> InputError {
        InputError(
            code: RuleReader.code, field: path,
            """
            A window is one of "today", "this_month", "previous_month", {"last": {"days": 7}}, {"days_ago": 3}, \
            {"days_ago": {"from": 2, "to": 5}}, {"from": 20260101, "to": 20260131}, {"before": …}, {"after": …}, {"on": …}, \
            and for a date among the properties {"next": {"days": 3}}.
            """)
    }

    private static func daysAgo(_ input: InputObject) throws(InputError) -> ClosedRange<Int> {
        guard input["days_ago"]?.object != nil else {
            let days = try input.whole("days_ago", 0...RuleReader.dayLimit)
            return days...days
        }
        let range = try input.object("days_ago", keys: ["from", "to"])
        let (from, to) = (try range.whole("from", 0...RuleReader.dayLimit), try range.whole("to", 0...RuleReader.dayLimit))
        guard from <= to else { throw range.error("from", "from counts fewer days back than to: {\"from\": 2, \"to\": 5}.") }
        return from...to
    }
}

extension InputObject {
    /// `from` and `to`, both dates included, with one of them or both. Without any, ever.
    func days() throws(InputError) -> TimeWindow {
        let (from, to) = (try day("from"), try day("to"))
        if let from, let to, to < from { throw error("from", "The from date cannot be after the to date.") }
        return from == nil && to == nil ? .ever : .days(from: from, to: to)
    }

    func day(_ key: String) throws(InputError) -> Day? {
        guard let value = self[key] else { return nil }
        guard let day = value.int.flatMap({ Day($0) }) else {
            throw error(key, "\(key) must be a date as a whole number YYYYMMDD, such as 20260131.")
        }
        return day
    }

    /// A date whose neighbour counts: all before it, or all after it.
    func day(_ key: String, movedBy days: Int) throws(InputError) -> Day {
        guard let day = try day(key).flatMap({ Day($0.adding(days: days).written) }) else {
            throw error(key, "\(key) must be a date as a whole number YYYYMMDD in the years 1900 to 2999.")
        }
        return day
    }

    /// About ten years at most.
    fileprivate func span(_ key: String, _ window: (Int, TimeUnit) -> TimeWindow) throws(InputError) -> TimeWindow {
        let units: [TimeUnit] = [.minutes, .hours, .days, .weeks, .months, .years]
        let span = try Span(
            self[key] ?? .null, path: field(key), code: RuleReader.code, units: units, amounts: 1...Span.largestAmount)
        guard let limit = Self.spanLimits[span.unit], span.amount <= limit else {
            throw error("\(key).\(span.unit.rawValue)", "A window reaches over ten years at most, and over \(Span.largestAmount) minutes.")
        }
        return window(span.amount, span.unit)
    }

    private static let spanLimits: [TimeUnit: Int] = [
        .minutes: Span.largestAmount, .hours: 24 * RuleReader.dayLimit, .days: RuleReader.dayLimit, .weeks: 520, .months: 120, .years: 10,
    ]
}
