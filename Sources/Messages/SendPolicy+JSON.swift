package import Core
import ZoneTime

extension SendPolicy {
    private static let code = "invalid_policy"

    /// Reads what `json` writes.
    /// - Throws: `InputError` that names the member, when one is unknown, of the wrong kind or out of range.
    package init(json: JSONValue) throws(InputError) {
        let keys = [
            "zone", "ends_at", "quiet_hours", "cutoff", "gap_seconds", "per_person", "account_limits", "per_day", "overall", "throttle",
            "control_groups", "exempt",
        ]
        let input = try InputObject(json, code: Self.code, keys: keys)
        self.init(
            zone: try input.lineIfPresent("zone", limit: 64) ?? "UTC",
            endsAt: try input.positive("ends_at").map { Timestamp(microseconds: $0) },
            quietHours: input["quiet_hours"] == nil ? nil : try Self.quietHours(input),
            cutoff: try Self.cutoff(input),
            gap: try input.seconds("gap_seconds"), perPerson: try input.count("per_person"),
            respectsAccountLimits: try input.flag("account_limits", default: true),
            perDay: try input.count("per_day"), overall: try input.count("overall"), throttle: try input.throttle("throttle"),
            controls: try Self.controls(input), exempt: try Self.exempt(input))
    }

    private static func quietHours(_ input: InputObject) throws(InputError) -> QuietHours {
        let quiet = try input.object("quiet_hours", keys: ["hours", "action"])
        guard let action = quiet["action"]?.string.flatMap(QuietHours.Action.init(rawValue:)) else {
            throw quiet.error("action", "action must be discard or delay.")
        }
        return QuietHours(hours: try WeeklyHours(quiet["hours"] ?? [], path: quiet.field("hours"), code: code), action: action)
    }

    private static func cutoff(_ input: InputObject) throws(InputError) -> LocalTime? {
        guard let value = input["cutoff"] else { return nil }
        guard let time = value.string.flatMap({ LocalTime($0) }) else {
            throw input.error("cutoff", "cutoff must be a time of the day such as 20:00.")
        }
        return time
    }

    private static func controls(_ input: InputObject) throws(InputError) -> [Control] {
        var controls: [Control] = []
        for (value, path) in try input.items("control_groups") {
            let item = try InputObject(value, path: path, code: code, keys: ["name", "salt", "percent"])
            guard let percent = item["percent"]?.int, (0...99).contains(percent) else {
                throw item.error("percent", "percent must be a whole number from 0 to 99.")
            }
            controls.append(
                Control(name: try item.line("name", limit: 200), salt: try item.line("salt", limit: 200), percent: Int(percent)))
        }
        return controls
    }

    private static func exempt(_ input: InputObject) throws(InputError) -> Set<ProfileID> {
        var exempt: Set<ProfileID> = []
        for (value, _) in try input.items("exempt", atMost: 1000) {
            guard let id = value.int, id > 0 else { throw input.error("exempt", "exempt must hold ids of profiles.") }
            exempt.insert(ProfileID(rawValue: id))
        }
        return exempt
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = ["zone": .string(zone), "account_limits": .bool(respectsAccountLimits)]
        members["ends_at"] = endsAt.map { .int($0.microseconds) } ?? JSONValue?.none
        members["quiet_hours"] = quietHours?.json
        members["cutoff"] = cutoff.map { .string($0.description) } ?? JSONValue?.none
        members["gap_seconds"] = gap?.json
        members["per_person"] = perPerson?.json
        members["per_day"] = perDay?.json
        members["overall"] = overall?.json
        members["throttle"] = throttle?.json
        if !controls.isEmpty { members["control_groups"] = .array(controls.map(\.json)) }
        if !exempt.isEmpty { members["exempt"] = .array(exempt.sorted().map { .int($0.rawValue) }) }
        return .object(members)
    }
}

extension AccountPolicy {
    /// Reads what `json` writes; `{}` limits nothing.
    /// - Throws: `InputError` that names the member.
    package init(json: JSONValue) throws(InputError) {
        let input = try InputObject(json, code: "invalid_policy", keys: ["frequency", "dwell_seconds", "throttle"])
        self.init(
            frequency: input["frequency"] == nil ? nil : try Self.frequency(input), dwell: try input.seconds("dwell_seconds"),
            throttle: try input.throttle("throttle"))
    }

    private static func frequency(_ input: InputObject) throws(InputError) -> Frequency {
        let item = try input.object("frequency", keys: ["count", "days"])
        guard let count = try item.count("count"), let days = try item.count("days"), days <= 365 else {
            throw input.error("frequency", "frequency needs a count and from 1 to 365 days.")
        }
        return Frequency(count: count, days: days)
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = [:]
        members["frequency"] = frequency.map { ["count": $0.count.json, "days": $0.days.json] } ?? JSONValue?.none
        members["dwell_seconds"] = dwell?.json
        members["throttle"] = throttle?.json
        return .object(members)
    }
}

extension InputObject {
    /// A whole number of at least 1; nil when the member is missing.
    fileprivate func positive(_ key: String) throws(InputError) -> Int64? {
        guard let value = self[key] else { return nil }
        guard let number = value.int, number > 0 else { throw error(key, "\(key) must be a whole number above 0.") }
        return number
    }

    fileprivate func count(_ key: String) throws(InputError) -> Int? {
        guard let number = try positive(key) else { return nil }
        guard number <= 1_000_000_000 else { throw error(key, "\(key) must be at most 1000000000.") }
        return Int(number)
    }

    /// From a second to a year.
    fileprivate func seconds(_ key: String) throws(InputError) -> Duration? {
        guard let number = try positive(key) else { return nil }
        guard number <= 366 * 86_400 else { throw error(key, "\(key) must be at most a year.") }
        return .seconds(number)
    }

    fileprivate func throttle(_ key: String) throws(InputError) -> Throttle? {
        guard self[key] != nil else { return nil }
        let item = try object(key, keys: ["count", "seconds"])
        guard let count = try item.count("count"), let interval = try item.seconds("seconds") else {
            throw error(key, "\(key) needs a count and seconds.")
        }
        return Throttle(count: count, interval: interval)
    }
}

extension SendPolicy.QuietHours {
    fileprivate var json: JSONValue { ["hours": hours.json, "action": .string(action.rawValue)] }
}

extension SendPolicy.Control {
    fileprivate var json: JSONValue { ["name": .string(name), "salt": .string(salt), "percent": percent.json] }
}

extension Throttle {
    fileprivate var json: JSONValue { ["count": count.json, "seconds": interval.json] }
}

extension Int {
    fileprivate var json: JSONValue { .int(Int64(self)) }
}

extension Duration {
    /// In whole seconds.
    fileprivate var json: JSONValue { .int(components.seconds) }
}
