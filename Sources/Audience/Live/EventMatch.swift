package import Core
import Profiles

/// An event as a live campaign waits for it: a name and filters on its properties.
package struct EventMatch: Hashable, Sendable {
    /// As written.
    package let name: String
    /// What event names are told apart by, as `EventName.matchKey`.
    package let matchKey: String
    /// All must hold.
    package let filters: [PropertyFilter]

    /// Nil when the name is blank.
    package init?(name: String, filters: [PropertyFilter] = []) {
        guard let name = EventName(name) else { return nil }
        (self.name, matchKey, self.filters) = (name.text, name.matchKey, filters)
    }

    private init(_ match: EventMatch, filters: [PropertyFilter]) {
        (name, matchKey, self.filters) = (match.name, match.matchKey, filters)
    }

    /// The same match for one moment, with windows that `matches` can judge.
    package func resolved(at moment: RuleMoment) -> EventMatch { EventMatch(self, filters: filters.map { $0.resolved(at: moment) }) }

    /// Whether an event is one that is waited for.
    /// - Parameter key: the `matchKey` of its name.
    package func matches(_ key: String, _ properties: [String: JSONValue]) -> Bool {
        key == matchKey && filters.allSatisfy { $0.test.holds(properties[$0.name]) }
    }
}

extension EventMatch {
    /// Reads `{name, filters?}`.
    package init(json: JSONValue, path: String) throws(InputError) {
        let input = try InputObject(json, path: path, code: RuleReader.code, keys: ["name", "filters"])
        guard let match = EventMatch(name: try EventRule.name(input, "name"), filters: try PropertyFilter.list(input, "filters")) else {
            throw input.error("name", "The event's name is missing.")
        }
        self = match
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = ["name": .string(name)]
        if !filters.isEmpty { members["filters"] = .array(filters.map(\.json)) }
        return .object(members)
    }

    /// "Charged where Amount is more than 50".
    var words: String { filters.isEmpty ? name : "\(name) where " + filters.map(\.words).joined(separator: " and ") }
}
