import Audience
import Core
import Testing
import ZoneTime

/// The own form of rules: what is refused, and where.
@Suite struct RuleReadingTests {
    private static func did(_ event: JSONValue) -> JSONValue {
        ["did": [.object((event.object ?? [:]).merging(["event": "A"]) { $1 })]]
    }

    private static let events: [(event: JSONValue, field: String)] = [
        (["window": "yesterday"], "window"), (["window": 7], "window"), (["window": [:]], "window"),
        (["window": ["last": ["days": 7], "on": 20_260_101]], "window"), (["window": ["since": 20_260_101]], "window.since"),
        (["window": ["last": ["days": 0]]], "window.last.days"), (["window": ["last": ["days": 3651]]], "window.last.days"),
        (["window": ["last": ["seconds": 5]]], "window.last.seconds"), (["window": ["last": 7]], "window.last"),
        (["window": ["last": ["days": 1, "hours": 1]]], "window.last"), (["window": ["last": ["years": 11]]], "window.last.years"),
        (["window": ["last": ["days": 1.5]]], "window.last.days"), (["window": ["days_ago": -1]], "window.days_ago"),
        (["window": ["days_ago": ["from": 5, "to": 2]]], "window.days_ago.from"),
        (["window": ["days_ago": ["from": 5]]], "window.days_ago.to"), (["window": ["on": 20_260_229]], "window.on"),
        (["window": ["before": 19_000_101]], "window.before"), (["window": ["after": 29_991_231]], "window.after"),
        (["window": ["from": 20_260_102, "to": 20_260_101]], "window.from"), (["window": ["from": "2026-01-01"]], "window.from"),
        (["window": ["next": ["days": 3]]], "window"), (["window": "today", "within_days": 3], "within_days"),
        (["window": "today", "to": 20_260_101], "window"), (["hours": [:]], "hours"), (["hours": ["from": "09:00"]], "hours.to"),
        (["hours": ["from": "9:00", "to": "10:00"]], "hours.from"), (["hours": ["from": "09:00", "to": "09:00"]], "hours.to"),
        (["hours": ["from": "24:00", "to": "09:00"]], "hours.to"), (["hours": ["from": "09:00", "to": "24:01"]], "hours.to"),
        (["hours": ["weekdays": []]], "hours.weekdays"), (["hours": ["weekdays": ["mon", "someday"]]], "hours.weekdays"),
        (["hours": ["weekdays": ["mon"], "times": []]], "hours.times"), (["hours": ["from": "09:00", "times": []]], "hours.from"),
        (["hours": ["times": [["from": "09:00"]]]], "hours.times[0].to"), (["pick": "third"], "pick"), (["pick": 1], "pick"),
        (["pick": "first", "count": ["value": 2]], "count"), (["pick": "last", "sum": ["property": "P", "value": 2]], "sum"),
        (["count": ["value": 2], "sum": ["property": "P", "value": 2]], "sum"), (["sum": ["value": 2]], "sum.property"),
        (["sum": ["property": "P"]], "sum.value"), (["sum": ["property": "P", "value": "2"]], "sum.value"),
        (["average": ["property": "P", "operator": "contains", "value": 2]], "average.operator"),
        (["average": ["property": "P", "value": 2], "include_never": true], "include_never"),
        (["include_never": true], "include_never"), (["pick": "first", "include_never": true], "include_never"),
        (["include_never": "yes", "count": ["value": 2]], "include_never"), (["count": ["value": 0]], "count.value"),
        (["count": ["operator": "less_than", "value": 1]], "count.value"),
        (["count": ["operator": "less_than_equals", "value": 0]], "count.value"),
        (["count": ["operator": "less_than", "value": 0], "include_never": true], "count.value"),
        (["count": ["operator": "between", "value": [0, 2]]], "count.value"), (["count": ["value": -1]], "count.value"),
        (["count": ["value": 1_000_001]], "count.value"), (["count": ["property": "P", "value": 1]], "count.property"),
        (["filters": [["name": "D", "operator": "on", "value": "$D_0"]]], "filters[0].value"),
        (["filters": [["name": "$Age", "value": 3]]], "filters[0].name"),
    ]

    @Test(arguments: events)
    func `an impossible event is refused where it is wrong`(event: JSONValue, field: String) {
        let error = #expect(throws: InputError.self) { try AudienceRule(json: Self.did(event), path: "w") }
        #expect(error?.field == "w.did[0].\(field)")
        #expect(error?.code == "invalid_rule")
    }

