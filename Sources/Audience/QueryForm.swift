import Core

/// CleverTap's query body (`clevertap.md` 3.1), as far as this release can do what it says; the rest is refused by name.
enum QueryForm {
    static let keys = ["event_name", "from", "to", "event_properties", "common_profile_properties", "advanced_query"]

    static func rule(from input: InputObject) throws(InputError) -> AudienceRule {
        var rule = AudienceRule.everyone
        if let first = try mainEvent(input) { rule.did.append(first) }
        if input["advanced_query"] != nil {
            let query = try input.object("advanced_query", keys: ["did_all", "did_none", "did_not"])
            rule.did += try events(query, "did_all", countable: true)
            rule.didNot = try events(query, "did_none", countable: false) + events(query, "did_not", countable: false)
        }
        guard input["common_profile_properties"] != nil else { return rule }
        let properties = try input.object("common_profile_properties", keys: ["profile_fields", "demographics"])
        rule.profile = try PropertyFilter.list(properties, "profile_fields")
        rule.profile += try PropertyFilter.list(properties, "demographics").map(demographic)
        return rule
    }

    private static func mainEvent(_ input: InputObject) throws(InputError) -> EventRule? {
        guard input["event_name"] != nil else {
            guard let stray = ["from", "to", "event_properties"].first(where: { input[$0] != nil }) else { return nil }
            throw input.error(stray, "\(stray) belongs to event_name, which is missing.")
        }
        return EventRule(
            event: try EventRule.name(input, "event_name"), window: try TimeWindow(input),
            filters: try PropertyFilter.list(input, "event_properties"))
    }

    private static func events(_ input: InputObject, _ key: String, countable: Bool) throws(InputError) -> [EventRule] {
        let keys = ["event_name", "from", "to", "event_properties"] + (countable ? ["operator", "value"] : [])
        var rules: [EventRule] = []
        for item in try input.items(key, atMost: AudienceRule.eventLimit) {
            let event = try InputObject(item.value, path: item.path, code: "invalid_rule", keys: keys)
            let hasCount = event["operator"] != nil || event["value"] != nil
            rules.append(
                EventRule(
                    event: try EventRule.name(event, "event_name"), window: try TimeWindow(event),
                    filters: try PropertyFilter.list(event, "event_properties"), count: hasCount ? try CountTest(event) : nil))
        }
        return rules
    }

    /// Queries say Male and Female where profiles hold M and F (`clevertap.md` 2.3).
    private static func demographic(_ filter: PropertyFilter) -> PropertyFilter {
        guard filter.name == "Gender" else { return filter }
        let letters: [JSONValue: JSONValue] = ["Male": "M", "Female": "F"]
        switch filter.test {
        case .equals(let values): return PropertyFilter(name: filter.name, test: .equals(values.map { letters[$0] ?? $0 }))
        case .notEquals(let values): return PropertyFilter(name: filter.name, test: .notEquals(values.map { letters[$0] ?? $0 }))
        default: return filter
        }
    }
}
