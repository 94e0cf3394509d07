import Core
import Profiles
import ZoneTime

/// CleverTap's query body (`clevertap.md` 3.1), as far as it can be answered here; the rest is refused by name.
extension RuleReader {
    static let queryKeys = [
        "event_name", "from", "to", "event_properties", "session_properties", "common_profile_properties", "advanced_query",
    ]
    private static let eventKeys = ["event_name", "from", "to", "event_properties", "session_properties"]

    mutating func query(_ input: InputObject) throws(InputError) -> [AudienceRule] {
        var parts: [AudienceRule] = []
        if let first = try mainEvent(input) { parts.append(first) }
        if input["advanced_query"] != nil { parts += try advanced(input) }
        if input["common_profile_properties"] != nil { parts += try commonProperties(input) }
        return parts
    }

    private mutating func mainEvent(_ input: InputObject) throws(InputError) -> AudienceRule? {
        guard input["event_name"] != nil else {
            guard let stray = Self.eventKeys.first(where: { input[$0] != nil }) else { return nil }
            throw input.error(stray, "\(stray) belongs to event_name, which is missing.")
        }
        try leaf(input.field("event_name"))
        return .event(try event(input))
    }

    private mutating func advanced(_ input: InputObject) throws(InputError) -> [AudienceRule] {
        let query = try input.object("advanced_query", keys: ["did_all", "did_any", "did_none", "did_not"])
        var parts = try events(query, "did_all", keys: ["operator", "value"]).map { AudienceRule.event($0) }
        if query["did_any"] != nil { parts.append(try anyEvent(query)) }
        let never = try events(query, "did_none", keys: []) + events(query, "did_not", keys: [])
        return parts + never.map { .not(.event($0)) }
    }

    /// `{any_events, operator?, value?}`: the count is asked of each event for itself.
    private mutating func anyEvent(_ query: InputObject) throws(InputError) -> AudienceRule {
        let choice = try query.object("did_any", keys: ["any_events", "operator", "value"])
        let count = try Self.count(choice)
        let events = try events(choice, "any_events", keys: []).map { event in
            var event = event
            if let count { event.test = count }
            return AudienceRule.event(event)
        }
        return .any(try filled(events, choice, "any_events"))
    }

    private mutating func events(_ query: InputObject, _ key: String, keys: [String]) throws(InputError) -> [EventRule] {
        var events: [EventRule] = []
        for item in try query.items(key, atMost: Self.leafLimit) {
            try leaf(item.path)
            let input = try InputObject(item.value, path: item.path, code: Self.code, keys: Self.eventKeys + keys)
            events.append(try event(input))
        }
        return events
    }

    /// One event with its session properties, and with its count inside `advanced_query`.
    private func event(_ input: InputObject) throws(InputError) -> EventRule {
        var event = EventRule(
            event: try EventRule.name(input, "event_name"), window: try window(input),
            filters: try PropertyFilter.list(input, "event_properties"))
        try Self.readSession(input, into: &event)
        guard let count = try Self.count(input) else { return event }
        guard event.pick == .every else { throw input.error("value", "There is one first time, and so nothing to count.") }
        event.test = count
        return event
    }

    private static func count(_ input: InputObject) throws(InputError) -> NumberTest? {
        input["operator"] == nil && input["value"] == nil ? nil : try NumberTest(count: input, from: 1)
    }

    private func window(_ input: InputObject) throws(InputError) -> TimeWindow {
        let (from, to) = (try input.day("from"), try input.day("to"))
        if let from, let to, to < from {
            throw input.error("from", "Query parse failure - The from date cannot be after the to date")
        }
        if let today, let late = [("from", from), ("to", to)].first(where: { $0.1.map { today < $0 } ?? false }) {
            throw input.error(late.0, "Query parse failure - The \(late.0) date cannot be in the future")
        }
        return from == nil && to == nil ? .ever : .days(from: from, to: to)
    }

    /// `session_properties`: `[{name: "first_time" | "time_of_day" | "day_of_week", value}]`.
    private static func readSession(_ input: InputObject, into event: inout EventRule) throws(InputError) {
        var (days, minutes) = (Set<Int>?.none, [Range<Int>]())
        for item in try input.items("session_properties", atMost: 10) {
            let property = try InputObject(item.value, path: item.path, code: code, keys: ["name", "operator", "value"])
            guard (property["operator"] ?? "equals") == "equals" else {
                throw property.error("operator", "Session properties are compared by equals alone.")
            }
            switch property["name"]?.string {
            case "first_time": event.pick = try isTrue(property, "value") ? .first : .every
            case "day_of_week":
                guard days == nil, property["value"] != nil else { throw property.error("value", "Give all days in one list, once.") }
                days = try HoursFilter.weekdays(property, "value")
            case "time_of_day": minutes += try timeOfDay(property)
            default: throw property.error("name", "Session properties are first_time, time_of_day and day_of_week.")
            }
        }
        guard days != nil || !minutes.isEmpty else { return }
        event.hours = HoursFilter(weekdays: days ?? Set(1...7), minutes: minutes.isEmpty ? [0..<1440] : minutes)
    }

    /// `["22:30", "22:35"]`; the end is not included.
    private static func timeOfDay(_ property: InputObject) throws(InputError) -> [Range<Int>] {
        guard let times = property["value"]?.array, times.count == 2 else {
            throw property.error("value", "time_of_day takes an array of two times, such as [\"22:30\", \"22:35\"].")
        }
        return try HoursFilter.ranges(
            from: HoursFilter.minute(times[0], property, "value[0]"), to: HoursFilter.minute(times[1], property, "value[1]"), property,
            "value")
    }

    static func isTrue(_ input: InputObject, _ key: String) throws(InputError) -> Bool {
        switch input[key] {
        case true, "True", "true": return true
        case false, "False", "false": return false
        default: throw input.error(key, "\(key) must be \"True\" or \"False\".")
        }
    }
}
