import Core
import ZoneTime

extension HoursFilter {
    /// A stretch of the day, in minutes since midnight; one that ends at or before its beginning goes over midnight.
    struct Stretch: Hashable { let from: Int, to: Int }

    /// Reads `{weekdays?: ["mon", …], from?: "09:00", to?: "18:00"}` or, for several stretches of the day,
    /// `{weekdays?, times: [{from, to}, …]}`. `to` may be 24:00; the weekday is that of the moment itself, also after midnight.
    init(json: JSONValue, path: String) throws(InputError) {
        let input = try InputObject(json, path: path, code: RuleReader.code, keys: ["weekdays", "from", "to", "times"])
        guard !input.members.isEmpty else {
            throw InputError(code: RuleReader.code, field: path, "Give weekdays, or from and to, or both.")
        }
        self.init(weekdays: try Self.weekdays(input, "weekdays"))
        if input["times"] != nil {
            _ = try input.only(of: ["times", input["from"] == nil ? "to" : "from"], "Give times, or from and to, not both.")
            minutes = try input.list("times", atMost: 10) { json, path throws(InputError) in
                try Self.stretch(InputObject(json, path: path, code: RuleReader.code, keys: ["from", "to"]))
            }.flatMap(\.self)
            guard !minutes.isEmpty else { throw input.error("times", "times must have at least one stretch of the day.") }
        } else if input["from"] != nil || input["to"] != nil {
            minutes = try Self.stretch(input)
        }
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if weekdays.count < 7 {
            members["weekdays"] = .array(Weekday.allCases.filter { weekdays.contains($0.sinceMonday + 1) }.map { .string($0.rawValue) })
        }
        let stretches = stretches
        if stretches.count == 1 {
            members.merge(stretches[0].members) { $1 }
        } else {
            members["times"] = .array(stretches.map { .object($0.members) })
        }
        return .object(members)
    }

    /// The stretches as people say them: two that meet at midnight are one.
    var stretches: [Stretch] {
        var (result, rest) = ([Stretch](), minutes[...])
        while let first = rest.popFirst() {
            if first.upperBound == 1440, let next = rest.first, next.lowerBound == 0, next.upperBound < first.lowerBound {
                rest = rest.dropFirst()
                result.append(Stretch(from: first.lowerBound, to: next.upperBound))
            } else {
                result.append(Stretch(from: first.lowerBound, to: first.upperBound))
            }
        }
        return result
    }

    /// Reads days by their names or first three letters, in any case.
    static func weekdays(_ input: InputObject, _ key: String) throws(InputError) -> Set<Int> {
        guard let value = input[key] else { return Set(1...7) }
        let names = (value.array ?? [value]).map { $0.string?.lowercased() ?? "" }
        let days = names.map { name in Weekday.allCases.first { $0.rawValue == name || "\($0)" == name } }
        guard !days.isEmpty, !days.contains(nil) else {
            throw input.error(key, "\(key) must be a list of \(Weekday.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return Set(days.compactMap { $0.map { $0.sinceMonday + 1 } })
    }

    private static func stretch(_ input: InputObject) throws(InputError) -> [Range<Int>] {
        try ranges(from: minute(input["from"], input, "from"), to: minute(input["to"], input, "to"), input, "to")
    }

    /// - Parameter key: what to name when the two are the same.
    static func ranges(from: Int, to: Int, _ input: InputObject, _ key: String) throws(InputError) -> [Range<Int>] {
        guard from != to, from < 1440 else { throw input.error(key, "The stretch must begin before 24:00 and end at another time.") }
        if from < to { return [from..<to] }
        return to == 0 ? [from..<1440] : [from..<1440, 0..<to]
    }

    /// Minutes since midnight, 0 to 1440.
    static func minute(_ value: JSONValue?, _ input: InputObject, _ key: String) throws(InputError) -> Int {
        if value == "24:00" { return 1440 }
        guard let time = value?.string.flatMap({ LocalTime($0) }) else {
            throw input.error(key, "\(key) must be a time of the day such as 09:00.")
        }
        return time.second / 60
    }
}

extension HoursFilter.Stretch {
    fileprivate var members: [String: JSONValue] { ["from": .string(Self.text(from)), "to": .string(Self.text(to))] }

    static func text(_ minute: Int) -> String {
        minute == 1440 ? "24:00" : LocalTime(hour: minute / 60, minute: minute % 60)?.description ?? ""
    }
}
