import Core
import Profiles

/// Who belongs to an audience. All parts are joined by AND; a rule without parts is everyone.
package struct AudienceRule: Hashable, Sendable {
    package var did: [EventRule]
    package var didNot: [EventRule]
    package var profile: [PropertyFilter]

    package init(did: [EventRule] = [], didNot: [EventRule] = [], profile: [PropertyFilter] = []) {
        (self.did, self.didNot, self.profile) = (did, didNot, profile)
    }

    package static let everyone = AudienceRule()
}

extension AudienceRule {
    /// The part of the rule that needs no events.
    func matchesProperties(of person: Profile) -> Bool { profile.allSatisfy { $0.test.holds(person.property($0.name)) } }

    /// The rest of the rule. Somebody belongs to the audience when the properties match and every demand holds. Those
    /// come first that are cheap to judge, because they need none of the events' properties.
    var demands: [EventDemand] {
        let all = did.map { EventDemand(event: $0, isNever: false) } + didNot.map { EventDemand(event: $0, isNever: true) }
        return all.filter(\.event.filters.isEmpty) + all.filter { !$0.event.filters.isEmpty }
    }
}

/// What somebody must have done, or must never have done.
struct EventDemand: Hashable, Sendable {
    let event: EventRule
    let isNever: Bool

    /// - Parameter times: how many of the person's occurrences fall into the event's window and pass its filters.
    func holds(times: Int) -> Bool {
        guard !isNever else { return times == 0 }
        return event.count?.holds(times) ?? (times > 0)
    }
}

extension EventRule {
    /// Whether an occurrence within the window counts.
    func accepts(_ properties: [String: JSONValue]) -> Bool { filters.allSatisfy { $0.test.holds(properties[$0.name]) } }
}
