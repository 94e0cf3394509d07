import Audience
import Core
import Testing

@Suite struct AudienceRuleTests {
    private static let broken: [(rule: JSONValue, field: String)] = [
        ("everyone", "who.where"), ([], "who.where"), (["segment": 1], "who.where.segment"),
        (["did": ["event": "A"]], "who.where.did"), (["did": [5]], "who.where.did[0]"), (["did": [[:]]], "who.where.did[0].event"),
        (["did": [["event": "A"], ["event": " "]]], "who.where.did[1].event"),
        (["did": [["event": "A", "within": 3]]], "who.where.did[0].within"),
        (["did": [["event": "A", "within_days": 0]]], "who.where.did[0].within_days"),
        (["did": [["event": "A", "within_days": "7"]]], "who.where.did[0].within_days"),
        (["did": [["event": "A", "within_days": 7, "from": 20_260_101]]], "who.where.did[0].within_days"),
        (["did": [["event": "A", "from": "2026-01-01"]]], "who.where.did[0].from"),
        (["did": [["event": "A", "to": 20_260_229]]], "who.where.did[0].to"),
        (["did": [["event": "A", "from": 20_260_102, "to": 20_260_101]]], "who.where.did[0].from"),
        (["did": [["event": "A", "count": 3]]], "who.where.did[0].count"),
        (["did": [["event": "A", "count": ["operator": "contains", "value": 3]]]], "who.where.did[0].count.operator"),
        (["did": [["event": "A", "count": ["operator": "equals", "value": 1.5]]]], "who.where.did[0].count.value"),
        (["did": [["event": "A", "count": ["operator": "less_than", "value": 1]]]], "who.where.did[0].count.value"),
        (["did": [["event": "A", "count": ["operator": "between", "value": [3, 1]]]]], "who.where.did[0].count.value"),
        (["did_not": [["event": "A", "count": ["value": 1]]]], "who.where.did_not[0].count"),
        (
            ["did": [["event": "A", "filters": [["name": "P", "value": 1], ["name": "P", "operator": "like", "value": 1]]]]],
            "who.where.did[0].filters[1].operator"
        ),
        (["profile": [["name": "P"]]], "who.where.profile[0].value"), (["profile": [["value": 1]]], "who.where.profile[0].name"),
        (["profile": [["name": "P", "operator": 5, "value": 1]]], "who.where.profile[0].operator"),
        (["profile": [["name": "P", "value": [:]]]], "who.where.profile[0].value"),
        (["profile": [["name": "P", "value": []]]], "who.where.profile[0].value"),
        (["profile": [["name": "P", "value": ["a", nil]]]], "who.where.profile[0].value[1]"),
        (["profile": [["name": "P", "operator": "contains", "value": 5]]], "who.where.profile[0].value"),
        (["profile": [["name": "P", "operator": "exists", "value": 5]]], "who.where.profile[0].value"),
        (["profile": [["name": "P", "operator": "greater_than", "value": "many"]]], "who.where.profile[0].value"),
        (["profile": [["name": "P", "operator": "between", "value": [1]]]], "who.where.profile[0].value"),
        (["profile": [["name": "P", "operator": "between", "value": [3, 1]]]], "who.where.profile[0].value"),
        (["profile": [["name": "P", "operator": "between", "value": [1, "$D_5"]]]], "who.where.profile[0].value"),
        (["profile": [["name": "P", "operator": "between", "value": [1, "x"]]]], "who.where.profile[0].value[1]"),
        (["profile": [["name": "P", "value": 1, "or": 2]]], "who.where.profile[0].or"),
        (["profile": [["name": "P", "operator": "less_than", "value": "$D_9999999999999"]]], "who.where.profile[0].value"),
        (["profile": [["name": "P", "operator": "less_than", "value": "$D_+5"]]], "who.where.profile[0].value"),
        (["from": 20_260_101], "who.where.from"), (["event_properties": []], "who.where.event_properties"),
        (["session_properties": []], "who.where.session_properties"),
        (["event_name": 5], "who.where.event_name"),
        (["advanced_query": ["did_any": []]], "who.where.advanced_query.did_any"),
        (["advanced_query": ["did_all": [["event": "A"]]]], "who.where.advanced_query.did_all[0].event"),
        (["advanced_query": ["did_not": [["event_name": "A", "value": 5]]]], "who.where.advanced_query.did_not[0].value"),
        (["common_profile_properties": ["geo_fields": []]], "who.where.common_profile_properties.geo_fields"),
        (
            ["common_profile_properties": ["demographics": [["name": "Gender"]]]],
            "who.where.common_profile_properties.demographics[0].value"
        ),
    ]

    @Test(arguments: broken)
    func `a broken rule is refused with the path of what is wrong`(rule: JSONValue, field: String) {
        let error = #expect(throws: InputError.self) { try AudienceRule(json: rule, path: "who.where") }
        #expect(error?.field == field)
        #expect(error?.kind == .invalid)
    }

    private static func events(_ count: Int, _ key: String = "event") -> JSONValue {
        .array((0..<count).map { [key: .string("E\($0)")] })
    }

    private static func filters(_ count: Int) -> JSONValue { .array((0..<count).map { ["name": .string("P\($0)"), "value": 1] }) }

