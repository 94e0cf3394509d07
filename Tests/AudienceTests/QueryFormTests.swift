import Audience
import Core
import Testing

/// CleverTap's query beside the own form that means the same.
@Suite struct QueryFormTests {
    private static func common(_ members: JSONValue) -> JSONValue { ["common_profile_properties": members] }

    private static let alike: [(query: JSONValue, own: JSONValue)] = [
        (
            [
                "event_name": "Charged", "from": 20_171_001, "to": 20_171_220,
                "event_properties": [["name": "Amount", "operator": "greater_than", "value": 50]],
                "session_properties": [["name": "first_time", "value": "True"], ["name": "time_of_day", "value": ["22:30", "22:35"]]],
            ],
            [
                "did": [
                    [
                        "event": "Charged", "window": ["from": 20_171_001, "to": 20_171_220],
                        "filters": [["name": "Amount", "operator": "greater_than", "value": 50]], "pick": "first",
                        "hours": ["from": "22:30", "to": "22:35"],
                    ]
                ]
            ]
        ),
        (
            [
                "event_name": "A",
                "session_properties": [["name": "day_of_week", "value": ["Monday", "sun"]], ["name": "first_time", "value": false]],
            ],
            ["did": [["event": "A", "hours": ["weekdays": ["mon", "sun"]]]]]
        ),
        (
            [
                "event_name": "A",
                "session_properties": [
                    ["name": "time_of_day", "value": ["22:00", "06:00"]], ["name": "day_of_week", "value": "Friday"],
                ],
            ],
            ["did": [["event": "A", "hours": ["weekdays": ["fri"], "from": "22:00", "to": "06:00"]]]]
        ),
        (
            ["advanced_query": ["did_all": [["event_name": "App Launched", "from": 20_151_011, "operator": "equals", "value": 10]]]],
            ["did": [["event": "App Launched", "from": 20_151_011, "count": ["value": 10]]]]
        ),
        (
            [
                "advanced_query": [
                    "did_any": [
                        "any_events": [["event_name": "A"], ["event_name": "B", "to": 20_151_011]], "operator": "less_than", "value": 3,
                    ]
                ]
            ],
            [
                "did_any": [
                    ["event": "A", "count": ["operator": "less_than", "value": 3]],
                    ["event": "B", "to": 20_151_011, "count": ["operator": "less_than", "value": 3]],
                ]
            ]
        ),
        (["advanced_query": ["did_any": ["any_events": [["event_name": "A"]]]]], ["did_any": [["event": "A"]]]),
        (
            [
                "event_name": "C",
                "advanced_query": [
                    "did_none": [["event_name": "A"]], "did_not": [["event_name": "B", "event_properties": [["name": "P", "value": 1]]]],
                ],
            ],
            ["did": [["event": "C"]], "did_not": [["event": "A"], ["event": "B", "filters": [["name": "P", "value": 1]]]]]
        ),
        (
            common([
                "profile_fields": [["name": "Customer Type", "operator": "equals", "value": "Platinum"]],
                "demographics": [
                    ["name": "Gender", "value": "Female"], ["name": "Education", "operator": "equals", "value": ["College", "Graduate"]],
                    ["name": "Age", "operator": "greater_than", "value": 17],
                ],
            ]),
            [
                "profile": [
                    ["name": "Customer Type", "value": "Platinum"], ["name": "Gender", "value": "F"],
                    ["name": "Education", "value": ["College", "Graduate"]],
                ],
                "demographics": [["name": "Age", "operator": "greater_than", "value": 17]],
            ]
        ),
        (
            common(["reachability": [["name": "has_email", "value": "True"], ["name": "unsubscribed", "value": "False"]]]),
            ["reach": ["has_email"], "not": ["reach": ["unsubscribed"]]]
        ),
        (common(["reachability": [["name": "has_phone"], ["name": "whatsapp", "value": true]]]), ["reach": ["has_phone", "opted_in"]]),
        (
            common(["geo_fields": [["India", "Maharashtra", "Mumbai"]]]),
            [
                "all": [
                    ["profile": [["name": "Country", "value": "India"]]], ["profile": [["name": "Region", "value": "Maharashtra"]]],
                    ["profile": [["name": "City", "value": "Mumbai"]]],
                ]
            ]
        ),
        (
            common(["geo_fields": [["India"], ["Nepal", "Bagmati"]]]),
            [
                "any": [
                    ["profile": [["name": "Country", "value": "India"]]],
                    ["profile": [["name": "Country", "value": "Nepal"], ["name": "Region", "value": "Bagmati"]]],
                ]
            ]
        ),
    ]

