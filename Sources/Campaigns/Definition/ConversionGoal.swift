package import Audience
package import Core
package import ZoneTime

/// What people are hoped to do after the message.
package struct ConversionGoal: Hashable, Sendable {
    package var event: EventMatch
    /// How long after the message it counts: 1 minute to 150 days.
    package var within: Span
    /// The event's property that says how much it is worth.
    package var revenueProperty: String?
}

extension ConversionGoal {
    /// Reads `{event, filters?, within, revenue_property?}`; nil when there is none.
    init?(_ setup: InputObject) throws(InputError) {
        guard setup["conversion"] != nil else { return nil }
        let input = try setup.object("conversion", keys: ["event", "filters", "within", "revenue_property"])
        guard let match = EventMatch(name: try input.line("event", limit: 512), filters: try PropertyFilter.list(input, "filters")) else {
            throw input.error("event", "The event's name is missing.")
        }
        event = match
        within = try input.length(
            "within", [.minutes, .hours, .days, .weeks, .months], from: .seconds(60), to: .seconds(150 * 86_400),
            words: "1 minute to 150 days")
        revenueProperty = try input.lineIfPresent("revenue_property", limit: 120)
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = ["event": .string(event.name), "within": within.json]
        if !event.filters.isEmpty { members["filters"] = event.json["filters"] }
        members["revenue_property"] = revenueProperty.map(JSONValue.string)
        return .object(members)
    }
}
