import Core
import Profiles
import ZoneTime

extension EventRule {
    /// Reads `{event, window?, filters?, hours?, pick?, count?, sum?, average?, include_never?}`:
    /// - the window is `window` in any form of `TimeWindow`, or `within_days`, or `from` and `to` (YYYYMMDD, both included);
    /// - `pick` is `first` or `last`, and then there is nothing to add up;
    /// - at most one of `count: {operator?, value}`, `sum` and `average: {property, operator?, value}`; without any of them, at
    ///   least once;
    /// - `include_never: true` goes with `count` or `sum`.
    ///
    /// - Parameters:
    ///   - isMeasured: whether how often and how much make sense; not for what people did not do.
    ///   - today: windows that begin after it are refused; nil when they may lie ahead.
    init(json: JSONValue, path: String, isMeasured: Bool = true, today: Day? = nil) throws(InputError) {
        let keys = ["event", "window", "within_days", "from", "to", "filters", "hours", "pick"]
        let input = try InputObject(
            json, path: path, code: RuleReader.code, keys: keys + (isMeasured ? Self.measureKeys + ["include_never"] : []))
        self.init(event: try Self.name(input, "event"), window: try Self.window(input, today: today))
        filters = try PropertyFilter.list(input, "filters")
        if let hours = input["hours"] { self.hours = try HoursFilter(json: hours, path: input.field("hours")) }
        pick = try Self.pick(input)
        try readMeasure(input)
    }

    private static let measureKeys = ["count", "sum", "average"]

    static func name(_ input: InputObject, _ key: String) throws(InputError) -> String {
        guard let name = EventName(try input.line(key, limit: 512)) else { throw input.error(key, "The event's name is missing.") }
        return name.text
    }

    private static func pick(_ input: InputObject) throws(InputError) -> Pick {
        guard let word = input["pick"] else { return .every }
        guard let pick = word.string.flatMap(Pick.init) else { throw input.error("pick", "pick must be every, first or last.") }
        return pick
    }

    private static func window(_ input: InputObject, today: Day?) throws(InputError) -> TimeWindow {
        let dates = input["from"] == nil ? "to" : "from"
        let key = try input.only(of: [dates, "window", "within_days"], "Give window, within_days, or from and to, and not two of them.")
        let window: TimeWindow =
            switch key {
            case "window": try TimeWindow(json: input["window"] ?? .null, path: input.field("window"))
            case "within_days": .last(try input.whole("within_days", 1...RuleReader.dayLimit), .days)
            default: try input.days()
            }
        if case .next = window { throw input.error("window", "No event lies ahead: next is for dates among properties.") }
        if let today, case .days(let from?, _) = window, today < from {
            throw input.error(key ?? "window", "The window begins after today, where no event lies.")
        }
        return window
    }

    private mutating func readMeasure(_ input: InputObject) throws(InputError) {
        includesNever = try input.flag("include_never", default: false)
        guard let key = try input.only(of: Self.measureKeys, "Give one of count, sum and average.") else {
            guard !includesNever else { throw input.error("include_never", "include_never goes with count or sum.") }
            return
        }
        guard pick == .every else { throw input.error(key, "There is one \(pick.rawValue) time, and so nothing to add up.") }
        guard key != "count" else {
            test = try NumberTest(count: input.object(key, keys: ["operator", "value"]), from: includesNever ? 0 : 1)
            return
        }
        guard key == "sum" || !includesNever else {
            throw input.error("include_never", "Those who never did it have no average.")
        }
        let sum = try input.object(key, keys: ["property", "operator", "value"])
        let property = try sum.line("property", limit: 120)
        measure = key == "sum" ? .sum(property) : .average(property)
        test = try NumberTest(sum)
    }

    /// Reading it gives the same rule.
    var json: JSONValue {
        var members: [String: JSONValue] = ["event": .string(event)]
        if window != .ever { members["window"] = window.json }
        if !filters.isEmpty { members["filters"] = .array(filters.map(\.json)) }
        if let hours { members["hours"] = hours.json }
        if pick != .every { members["pick"] = .string(pick.rawValue) }
        if includesNever { members["include_never"] = true }
        switch measure {
        case .count: if !isAtLeastOnce { members["count"] = test.json }
        case .sum(let property): members["sum"] = test.json(with: property)
        case .average(let property): members["average"] = test.json(with: property)
        }
        return .object(members)
    }

    /// Whether nothing is asked but that it happened.
    var isAtLeastOnce: Bool { measure == .count && test == .compare(.greaterThanEquals, 1) && !includesNever }
}
