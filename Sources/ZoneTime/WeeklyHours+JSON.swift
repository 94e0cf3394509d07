package import Core

extension WeeklyHours {
    /// Reads `[{"days": ["mon", "tue"], "from": "22:00", "to": "08:00"}]`, at most 50 of them. Every day when there is no `days`;
    /// `to` may be 24:00.
    /// - Parameters:
    ///   - path: where the value stands in the input.
    ///   - code: the code of every complaint.
    package init(_ value: JSONValue, path: String, code: String) throws(InputError) {
        guard let items = value.array, items.count <= 50 else {
            throw InputError(code: code, field: path, "\(path) must be an array with at most 50 items.")
        }
        var ranges: [Range] = []
        for (index, item) in items.enumerated() { ranges.append(try Range(item, path: "\(path)[\(index)]", code: code)) }
        self.init(ranges)
    }

    package var json: JSONValue { .array(ranges.map(\.json)) }
}

extension WeeklyHours.Range {
    fileprivate init(_ value: JSONValue, path: String, code: String) throws(InputError) {
        let input = try InputObject(value, path: path, code: code, keys: ["days", "from", "to"])
        let (days, from, to) = (try Self.days(input), try Self.time(input, "from"), try Self.time(input, "to"))
        guard let range = Self(days: days, from: from, to: to) else {
            throw input.error("to", "from and to must differ, and from be before 24:00. Write 00:00 to 24:00 for the whole day.")
        }
        self = range
    }

    private static func days(_ input: InputObject) throws(InputError) -> Set<Weekday> {
        guard let value = input["days"] else { return Set(Weekday.allCases) }
        let days = value.array?.map { $0.string.flatMap(Weekday.init(rawValue:)) } ?? []
        guard !days.isEmpty, !days.contains(nil) else {
            throw input.error("days", "days must be a list of \(Weekday.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return Set(days.compactMap(\.self))
    }

    private static func time(_ input: InputObject, _ key: String) throws(InputError) -> LocalTime {
        let text = input[key]?.string ?? ""
        guard let time = text == "24:00" ? .endOfDay : LocalTime(text) else {
            throw input.error(key, "\(key) must be a time of the day such as 22:00.")
        }
        return time
    }

    fileprivate var json: JSONValue {
        let days = days.sorted().map { JSONValue.string($0.rawValue) }
        return .object(["days": .array(days), "from": .string(from.description), "to": .string(to.description)])
    }
}