    private static let joined: [(rule: JSONValue, field: String?)] = [
        (["did": events(100)], nil), (["did": events(101)], "w.did"), (["did": events(99), "event_name": "A"], nil),
        (["did": events(100), "event_name": "A"], "w.event_name"),
        (["did": events(50), "did_not": events(50)], nil), (["did": events(50), "did_not": events(51)], "w.did_not[50]"),
        (["event_name": "A", "advanced_query": ["did_all": events(99, "event_name")]], nil),
        (["event_name": "A", "advanced_query": ["did_all": events(100, "event_name")]], "w.advanced_query.did_all[99]"),
        (
            ["advanced_query": ["did_none": events(60, "event_name"), "did_not": events(41, "event_name")]],
            "w.advanced_query.did_not[40]"
        ),
        (["profile": filters(50), "common_profile_properties": ["profile_fields": filters(50)]], nil),
        (
            ["profile": filters(50), "common_profile_properties": ["profile_fields": filters(51)]],
            "w.common_profile_properties.profile_fields[50]"
        ),
        (["all": [["profile": filters(50)], ["profile": filters(50)]]], nil),
        (["all": [["profile": filters(50)], ["profile": filters(51)]]], "w.all[1].profile[50]"),
        (["did": [["event": "A", "filters": filters(100)]], "profile": filters(99)], nil),
        (["did": [["event": "A", "filters": filters(101)]]], "w.did[0].filters"),
    ]

    @Test(arguments: joined)
    func `both forms together keep the limits of one, so that what is written can be read`(rule: JSONValue, field: String?) throws {
        if let field {
            let error = #expect(throws: InputError.self) { try AudienceRule(json: rule, path: "w") }
            #expect(error?.field == field)
        } else {
            let read = try AudienceRule(json: rule, path: "w")
            #expect(try AudienceRule(json: read.json, path: "w") == read)
        }
    }

    private static let readable: [(rule: JSONValue, words: String)] = [
        ([:], "Everyone"), (["did": []], "Everyone"), (["did": nil], "Everyone"),
        (["did": [["event": "Booked", "within_days": 7]]], "Everyone who did Booked in the last 7 days"),
        (
            [
                "did_not": [["event": "A", "from": 20_260_101, "to": 20_260_131]],
                "profile": [["name": "City", "value": ["Pune", "Goa"]]],
            ],
            "Everyone who did not do A from 2026-01-01 to 2026-01-31, and whose City is Pune or Goa"
        ),
        (
            [
                "did": [
                    [
                        "event": "Charged", "count": ["operator": "greater_than_equals", "value": 2],
                        "filters": [["name": "Amount", "operator": "greater_than", "value": 50]],
                    ]
                ]
            ], "Everyone who did Charged at least 2 times where Amount is more than 50"
        ),
        (["event_name": "A", "to": 20_260_131], "Everyone who did A until 2026-01-31"),
        (["profile": [["name": "Email", "operator": "exists"]]], "Everyone whose Email is known"),
        (
            [
                "did": [["event": "Charged", "count": ["operator": "greater_than_equals", "value": 2], "window": ["last": ["days": 30]]]],
                "profile": [["name": "City", "value": "Pune"]], "segments": ["exclude": [12]],
            ],
            "Everyone who did Charged at least 2 times in the last 30 days, and whose City is Pune, and not in segment 12"
        ),
        (
            ["did_any": [["event": "A"], ["event": "B", "pick": "first", "window": "today"]], "reach": ["opted_in"]],
            "Everyone (either who did A or who did B for the first time today), and who opted in to WhatsApp"
        ),
        (
            ["any": [["did": [["event": "A"]], "profile": [["name": "X", "value": 1]]], ["not": ["reach": ["reachable"]]]]],
            "Everyone either (who did A, and whose X is 1) or not reachable on WhatsApp"
        ),
        (
            ["not": ["did": [["event": "A", "count": ["value": 2]]], "bucket": ["from": 0, "to": 99]]],
            "Everyone not (who did A exactly 2 times, and in bucket 0 to 99)"
        ),
        (
            [
                "did": [
                    [
                        "event": "A", "sum": ["property": "Amount", "operator": "less_than", "value": 500], "include_never": true,
                        "hours": ["weekdays": ["mon", "fri"], "from": "22:00", "to": "02:00"],
                        "window": ["days_ago": ["from": 2, "to": 5]],
                    ]
                ]
            ],
            "Everyone who did A with a total Amount of less than 500 2 to 5 days ago on Monday or Friday between 22:00 and 02:00 (or never did it)"
        ),
        (
            ["did": [["event": "A", "average": ["property": "Amount", "operator": "between", "value": [1, 2.5]]]]],
            "Everyone who did A with an average Amount of 1 to 2.5"
        ),
        (
            ["demographics": [["name": "Age", "operator": "greater_than_equals", "value": 18]], "segments": ["include": [3]]],
            "Everyone whose age is at least 18, and in segment “Regulars”"
        ),
        (
            [
                "profile": [
                    ["name": "Due", "operator": "within", "value": ["next": ["days": 3]]],
                    ["name": "Due", "operator": "after", "value": 20_260_101],
                ]
            ],
            "Everyone whose Due is in the next 3 days, and whose Due is 2026-01-02 or later"
        ),
        (
            ["profile": [["name": "DOB", "operator": "less_than", "value": "$D_0"]]],
            "Everyone whose DOB is before 1970-01-01T00:00:00Z"
        ),
    ]

    @Test(arguments: readable)
    func `a rule is read, written the same, and said in words`(json: JSONValue, words: String) throws {
        let rule = try AudienceRule(json: json, path: "where")
        #expect(rule.describe(segments: [SegmentID(rawValue: 3): "Regulars"]) == words)
        #expect(try AudienceRule(json: rule.json, path: "where") == rule)
    }
}
