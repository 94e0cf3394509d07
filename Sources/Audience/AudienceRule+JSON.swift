package import Core
package import ZoneTime

extension AudienceRule {
    /// Reads a rule. `{}` is everyone; all members of an object are joined by AND. Own form:
    /// ```
    /// {did: [event], did_any: [event], did_not: [event],        events as `EventRule` reads them; any of did_any
    ///  profile: [filter],                                       filters as `PropertyFilter` reads them
    ///  demographics: [{name: "Age" | "Gender", operator, value}],
    ///  reach: ["has_email" | "has_phone" | "opted_in" | "unsubscribed" | "reachable"],
    ///  bucket: {from: 0, to: 99},
    ///  segments: {include: [id], exclude: [id]},
    ///  all: [rule], any: [rule], not: rule}
    /// ```
    /// and beside it what means the same in CleverTap's query (`clevertap.md` 3.1): `event_name`, `from`, `to`,
    /// `event_properties`, `session_properties`, `common_profile_properties` and `advanced_query`. An age is the number property
    /// `Age` where there is one, and else worked out from the date `DOB`.
    /// - Parameter today: the account's day; event windows that begin after it are refused, and so is a query's `to` after it.
    ///   Nil where they may lie ahead, as in what is stored.
    /// - Throws: `InputError` with the code `invalid_rule`, whose field is the path of what is wrong.
    package init(json: JSONValue, path: String, today: Day? = nil) throws(InputError) {
        var reader = RuleReader(today: today)
        self = try reader.root(json, path: path)
    }

    /// The rule in the own form; reading it gives the same rule, if a reading gave this one. Limits can be passed by rules that
    /// were put together, and an empty choice, which is nobody, cannot be read.
    package var json: JSONValue {
        var members: [String: JSONValue] = [:]
        for part in parts { part.slot.put(part, into: &members) }
        return .object(members)
    }

    /// How many objects the written form nests, itself included.
    var depth: Int { 1 + (parts.flatMap(\.nested).map(\.depth).max() ?? 0) }

    /// What stands side by side in the object: the members of a group that needs no array of its own, else the rule itself.
    private var parts: [AudienceRule] {
        guard case .all(let members) = self, members.count != 1 else { return [self] }
        let isWritable = zip(members, members.dropFirst()).allSatisfy { a, b in
            a.slot < b.slot || a.slot == b.slot && a.slot.isList
        }
        return isWritable ? members : [self]
    }

    /// The rules that are written as objects of their own.
    private var nested: [AudienceRule] {
        switch (slot, self) {
        case (.all, .all(let members)), (.any, .any(let members)): members
        case (.not, .not(let member)): [member]
        default: []
        }
    }

    /// Where the rule stands as a part of an object.
    var slot: Slot {
        switch self {
        case .event: .did
        case .any(let members) where !members.isEmpty && members.allSatisfy({ $0.slot == .did }): .didAny
        case .not(.event(let event)) where event.isAtLeastOnce: .didNot
        case .property(let filter): filter.isAge ? .demographics : .profile
        case .reach: .reach
        case .bucket: .bucket
        case .segment: .include
        case .not(.segment): .exclude
        case .all: .all
        case .any: .any
        case .not: .not
        }
    }
}

/// The members of a rule's object, in the order in which their tests are kept.
enum Slot: Int, CaseIterable, Comparable {
    case did, didAny, didNot, profile, demographics, reach, bucket, include, exclude, all, any, not

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// Whether several tests may stand in it.
    var isList: Bool { [.did, .didNot, .profile, .demographics, .reach, .include, .exclude].contains(self) }

    fileprivate func put(_ rule: AudienceRule, into members: inout [String: JSONValue]) {
        switch rule {
        case .event(let event): append(event.json, "did", &members)
        case .any(let rules) where self == .didAny: members["did_any"] = .array(rules.compactMap(\.event?.json))
        case .not(.event(let event)) where self == .didNot: append(event.json, "did_not", &members)
        case .property(let filter): append(filter.json, self == .profile ? "profile" : "demographics", &members)
        case .reach(let test): append(.string(test.rawValue), "reach", &members)
        case .bucket(let range): members["bucket"] = ["from": .int(Int64(range.lowerBound)), "to": .int(Int64(range.upperBound))]
        case .segment(let id): append(id, "include", &members)
        case .not(.segment(let id)): append(id, "exclude", &members)
        case .all(let rules): members["all"] = .array(rules.map(\.json))
        case .any(let rules): members["any"] = .array(rules.map(\.json))
        case .not(let rule): members["not"] = rule.json
        }
    }

    private func append(_ item: JSONValue, _ key: String, _ members: inout [String: JSONValue]) {
        members[key] = .array((members[key]?.array ?? []) + [item])
    }

    private func append(_ id: SegmentID, _ key: String, _ members: inout [String: JSONValue]) {
        var lists = members["segments"]?.object ?? [:]
        append(.int(id.rawValue), key, &lists)
        members["segments"] = .object(lists)
    }
}

extension AudienceRule {
    fileprivate var event: EventRule? { if case .event(let event) = self { event } else { nil } }
}
