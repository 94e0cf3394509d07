import Core
import ZoneTime

/// Reads a rule with all that is nested in it, and counts as it goes.
struct RuleReader {
    /// Of every complaint.
    static let code = "invalid_rule"
    /// Groups inside one another; the rule itself is the first.
    static let depthLimit = 8
    /// Tests of one rule, those in nested groups included. Filters of an event do not count; each event may have as many.
    static let leafLimit = 100
    /// How far back a window may count.
    static let dayLimit = 3650

    /// Event windows must not begin after it; nil when they may.
    let today: Day?
    private var count = 0

    init(today: Day?) { self.today = today }

    private static let keys = [
        "did", "did_any", "did_not", "profile", "demographics", "reach", "bucket", "segments", "all", "any", "not",
    ]

    /// The whole rule, with the guarantee that what is written of it can be read again.
    mutating func root(_ json: JSONValue, path: String) throws(InputError) -> AudienceRule {
        let rule = try rule(json, path: path, depth: 1)
        guard rule.depth <= Self.depthLimit else { throw Self.tooDeep(path) }
        return rule
    }

    /// One object: everything in it is joined by AND. A single test is not wrapped.
    private mutating func rule(_ json: JSONValue, path: String, depth: Int) throws(InputError) -> AudienceRule {
        guard depth <= Self.depthLimit else { throw Self.tooDeep(path) }
        let input = try InputObject(json, path: path, code: Self.code, keys: Self.keys + Self.queryKeys)
        var parts = try tests(input) + query(input)
        parts += try groups(input, depth: depth)
        // In the order in which they are written, so that one object is enough for them.
        parts = Slot.allCases.flatMap { slot in parts.filter { $0.slot == slot } }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private static func tooDeep(_ path: String) -> InputError {
        InputError(code: code, field: path.isEmpty ? nil : path, "Rules are nested at most \(depthLimit) deep.")
    }

    /// Notes a test that was read.
    mutating func leaf(_ path: String) throws(InputError) {
        count += 1
        guard count <= Self.leafLimit else {
            throw InputError(code: Self.code, field: path, "A rule has at most \(Self.leafLimit) tests, nested ones included.")
        }
    }

    private mutating func tests(_ input: InputObject) throws(InputError) -> [AudienceRule] {
        var parts = try events(input, "did", isMeasured: true)
        if input["did_any"] != nil {
            parts.append(.any(try filled(events(input, "did_any", isMeasured: true), input, "did_any")))
        }
        parts += try events(input, "did_not", isMeasured: false).map { .not($0) }
        parts += try leaves(input, "profile") { json, path throws(InputError) in .property(try PropertyFilter(json: json, path: path)) }
        parts += try leaves(input, "demographics", Demographics.rule)
        parts += try leaves(input, "reach", Self.reach)
        if input["bucket"] != nil { parts.append(try bucket(input)) }
        return try parts + segments(input)
    }

    private mutating func groups(_ input: InputObject, depth: Int) throws(InputError) -> [AudienceRule] {
        var parts: [AudienceRule] = []
        if input["all"] != nil {
            let rules = try nested(input, "all", depth)
            guard !Self.isContradictory(rules) else {
                throw input.error("all", "A segment cannot be included and excluded: nobody would be left.")
            }
            parts.append(.all(rules))
        }
        if input["any"] != nil { parts.append(.any(try filled(nested(input, "any", depth), input, "any"))) }
        if let json = input["not"] {
            let rule = try rule(json, path: input.field("not"), depth: depth + 1)
            guard rule != .everyone else { throw input.error("not", "Nobody is not everyone: name what must not be.") }
            parts.append(.not(rule))
        }
        return parts
    }

    private mutating func nested(_ input: InputObject, _ key: String, _ depth: Int) throws(InputError) -> [AudienceRule] {
        var rules: [AudienceRule] = []
        for item in try input.items(key, atMost: Self.leafLimit) {
            rules.append(try rule(item.value, path: item.path, depth: depth + 1))
        }
        return rules
    }

    /// Nobody fits an empty choice.
    func filled(_ rules: [AudienceRule], _ input: InputObject, _ key: String) throws(InputError) -> [AudienceRule] {
        guard !rules.isEmpty else { throw input.error(key, "\(key) must have at least one item, since nobody does any of none.") }
        return rules
    }

    /// The items of an array, each a test.
    mutating func leaves(
        _ input: InputObject, _ key: String, _ read: (JSONValue, String) throws(InputError) -> AudienceRule
    ) throws(InputError) -> [AudienceRule] {
        var rules: [AudienceRule] = []
        for item in try input.items(key, atMost: Self.leafLimit) {
            try leaf(item.path)
            rules.append(try read(item.value, item.path))
        }
        return rules
    }

    private mutating func events(_ input: InputObject, _ key: String, isMeasured: Bool) throws(InputError) -> [AudienceRule] {
        let today = today
        return try leaves(input, key) { json, path throws(InputError) in
            .event(try EventRule(json: json, path: path, isMeasured: isMeasured, today: today))
        }
    }

    private static func reach(_ json: JSONValue, _ path: String) throws(InputError) -> AudienceRule {
        guard let test = json.string.flatMap(ReachTest.init) else {
            let words = ReachTest.allCases.map(\.rawValue).joined(separator: ", ")
            throw InputError(code: code, field: path, "reach is a list of: \(words).")
        }
        return .reach(test)
    }

    private mutating func bucket(_ input: InputObject) throws(InputError) -> AudienceRule {
        let range = try input.object("bucket", keys: ["from", "to"])
        let (from, to) = (try range.whole("from", 0...999), try range.whole("to", 0...999))
        guard from <= to else { throw range.error("from", "from cannot be above to.") }
        try leaf(range.path)
        return .bucket(from...to)
    }

    private mutating func segments(_ input: InputObject) throws(InputError) -> [AudienceRule] {
        guard input["segments"] != nil else { return [] }
        let lists = try input.object("segments", keys: ["include", "exclude"])
        let included = try leaves(lists, "include", Self.segment)
        let excluded = try leaves(lists, "exclude", Self.segment)
        let parts = included + excluded.map { .not($0) }
        guard !Self.isContradictory(parts) else {
            throw lists.error("exclude", "A segment cannot be included and excluded: nobody would be left.")
        }
        return parts
    }

    private static func isContradictory(_ parts: [AudienceRule]) -> Bool {
        parts.contains { part in if case .not(.segment(let id)) = part { parts.contains(.segment(id)) } else { false } }
    }

    private static func segment(_ json: JSONValue, _ path: String) throws(InputError) -> AudienceRule {
        guard let id = json.int, id > 0 else {
            throw InputError(code: code, field: path, "A segment is named by its id, a whole number from 1.")
        }
        return .segment(SegmentID(rawValue: id))
    }
}