    private static let long = JSONValue.string(String(repeating: "x", count: 513))

    private static let rules: [(rule: JSONValue, field: String)] = [
        (["did_any": []], "did_any"), (["did_any": [["event": "A", "counts": 1]]], "did_any[0].counts"), (["any": []], "any"),
        (["any": [:]], "any"),
        (["all": [["segments": ["include": [4]]], ["segments": ["exclude": [4]]]]], "all"), (["all": ["x"]], "all[0]"),
        (["not": [:]], "not"), (["not": ["all": []]], "not"), (["not": []], "not"),
        (["not": ["did": [["event": ""]]]], "not.did[0].event"), (["all": [["any": [["did": [[:]]]]]]], "all[0].any[0].did[0].event"),
        (["did_not": [["event": "A", "sum": ["property": "P", "value": 1]]]], "did_not[0].sum"),
        (["did_not": [["event": "A", "include_never": true]]], "did_not[0].include_never"),
        (["reach": "opted_in"], "reach"), (["reach": ["has_token"]], "reach[0]"), (["reach": [1]], "reach[0]"),
        (["bucket": ["from": 0, "to": 1000]], "bucket.to"), (["bucket": ["from": -1, "to": 5]], "bucket.from"),
        (["bucket": ["from": 6, "to": 5]], "bucket.from"), (["bucket": ["from": 6]], "bucket.to"), (["bucket": 5], "bucket"),
        (["segments": [1]], "segments"), (["segments": ["include": [0]]], "segments.include[0]"),
        (["segments": ["include": ["1"]]], "segments.include[0]"), (["segments": ["exclude": [1.5]]], "segments.exclude[0]"),
        (["segments": ["include": [4], "exclude": [3, 4]]], "segments.exclude"), (["segments": ["without": [4]]], "segments.without"),
        (["demographics": [["name": "Height", "value": 1]]], "demographics[0].name"),
        (["demographics": [["name": "Age", "value": "old"]]], "demographics[0].value"),
        (["demographics": [["name": "Age", "operator": "less_than", "value": "$D_5"]]], "demographics[0].value"),
        (["demographics": [["name": "Age", "operator": "contains", "value": "1"]]], "demographics[0].operator"),
        (["demographics": [["name": "Gender", "value": "Divers"]]], "demographics[0].value"),
        (["demographics": [["name": "Gender", "operator": "less_than", "value": 3]]], "demographics[0].operator"),
        (["profile": [["name": "$Age", "value": 1]]], "profile[0].name"),
        (["profile": [["name": "P", "value": long]]], "profile[0].value"),
        (["profile": [["name": "P", "value": ["a", long]]]], "profile[0].value[1]"),
        (["profile": [["name": "P", "operator": "contains", "value": long]]], "profile[0].value"),
        (["profile": [["name": "P", "operator": "within", "value": "now"]]], "profile[0].value"),
        (["profile": [["name": "P", "operator": "within"]]], "profile[0].value"),
        (["profile": [["name": "P", "operator": "on"]]], "profile[0].value"),
        (["profile": [["name": "P", "operator": "before", "value": "2026-01-01"]]], "profile[0].value"),
        (["profile": [["name": "P", "operator": "within", "value": ["next": ["days": 0]]]]], "profile[0].value.next.days"),
    ]

    @Test(arguments: rules)
    func `an impossible rule is refused where it is wrong`(rule: JSONValue, field: String) {
        let error = #expect(throws: InputError.self) { try AudienceRule(json: rule, path: "w") }
        #expect(error?.field == "w.\(field)")
        #expect(error?.code == "invalid_rule")
    }

    private static func nested(_ depth: Int) -> JSONValue {
        (1..<depth).reduce(["did": [["event": "A"]]]) { inner, level in level % 2 == 0 ? ["not": inner] : ["any": [inner]] }
    }

    @Test func `groups nest eight deep and no deeper`() throws {
        let deepest = try AudienceRule(json: Self.nested(8), path: "w")
        #expect(try AudienceRule(json: deepest.json, path: "w") == deepest)
        #expect(throws: InputError.self) { try AudienceRule(json: Self.nested(9), path: "w") }
    }

