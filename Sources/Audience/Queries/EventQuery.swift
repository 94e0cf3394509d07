package import Core
package import ZoneTime

/// Which events a query of CleverTap's is about: those of one name, done by people who fit the rest of it (`clevertap.md` 3.1).
package struct EventQuery: Hashable, Sendable {
    package var event: EventRule
    package var people: AudienceRule

    package init(event: EventRule, people: AudienceRule = .everyone) { (self.event, self.people) = (event, people) }
}

extension EventQuery {
    private static let eventKeys: Set<String> = ["event_name", "from", "to", "event_properties", "session_properties"]

    /// Reads the query body; `event_name` must be there.
    /// - Parameter today: as for `AudienceRule`.
    /// - Throws: `InputError` `invalid_rule`.
    package init(json: JSONValue, today: Day?) throws(InputError) {
        guard let members = json.object else { throw InputError(code: RuleReader.code, "The query must be a JSON object.") }
        guard let name = members["event_name"], !name.isNull else {
            throw InputError(code: RuleReader.code, field: "event_name", "event_name is missing.")
        }
        people = try AudienceRule(json: .object(members.filter { !Self.eventKeys.contains($0.key) }), path: "", today: today)
        let rule = try AudienceRule(json: .object(members.filter { Self.eventKeys.contains($0.key) }), path: "", today: today)
        guard case .event(let event) = rule else {
            throw InputError(code: RuleReader.code, field: "event_name", "event_name is missing.")
        }
        self.event = event
    }

    /// All names that the query needs.
    package var eventNames: Set<String> { people.eventNames.union([event.event]) }
}
