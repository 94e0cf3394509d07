import Audience
import Campaigns
import Core
import Testing

@Suite struct CampaignDefinitionTests {
    private static let broken: [(changes: [String: JSONValue], field: String?)] = [
        (["name": nil], "name"), (["name": " "], "name"), (["name": "a\nb"], "name"),
        (["name": .string(String(repeating: "a", count: 121))], "name"), (["colour": "red"], "colour"),
        (["type": nil], "type"), (["type": "single_action"], "type"), (["type": "weekly"], "type"), (["type": 1], "type"),
        (["channel_id": "1"], "channel_id"), (["channel_id": 0], "channel_id"),
        (["when": nil], "when"), (["when": "now"], "when"), (["when": [:]], "when.start"), (["when": ["start": "soon"]], "when.start"),
        (["when": ["start": "9999-12-31T23:59:59-01:00"]], "when.start"),
        (["when": ["start": "2026-11-02T10:00:00"]], "when.start"), (["when": ["start": 1_800_000_000]], "when.start"),
        (["when": ["start": "now", "end": "2026-11-02T10:00:00Z"]], "when.end"),
        (["when": ["start": "now", "delay": 5]], "when.delay"),
        (["who": nil], "who"), (["who": [:]], "who.where"), (["who": ["where": nil]], "who.where"),
        (["who": ["segment_id": 4]], "who.segment_id"), (["who": ["where": [:], "event": [:]]], "who.event"),
        (
            ["who": ["where": ["did": [["event": "A", "filters": [["name": "x", "operator": "is"]]]]]]],
            "who.where.did[0].filters[0].operator"
        ),
        (["what": nil], "what"), (["what": [:]], "what.template"), (["what": ["template": "ticket"]], "what.template"),
        (["what": ["template": "shop:ticket", "language": "en-GB"]], "what.language"),
        (["what": ["template": "shop:ticket", "text": "Hi"]], "what.text"),
        (["what": ["template": "shop:ticket", "variables": ["a"]]], "what.variables"),
        (["what": ["template": "shop:ticket", "variables": ["01": "a"]]], "what.variables.01"),
        (["what": ["template": "shop:ticket", "variables": ["name": "a"]]], "what.variables.name"),
        (["what": ["template": "shop:ticket", "variables": ["1": 5]]], "what.variables.1"),
        (["what": ["template": "shop:ticket", "variables": ["2": "{{ Event.price }}"]]], "what.variables.2"),
        (["setup": []], "setup"), (["setup": ["labels": []]], "setup.labels"),
        (["setup": ["control_group": 10]], "setup.control_group"), (["setup": ["control_group": [:]]], "setup.control_group.percent"),
        (["setup": ["control_group": ["percent": 100]]], "setup.control_group.percent"),
        (["setup": ["control_group": ["percent": -1]]], "setup.control_group.percent"),
        (["setup": ["control_group": ["percent": 2.5]]], "setup.control_group.percent"),
        (["setup": ["control_group": ["percent": 5, "type": "custom"]]], "setup.control_group.type"),
    ]

    @Test(arguments: broken)
    func `a broken rule is refused with the path of what is wrong`(changes: [String: JSONValue], field: String?) {
        let error = #expect(throws: InputError.self) {
            try CampaignDefinition(json: CampaignFixture.definition(changes))
        }
        #expect(error?.field == field)
        #expect(error?.kind == .invalid)
    }

    @Test func `the other types are named and this version's one is said`() {
        let error = #expect(throws: InputError.self) {
            try CampaignDefinition(json: CampaignFixture.definition(["type": "inaction"]))
        }
        #expect(error?.message.contains("single_action, inaction and date_time; this version sends one_time") == true)
    }

    @Test(arguments: ["{{ Event.price }}", "{% if Event.price > 5 %}a{% endif %}", ["event_property": "price"]] as [JSONValue])
    func `without an event there is nothing of it to print`(variable: JSONValue) {
        let error = #expect(throws: InputError.self) {
            try CampaignDefinition(json: CampaignFixture.definition(["what": ["template": "shop:ticket", "variables": ["2": variable]]]))
        }
        #expect(error?.code == "invalid_variable" && error?.field == "what.variables.2")
        #expect(error?.message.contains("only in campaigns that an event triggers") == true)
    }

    @Test func `no object is no campaign`() {
        #expect(throws: InputError.self) { try CampaignDefinition(json: []) }
    }

    @Test func `a definition is written as it is read`() throws {
        let json = CampaignFixture.definition([
            "channel_id": 3, "when": ["start": "2026-11-02T15:30:00+05:30"],
            "who": ["where": ["did": [["event": "Booked", "within_days": 7]]]],
            "what": [
                "template": "shop:ticket", "language": "en_GB",
                "variables": ["1": "{{ Profile.Name | default: \"there\" }}", "2": ["property": "Seat"], "3": "x"],
            ],
            "setup": ["control_group": ["percent": 10]],
        ])
        let definition = try CampaignDefinition(json: json)
        #expect(definition.start == Timestamp(iso8601: "2026-11-02T10:00:00Z").map(CampaignStart.at))
        #expect(definition.controlPercent == 10)
        #expect(definition.audienceInWords == "Everyone who did Booked in the last 7 days")
        #expect(definition.templateName == "shop:ticket")
        #expect(try CampaignDefinition(json: definition.json) == definition)
    }
}
