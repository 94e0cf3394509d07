import Campaigns
import Core
import Testing
import WhatsApp

@Suite struct CampaignWhatTests {
    private static let plain: JSONValue = ["template": "shop:plain"]
    private static func plain(_ members: [String: JSONValue]) -> JSONValue {
        .object(["template": "shop:plain"].merging(members) { $1 })
    }
    private static let pair: JSONValue = [plain, plain]
    private static let gold: JSONValue = [plain(["value": "Gold"])]

    private static let broken: [(type: CampaignType, what: JSONValue, field: String)] = [
        (.oneTime, [:], "what.template"), (.oneTime, ["template": "ticket"], "what.template"),
        (.oneTime, ["template": "shop:plain", "language": "en-GB"], "what.language"),
        (.oneTime, ["template": "shop:plain", "text": "Hi"], "what.text"),
        (.oneTime, ["template": "shop:plain", "variables": ["a"]], "what.variables"),
        (.oneTime, ["template": "shop:plain", "variables": ["01": "a"]], "what.variables.01"),
        (.oneTime, ["template": "shop:plain", "variables": ["name": "a"]], "what.variables.name"),
        (.oneTime, ["template": "shop:plain", "variables": ["1": 5]], "what.variables.1"),
        (.oneTime, ["template": "shop:plain", "variables": ["2": "{{ Event.price }}"]], "what.variables.2"),
        (.oneTime, ["template": "shop:plain", "mode": "split"], "what.mode"),
        (.oneTime, ["variants": [plain]], "what.variants"), (.oneTime, ["variants": [plain, plain, plain, plain]], "what.variants"),
        (.oneTime, ["variants": pair, "template": "shop:plain"], "what.template"),
        (.oneTime, ["variants": [plain, 5]], "what.variants[1]"),
        (.oneTime, ["variants": [plain, [:]]], "what.variants[1].template"), (.oneTime, ["variants": pair, "mode": "best"], "what.mode"),
        (.oneTime, ["variants": [plain(["percent": 50]), plain]], "what.variants[1].percent"),
        (.oneTime, ["variants": [plain(["percent": 50]), plain(["percent": 49])]], "what.variants"),
        (.oneTime, ["variants": [plain(["percent": 0]), plain(["percent": 100])]], "what.variants[0].percent"),
        (.oneTime, ["variants": [plain(["name": "B"]), plain]], "what.variants"), (.oneTime, ["variants": pair, "test": [:]], "what.test"),
        (.oneTime, ["variants": pair, "mode": "winner"], "what.test"),
        (.oneTime, ["variants": pair, "mode": "winner", "test": ["minutes": 5]], "what.test.percent"),
        (.oneTime, ["variants": pair, "mode": "winner", "test": ["percent": 10, "messages": 10, "minutes": 5]], "what.test.percent"),
        (.oneTime, ["variants": pair, "mode": "winner", "test": ["percent": 100, "minutes": 5]], "what.test.percent"),
        (.oneTime, ["variants": pair, "mode": "winner", "test": ["percent": 10]], "what.test.minutes"),
        (.oneTime, ["variants": pair, "mode": "winner", "test": ["messages": 1, "minutes": 5]], "what.test.messages"),
        (.inaction, ["variants": pair, "mode": "winner", "test": ["percent": 10, "minutes": 5]], "what.test.messages"),
        (
            .oneTime, ["variants": [plain(["percent": 50]), plain], "mode": "winner", "test": ["percent": 10, "minutes": 5]],
            "what.variants[0].percent"
        ),
        (.oneTime, ["property": "Plan", "cases": gold], "what.default"), (.oneTime, ["cases": gold, "default": plain], "what.property"),
        (.oneTime, ["property": "Plan", "default": plain], "what.cases"),
        (.oneTime, ["property": "Plan", "cases": [], "default": plain], "what.cases"),
        (.oneTime, ["property": "Plan", "cases": .array(Array(repeating: plain, count: 51)), "default": plain], "what.cases"),
        (.oneTime, ["property": "Plan", "cases": pair, "default": plain], "what.cases[0].value"),
        (.oneTime, ["property": "Plan", "cases": [plain(["value": ["a"]])], "default": plain], "what.cases[0].value"),
        (
            .oneTime, ["property": "Plan", "cases": [plain(["value": "Gold"]), plain(["value": "gold"])], "default": plain],
            "what.cases[1].value"
        ),
        (.oneTime, ["property": "Plan", "cases": gold, "default": [:]], "what.default.template"),
    ]

    @Test(arguments: broken)
    func `a message that cannot be meant is refused with its field`(type: CampaignType, what: JSONValue, field: String) {
        let error = #expect(throws: InputError.self) { try CampaignDefinition(json: Definitions.of(type, ["what": what])) }
        #expect(error?.field == field)
        #expect(error?.kind == .invalid)
    }

    private static func read(_ type: CampaignType, _ what: JSONValue) throws -> CampaignWhat {
        try CampaignDefinition(json: Definitions.of(type, ["what": what])).what
    }

    @Test func `variants have names and parts unless they are given`() throws {
        guard case .variants(let test) = try Self.read(.oneTime, ["variants": [Self.plain, Self.plain, Self.plain(["name": "Short"])]])
        else {
            Issue.record("no variants")
            return
        }
        #expect(test.mode == .split && test.variants.map(\.name) == ["A", "B", "Short"] && test.variants.map(\.percent) == [34, 33, 33])
    }

    private static let tests: [(type: CampaignType, test: JSONValue, read: WinnerTest)] = [
        (.oneTime, ["percent": 20, "minutes": 240], WinnerTest(size: .percent(20), minutes: 240)),
        (.oneTime, ["messages": 500, "minutes": 1], WinnerTest(size: .messages(500), minutes: 1)),
        (.singleAction, ["messages": 500], WinnerTest(size: .messages(500), minutes: 60)),
    ]

    @Test(arguments: tests)
    func `how the winner is found is read`(type: CampaignType, test: JSONValue, read: WinnerTest) throws {
        guard case .variants(let variants) = try Self.read(type, ["variants": Self.pair, "mode": "winner", "test": test]) else {
            Issue.record("no variants")
            return
        }
        #expect(variants.mode == .winner(read))
    }

    @Test func `every template that may be sent is listed with its place`() throws {
        let byProperty = try Self.read(
            .oneTime,
            ["property": "Plan", "cases": [Self.plain(["value": true]), Self.plain(["value": 3])], "default": ["template": "shop:ticket"]])
        #expect(byProperty.choices.map(\.path) == ["what.cases[0]", "what.cases[1]", "what.default"])
        #expect(
            byProperty.choices.map(\.choice.template.name) == ["plain", "plain", "ticket"] && byProperty.first.template.name == "plain")
        #expect(try Self.read(.oneTime, ["variants": Self.pair]).choices.map(\.path) == ["what.variants[0]", "what.variants[1]"])
        #expect(try Self.read(.oneTime, Self.plain).choices.map(\.path) == ["what"])
    }
}