    @Test(arguments: alike)
    func `a query is the rule that the own form says`(query: JSONValue, own: JSONValue) throws {
        let rule = try AudienceRule(json: query, path: "w")
        let meant = try AudienceRule(json: own, path: "w")
        #expect(rule == meant)
        #expect(try AudienceRule(json: rule.json, path: "w") == rule)
    }

    private static func session(_ property: JSONValue) -> JSONValue { ["event_name": "A", "session_properties": [property]] }

    private static let refused: [(query: JSONValue, field: String, message: String)] = [
        (
            ["event_name": "A", "from": 20_171_002, "to": 20_171_001], "from",
            "Query parse failure - The from date cannot be after the to date"
        ),
        (["session_properties": []], "session_properties", "event_name, which is missing"),
        (session(["name": "weather", "value": 1]), "session_properties[0].name", "first_time, time_of_day and day_of_week"),
        (session(["name": "first_time", "value": "maybe"]), "session_properties[0].value", "True"),
        (session(["name": "first_time", "operator": "not_equals", "value": true]), "session_properties[0].operator", "equals"),
        (session(["name": "time_of_day", "value": "22:00"]), "session_properties[0].value", "two times"),
        (session(["name": "time_of_day", "value": ["22:00", "25:00"]]), "session_properties[0].value[1]", "time of the day"),
        (session(["name": "day_of_week", "value": ["Moonday"]]), "session_properties[0].value", "mon"),
        (session(["name": "day_of_week"]), "session_properties[0].value", "one list"),
        (["advanced_query": ["did_any": ["any_events": []]]], "advanced_query.did_any.any_events", "at least one"),
        (["advanced_query": ["did_any": [["event_name": "A"]]]], "advanced_query.did_any", "JSON object"),
        (["advanced_query": ["did_any": ["any_events": [["event_name": "A"]], "value": 0]]], "advanced_query.did_any.value", "Nobody"),
        (
            ["advanced_query": ["did_any": ["any_events": [["event_name": "A", "value": 2]]]]],
            "advanced_query.did_any.any_events[0].value", "not known"
        ),
        (
            [
                "advanced_query": [
                    "did_all": [["event_name": "A", "value": 2, "session_properties": [["name": "first_time", "value": true]]]]
                ]
            ],
            "advanced_query.did_all[0].value", "first time"
        ),
        (
            common(["technographics": [["name": "Platform", "value": "AndroidApp"]]]), "common_profile_properties.technographics",
            "no devices"
        ),
        (common(["app_fields": []]), "common_profile_properties.app_fields", "no devices"),
        (common(["geo_radius": [[35, 42.5, 5.2]]]), "common_profile_properties.geo_radius", "no devices"),
        (
            common(["reachability": [["name": "has_token", "value": "True"]]]), "common_profile_properties.reachability[0].name",
            "no devices"
        ),
        (common(["reachability": [["name": "awake"]]]), "common_profile_properties.reachability[0].name", "has_phone"),
        (common(["geo_fields": [[]]]), "common_profile_properties.geo_fields[0]", "country"),
        (common(["geo_fields": [["India", ""]]]), "common_profile_properties.geo_fields[0][1]", "texts"),
        (common(["geo_fields": ["India"]]), "common_profile_properties.geo_fields[0]", "country"),
        (common(["favourites": []]), "common_profile_properties.favourites", "not known"),
        (
            common(["demographics": [["name": "Gender", "value": "X"]]]), "common_profile_properties.demographics[0].value",
            "Male or Female"
        ),
    ]

    @Test(arguments: refused)
    func `what a query cannot ask for is refused by name`(query: JSONValue, field: String, message: String) {
        let error = #expect(throws: InputError.self) { try AudienceRule(json: query, path: "w") }
        #expect(error?.field == "w.\(field)")
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}