    @Test func `what both forms say side by side may not go deeper when it is written`() throws {
        let choice: JSONValue = ["did_any": [["event": "A"]], "advanced_query": ["did_any": ["any_events": [["event_name": "B"]]]]]
        let nested = { (depth: Int) -> JSONValue in (1..<depth).reduce(choice) { inner, _ in ["not": inner] } }
        let deepest = try AudienceRule(json: nested(7), path: "w")
        #expect(try AudienceRule(json: deepest.json, path: "w") == deepest)
        #expect(throws: InputError.self) { try AudienceRule(json: nested(8), path: "w") }
    }

    private static let late: [(rule: JSONValue, field: String?)] = [
        (["did": [["event": "A", "from": 20_260_116]]], "w.did[0].from"), (["did": [["event": "A", "from": 20_260_115]]], nil),
        (["did": [["event": "A", "to": 20_260_201]]], nil),
        (["did_any": [["event": "A", "window": ["after": 20_260_115]]]], "w.did_any[0].window"),
        (["not": ["did_not": [["event": "A", "window": ["on": 20_260_116]]]]], "w.not.did_not[0].window"),
        (["event_name": "A", "from": 20_260_101, "to": 20_260_116], "w.to"), (["event_name": "A", "to": 20_260_115], nil),
        (["profile": [["name": "Due", "operator": "on", "value": 20_270_101]]], nil),
    ]

    @Test(arguments: late)
    func `a window that begins after today is refused where today is known`(rule: JSONValue, field: String?) throws {
        _ = try AudienceRule(json: rule, path: "w")
        let today = try #require(Day(20_260_115))
        guard let field else {
            _ = try AudienceRule(json: rule, path: "w", today: today)
            return
        }
        let error = #expect(throws: InputError.self) { try AudienceRule(json: rule, path: "w", today: today) }
        #expect(error?.field == field)
    }

    private static let alike: [(a: JSONValue, b: JSONValue)] = [
        (did(["within_days": 7]), did(["window": ["last": ["days": 7]]])),
        (did(["from": 20_260_101]), did(["window": ["from": 20_260_101]])), (did(["window": "ever"]), did([:])),
        (did(["window": ["before": 20_260_102]]), did(["to": 20_260_101])), (did(["pick": "every"]), did([:])),
        (did(["window": ["after": 20_251_231]]), did(["from": 20_260_101])),
        (did(["window": ["on": 20_260_101]]), did(["from": 20_260_101, "to": 20_260_101])),
        (did(["window": ["days_ago": 3]]), did(["window": ["days_ago": ["from": 3, "to": 3]]])),
        (did(["count": ["operator": "greater_than_equals", "value": 1]]), did([:])), (["did_not": []], [:]), (["all": []], [:]),
        (["reach": []], [:]), (["segments": [:]], [:]), (["not": nil], [:]), (["not": did([:])], ["did_not": [["event": "A"]]]),
        (["not": ["segments": ["include": [3]]]], ["segments": ["exclude": [3]]]), (["any": [did([:])]], ["did_any": [["event": "A"]]]),
        (["demographics": [["name": "Gender", "value": "Female"]]], ["profile": [["name": "Gender", "value": "F"]]]),
        (
            ["profile": [["name": "P", "operator": "contains_any", "value": ["a", "b"]]]],
            ["profile": [["name": "P", "operator": "equals", "value": ["a", "b"]]]]
        ),
        (
            ["profile": [["name": "P", "operator": "contains_none", "value": ["a", "b"]]]],
            ["profile": [["name": "P", "operator": "not_equals", "value": ["a", "b"]]]]
        ),
        (
            ["profile": [["name": "P", "operator": "before", "value": 20_260_102]]],
            ["profile": [["name": "P", "operator": "within", "value": ["to": 20_260_101]]]]
        ),
        (
            did(["hours": ["weekdays": ["Monday", "TUE"], "from": "22:00", "to": "02:00"]]),
            did(["hours": ["weekdays": ["mon", "tue"], "times": [["from": "22:00", "to": "24:00"], ["from": "00:00", "to": "02:00"]]]])
        ),
    ]

    @Test(arguments: alike)
    func `two ways to say it are one rule`(a: JSONValue, b: JSONValue) throws {
        #expect(try AudienceRule(json: a, path: "w") == AudienceRule(json: b, path: "w"))
    }
}
