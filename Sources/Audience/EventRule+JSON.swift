package import Core
import Profiles
import ZoneTime

extension EventRule {
    /// Reads `{event, within_days?, from?, to?, filters?, count?}`.
    /// - Parameter countable: whether a count makes sense; not for what people did not do.
    package init(json: JSONValue, path: String, countable: Bool) throws(InputError) {
        let keys = ["event", "within_days", "from", "to", "filters"] + (countable ? ["count"] : [])
        let input = try InputObject(json, path: path, code: "invalid_rule", keys: keys)
        event = try Self.name(input, "event")
        window = try TimeWindow(input)
        filters = try PropertyFilter.list(input, "filters")
        count = input["count"] == nil ? nil : try CountTest(input.object("count", keys: ["operator", "value"]))
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = ["event": .string(event)]
        switch window {
        case .ever: break
        case .lastDays(let days): members["within_days"] = .int(Int64(days))
        case .days(let from, let to):
            members["from"] = from.map { .int($0.written) }
            members["to"] = to.map { .int($0.written) }
        }
        if !filters.isEmpty { members["filters"] = .array(filters.map(\.json)) }
        members["count"] = count?.json
        return .object(members)
    }

    /// The rules of an array, each with its path.
    static func list(_ input: InputObject, _ key: String, countable: Bool) throws(InputError) -> [EventRule] {
        var rules: [EventRule] = []
        for item in try input.items(key, atMost: AudienceRule.eventLimit) {
            rules.append(try EventRule(json: item.value, path: item.path, countable: countable))
        }
        return rules
    }

    static func name(_ input: InputObject, _ key: String) throws(InputError) -> String {
        guard let name = EventName(try input.line(key, limit: 512)) else { throw input.error(key, "The event's name is missing.") }
        return name.text
    }
}

extension TimeWindow {
    /// Reads `within_days`, or `from` and `to` (`YYYYMMDD`, both included), of an event.
    init(_ input: InputObject) throws(InputError) {
        let (from, to) = (try Self.day(input, "from"), try Self.day(input, "to"))
        if let from, let to, to < from { throw input.error("from", "The from date cannot be after the to date.") }
        guard let days = input["within_days"] else {
            self = from == nil && to == nil ? .ever : .days(from: from, to: to)
            return
        }
        guard let count = days.int, (1...3650).contains(count) else {
            throw input.error("within_days", "within_days must be a whole number from 1 to 3650.")
        }
        guard from == nil, to == nil else { throw input.error("within_days", "Give within_days or from and to, not both.") }
        self = .lastDays(Int(count))
    }

    private static func day(_ input: InputObject, _ key: String) throws(InputError) -> Day? {
        guard let value = input[key] else { return nil }
        guard let day = value.int.flatMap(Day.init(_:)) else {
            throw input.error(key, "\(key) must be a date as a whole number YYYYMMDD, such as 20260131.")
        }
        return day
    }
}
