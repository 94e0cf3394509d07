package import Core
import ZoneTime

extension LiveRule {
    /// Reads the `who` of a live campaign; `where` is an `AudienceRule` and may be missing:
    /// - single action: `{event: {name, filters?}, where?}`, or `events` with up to 10 alternatives;
    /// - inaction: `{event, without, within: {minutes | hours | days}, where?}`;
    /// - date and time: `{event, date_property, offset: {days: -1, at?: "09:00"}, same?, cancelled_by?, where?}` with `same` the
    ///   property that tells one booking from another, or `{profile_date: "DOB", yearly?, offset, where?}`.
    ///
    /// - Throws: `InputError` with the code `invalid_rule`, whose field is the path of what is wrong.
    package init(json: JSONValue, kind: LiveTrigger.Kind, path: String) throws(InputError) {
        let isProfileDate = kind == .dateTime && json["profile_date"].map { !$0.isNull } ?? false
        let keys =
            switch kind {
            case .singleAction: ["event", "events"]
            case .inaction: ["event", "without", "within"]
            case .dateTime where isProfileDate: ["profile_date", "yearly", "offset"]
            case .dateTime: ["event", "date_property", "offset", "same", "cancelled_by", "profile_date"]
            }
        let input = try InputObject(json, path: path, code: RuleReader.code, keys: keys + ["where"])
        trigger =
            switch kind {
            case .singleAction: .singleAction(try input.alternatives())
            case .inaction: try input.inaction()
            case .dateTime where isProfileDate: .profileDate(try input.profileDate())
            case .dateTime: .eventDate(try input.eventDate())
            }
        filter = try input["where"].map { json throws(InputError) in try AudienceRule(json: json, path: input.field("where")) } ?? .everyone
    }

    /// Reading it as `trigger.kind` gives the same rule.
    package var json: JSONValue {
        var members = trigger.members
        if filter != .everyone { members["where"] = filter.json }
        return .object(members)
    }
}

extension LiveTrigger {
    fileprivate var members: [String: JSONValue] {
        switch self {
        case .singleAction(let events):
            events.count == 1 ? ["event": events[0].json] : ["events": .array(events.map(\.json))]
        case .inaction(let event, let without, let within):
            ["event": event.json, "without": without.json, "within": within.json]
        case .eventDate(let date): date.members
        case .profileDate(let date):
            ["profile_date": .string(date.property), "yearly": .bool(date.isYearly), "offset": date.offset.json]
        }
    }
}

extension EventDate {
    fileprivate var members: [String: JSONValue] {
        var members = ["event": event.json, "date_property": .string(property), "offset": offset.json]
        if let same { members["same"] = .string(same) }
        members["cancelled_by"] = cancelledBy?.json
        return members
    }
}

extension DateOffset {
    /// At most 365 days.
    fileprivate static let limits: [TimeUnit: Int] = [.minutes: Span.largestAmount, .hours: 24 * 365, .days: 365, .weeks: 52]

    fileprivate init(_ input: InputObject) throws(InputError) {
        let units: [TimeUnit] = [.minutes, .hours, .days, .weeks]
        let offset = try input.object("offset", keys: units.map(\.rawValue) + ["at"])
        var amount = offset.members
        amount["at"] = nil
        let span = try Span(.object(amount), path: offset.path, code: RuleReader.code, units: units)
        guard let limit = Self.limits[span.unit], abs(span.amount) <= limit else {
            throw offset.error(span.unit.rawValue, "An offset is at most 365 days, and \(Span.largestAmount) minutes.")
        }
        self.init(span, at: try Self.time(offset, span))
    }

    private static func time(_ offset: InputObject, _ span: Span) throws(InputError) -> LocalTime? {
        guard let value = offset["at"] else { return nil }
        guard let time = value.string.flatMap({ LocalTime($0) }) else {
            throw offset.error("at", "at must be a time of the day such as 09:00.")
        }
        guard span.unit == .days || span.unit == .weeks else { throw offset.error("at", "at goes with days or weeks.") }
        return time
    }

    fileprivate var json: JSONValue {
        var members = span.json.object ?? [:]
        if let at { members["at"] = .string(at.description) }
        return .object(members)
    }
}

extension InputObject {
    private func match(_ key: String) throws(InputError) -> EventMatch {
        guard let json = self[key] else { throw error(key, "\(field(key)) is missing: an event such as {\"name\": \"Charged\"}.") }
        return try EventMatch(json: json, path: field(key))
    }

    fileprivate func alternatives() throws(InputError) -> [EventMatch] {
        guard try only(of: ["event", "events"], "Give event or events, not both.") == "events" else { return [try match("event")] }
        let events = try list("events", atMost: 10) { json, path throws(InputError) in try EventMatch(json: json, path: path) }
        guard !events.isEmpty else { throw error("events", "events must have at least one event.") }
        return events
    }

    fileprivate func inaction() throws(InputError) -> LiveTrigger {
        let (event, without) = (try match("event"), try match("without"))
        guard event.matchKey != without.matchKey || event.filters != without.filters else {
            throw error("without", "The awaited event is the one that starts the wait.")
        }
        guard let json = self["within"] else { throw error("within", "within is missing: how long to wait, such as {\"minutes\": 30}.") }
        let within = try Span(json, path: field("within"), code: RuleReader.code, units: [.minutes, .hours, .days], amounts: 1...43_200)
        let limits: [TimeUnit: Int] = [.minutes: 43_200, .hours: 720, .days: 30]
        guard let limit = limits[within.unit], within.amount <= limit else {
            throw error("within.\(within.unit.rawValue)", "The wait is 1 minute to 30 days.")
        }
        return .inaction(event, without: without, within: within)
    }

    fileprivate func eventDate() throws(InputError) -> EventDate {
        EventDate(
            event: try match("event"), property: try line("date_property", limit: 120), offset: try DateOffset(self),
            same: try lineIfPresent("same", limit: 120), cancelledBy: self["cancelled_by"] == nil ? nil : try match("cancelled_by"))
    }

    fileprivate func profileDate() throws(InputError) -> ProfileDate {
        ProfileDate(
            property: try line("profile_date", limit: 120), isYearly: try flag("yearly", default: false), offset: try DateOffset(self))
    }
}
