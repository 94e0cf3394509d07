import Audience
import Core
import Testing

@Suite struct RuleSegmentsTests {
    private static func rule(_ json: JSONValue) throws -> AudienceRule { try AudienceRule(json: json, path: "w") }
    private static func id(_ number: Int64) -> SegmentID { SegmentID(rawValue: number) }

    @Test func `a rule tells what it names`() throws {
        let rule = try Self.rule([
            "did": [["event": "A", "filters": [["name": "E", "value": 1]]]], "did_not": [["event": "a"]],
            "profile": [["name": "City", "value": 1]],
            "demographics": [["name": "Age", "value": 3]], "segments": ["include": [4], "exclude": [5]],
            "any": [
                ["did_any": [["event": "B"]]],
                ["not": ["profile": [["name": "Name", "operator": "exists"]], "segments": ["include": [6]]]],
            ],
        ])
        #expect(rule.segments == [Self.id(4), Self.id(5), Self.id(6)])
        #expect(rule.eventNames == ["A", "a", "B"])
        #expect(rule.propertyNames == ["City", "Age", "DOB", "Name"])
        #expect(AudienceRule.everyone.segments.isEmpty && AudienceRule.everyone.eventNames.isEmpty)
    }

    @Test func `segments are replaced by their rules, at any depth`() throws {
        let rules = [
            Self.id(1): try Self.rule(["did": [["event": "A"]]]),
            Self.id(2): try Self.rule(["segments": ["include": [1], "exclude": [3]]]),
            Self.id(3): AudienceRule.segment(Self.id(3)),
        ]
        let rule = try Self.rule(["segments": ["include": [2], "exclude": [1]]])
        let (did, list) = (AudienceRule.event(EventRule(event: "A")), AudienceRule.segment(Self.id(3)))
        #expect(try rule.replacingSegments(with: rules) == .all([.all([did, .not(list)]), .not(did)]))
    }

    @Test func `a segment without a rule is an error`() throws {
        let error = try #require(throws: InputError.self) {
            try Self.rule(["any": [["segments": ["include": [7]]]]]).replacingSegments(with: [:])
        }
        #expect(error.kind == .notFound)
        #expect(error.code == "unknown_segment")
    }

    @Test(arguments: [[1: 1], [1: 2, 2: 1], [1: 2, 2: 3, 3: 2]] as [[Int64: Int64]])
    func `a segment that needs itself is an error`(names: [Int64: Int64]) throws {
        var rules: [SegmentID: AudienceRule] = [:]
        for (id, other) in names { rules[Self.id(id)] = .not(.segment(Self.id(other))) }
        let error = try #require(throws: InputError.self) { try AudienceRule.segment(Self.id(1)).replacingSegments(with: rules) }
        #expect(error.code == "segment_cycle")
    }

    /// Each segment names the next one so many times.
    private static func chain(_ count: Int64, times: Int, end: AudienceRule) -> [SegmentID: AudienceRule] {
        var rules = [id(count): end]
        for number in 1..<count { rules[id(number)] = .any(Array(repeating: .segment(id(number + 1)), count: times)) }
        return rules
    }

    @Test(arguments: [AudienceRule.everyone, .event(EventRule(event: "A"))])
    func `segments that name each other many times over are refused`(end: AudienceRule) throws {
        let rules = Self.chain(15, times: 50, end: end)
        let error = try #require(throws: InputError.self) { try AudienceRule.segment(Self.id(1)).replacingSegments(with: rules) }
        #expect(error.code == "rule_too_large")
        _ = try AudienceRule.segment(Self.id(14)).replacingSegments(with: rules)
    }

    @Test func `segments nest twenty deep`() throws {
        let rules = Self.chain(21, times: 1, end: .everyone)
        _ = try AudienceRule.segment(Self.id(2)).replacingSegments(with: rules)
        let error = try #require(throws: InputError.self) { try AudienceRule.segment(Self.id(1)).replacingSegments(with: rules) }
        #expect(error.code == "rule_too_large")
    }
}
