import Audience
import Core
import Testing

@Suite struct PropertyFilterTests {
    private static let cases: [(filter: JSONValue, property: JSONValue?, holds: Bool)] = [
        (["value": "Gold"], "Gold", true), (["value": "Gold"], "gold", false), (["value": "Gold"], nil, false),
        (["value": ["Gold", "Platinum"]], "Platinum", true), (["value": ["Gold", "Platinum"]], "Silver", false),
        (["value": "en"], ["de", "en"], true), (["value": "fr"], ["de", "en"], false),
        (["value": 28], "28", true), (["value": "28"], 28, true), (["value": 1], 1.0, true), (["value": 1], true, false),
        (["value": 9_007_199_254_740_993], 9_007_199_254_740_992, false), (["value": "True"], true, true),
        (["value": true], "false", false), (["value": "$D_1700000000"], "$D_1700000000", true), (["value": 28], "28 years", false),
        (["operator": "not_equals", "value": "Gold"], "Silver", true), (["operator": "not_equals", "value": "Gold"], "Gold", false),
        (["operator": "not_equals", "value": "Gold"], nil, true), (["operator": "not_equals", "value": "en"], ["de", "en"], false),
        (["operator": "not_equals", "value": ["a", "b"]], "b", false),
        (["operator": "contains", "value": "mba"], "Mumbai", true), (["operator": "contains", "value": "x"], "Mumbai", false),
        (["operator": "contains", "value": "1"], 21, false), (["operator": "contains", "value": ["x", "ai"]], "Mumbai", true),
        (["operator": "contains", "value": "e"], ["x", "den"], true), (["operator": "does_not_contain", "value": "x"], nil, true),
        (["operator": "does_not_contain", "value": "mba"], "Mumbai", false),
        (["operator": "exists"], "", true), (["operator": "exists"], false, true), (["operator": "exists"], nil, false),
        (["operator": "exists"], .some(nil), false), (["operator": "does_not_exist"], nil, true),
        (["operator": "does_not_exist"], 0, false),
        (["operator": "greater_than", "value": 50], 51, true), (["operator": "greater_than", "value": 50], 50, false),
        (["operator": "greater_than", "value": 50], "60.5", true), (["operator": "greater_than", "value": 50], "many", false),
        (["operator": "greater_than", "value": 50], nil, false), (["operator": "greater_than", "value": 50], "$D_99", false),
        (["operator": "greater_than_equals", "value": 50], 50, true), (["operator": "less_than", "value": 0], -0.5, true),
        (["operator": "less_than_equals", "value": 0], 0.5, false), (["operator": "less_than", "value": 5], "inf", false),
        (["operator": "less_than", "value": "$D_100"], "$D_99", true), (["operator": "less_than", "value": "$D_100"], 99, false),
        (["operator": "less_than", "value": "$D_1000"], "$D_999", true),
        (["operator": "between", "value": [1, 3]], 1, true), (["operator": "between", "value": [1, 3]], 3, true),
        (["operator": "between", "value": [1, 3]], 3.5, false), (["operator": "between", "value": ["$D_1", "$D_3"]], "$D_2", true),
        (["operator": "between", "value": ["$D_1", "$D_3"]], 2, false),
        (["operator": "contains_any", "value": ["fr", "en"]], ["de", "en"], true),
        (["operator": "contains_any", "value": ["fr", "it"]], ["de", "en"], false),
        (["operator": "contains_any", "value": "fr"], nil, false),
        (["operator": "contains_none", "value": ["fr", "it"]], ["de", "en"], true),
        (["operator": "contains_none", "value": "fr"], nil, true),
        (["operator": "contains_none", "value": ["fr", "en"]], ["de", "en"], false), (["operator": "exists"], ["de"], true),
        (["operator": "does_not_exist"], ["de"], false), (["value": true], true, true), (["value": false], true, false),
        (["operator": "not_equals", "value": true], false, true), (["operator": "not_equals", "value": true], nil, true),
        (["value": "$D_100"], "$D_0100", true), (["value": "$D_100"], 100, false),
        (["operator": "not_equals", "value": "$D_100"], "$D_101", true),
        (["operator": "greater_than", "value": 50], true, false), (["operator": "greater_than", "value": 3], ["2", "4"], true),
        (["operator": "greater_than", "value": "$D_100"], "$D_101", true),
        (["operator": "greater_than", "value": "$D_100"], "$D_100", false),
        (["operator": "greater_than_equals", "value": "$D_100"], "$D_100", true),
        (["operator": "less_than", "value": "$D_100"], "yesterday", false),
        (["operator": "less_than_equals", "value": "$D_100"], nil, false), (["operator": "between", "value": [1, 3]], nil, false),
        (["operator": "between", "value": [1, 3]], "2.5", true),
        (["operator": "does_not_contain", "value": ["x", "e"]], ["x", "den"], false),
        (["value": 2.5], "2.50", true), (["operator": "not_equals", "value": 5], "5.0", false), (["value": ""], "", true),
    ]

    @Test(arguments: cases)
    func `a filter holds or does not`(filter: JSONValue, property: JSONValue?, holds: Bool) throws {
        var members = filter.object ?? [:]
        members["name"] = "P"
        let read = try PropertyFilter(json: .object(members), path: "f")
        #expect(read.test.holds(property) == holds)
        #expect(try PropertyFilter(json: read.json, path: "f") == read)
    }
}
