package import Core

extension AudienceRule {
    /// Reads a rule. `{}` is everyone. Own form: `{did: [event], did_not: [event], profile: [filter]}`, all joined by
    /// AND; beside it what means the same in CleverTap's query (`clevertap.md` 3.1): `event_name`, `from`, `to`,
    /// `event_properties`, `common_profile_properties` and `advanced_query`.
    /// - Throws: `InputError` whose field is the path of what is wrong.
    package init(json: JSONValue, path: String) throws(InputError) {
        let input = try InputObject(json, path: path, code: "invalid_rule", keys: ["did", "did_not", "profile"] + QueryForm.keys)
        self.init(
            did: try EventRule.list(input, "did", countable: true), didNot: try EventRule.list(input, "did_not", countable: false),
            profile: try PropertyFilter.list(input, "profile"))
        let query = try QueryForm.rule(from: input)
        did += query.did
        didNot += query.didNot
        profile += query.profile
        try Self.check(did.count, atMost: Self.eventLimit, in: input, "did", or: "advanced_query")
        try Self.check(didNot.count, atMost: Self.eventLimit, in: input, "did_not", or: "advanced_query")
        try Self.check(profile.count, atMost: Self.filterLimit, in: input, "profile", or: "common_profile_properties")
    }

    /// The rule in the own form; reading it gives the same rule.
    package var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if !did.isEmpty { members["did"] = .array(did.map(\.json)) }
        if !didNot.isEmpty { members["did_not"] = .array(didNot.map(\.json)) }
        if !profile.isEmpty { members["profile"] = .array(profile.map(\.json)) }
        return .object(members)
    }

    /// How many events each list holds at most, and how many filters.
    static let (eventLimit, filterLimit) = (20, 100)

    /// Both forms go into one list, which is written in the own form and has that one's limit.
    private static func check(
        _ count: Int, atMost limit: Int, in input: InputObject, _ own: String, or query: String
    ) throws(InputError) {
        guard count > limit else { return }
        throw input.error(
            input[own] == nil ? query : own, "An audience has at most \(limit) of these, both forms together; here are \(count).")
    }
}
