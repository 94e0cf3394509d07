import Campaigns
import Core
import Testing
import WhatsApp

@Suite struct CampaignDefinitionTests {
    private static let broken: [(changes: [String: JSONValue], field: String?)] = [
        (["name": nil], "name"), (["name": " "], "name"), (["name": "a\nb"], "name"),
        (["name": .string(String(repeating: "a", count: 121))], "name"), (["colour": "red"], "colour"),
        (["type": nil], "type"), (["type": "weekly"], "type"), (["type": 1], "type"),
        (["channel_id": "1"], "channel_id"), (["channel_id": 0], "channel_id"),
        (["when": nil], "when"), (["when": "now"], "when"), (["who": nil], "who"), (["who": []], "who"),
        (["what": nil], "what"), (["what": "shop:ticket"], "what"), (["setup": []], "setup"), (["setup": ["colour": 1]], "setup.colour"),
    ]

    @Test(arguments: broken)
    func `a broken rule is refused with the path of what is wrong`(changes: [String: JSONValue], field: String?) {
        let error = Definitions.refusal(changes)
        #expect(error?.field == field)
        #expect(error?.kind == .invalid)
    }

    @Test(arguments: ["recurring", "multiple_dates"])
    func `what WhatsApp does not have is refused with the reason`(type: String) {
        let error = Definitions.refusal(["type": .string(type)])
        #expect(error?.field == "type" && error?.code == "invalid_type")
        #expect(error?.message.contains("to prevent misuse and spam") == true)
        #expect(error?.message.contains("single_action, inaction and date_time") == true)
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
        #expect(definition.when.start == Timestamp(iso8601: "2026-11-02T10:00:00Z").map(CampaignStart.at))
        #expect(definition.setup.controlPercent == 10)
        #expect(definition.audienceInWords == "Everyone who did Booked in the last 7 days")
        #expect(definition.what.first.template.description == "shop:ticket")
        #expect(try CampaignDefinition(json: definition.json) == definition)
    }

    @Test(arguments: CampaignType.listed.sorted { $0.rawValue < $1.rawValue })
    func `whatever is read is written so that it reads the same`(type: CampaignType) throws {
        var draw = DefinitionDraw(seed: 20_261_125)
        for _ in 0..<300 {
            let json = draw.definition(type)
            let definition = try CampaignDefinition(json: json)
            #expect(try CampaignDefinition(json: definition.json) == definition, "\(json.text)")
            #expect(try CampaignDefinition(json: JSONValue(parsing: definition.json.text)).json == definition.json, "\(json.text)")
        }
    }
}
