import Campaigns
import Core
import CoreTesting

/// Draws definitions that are in order, of every form there is.
struct DefinitionDraw {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func definition(_ type: CampaignType) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": text(), "type": .string(type.rawValue), "when": .object(when(type)), "who": .object(who(type)),
            "what": .object(what(type)),
        ]
        if flip() { members["channel_id"] = number(1...9) }
        if flip() { members["setup"] = .object(setup()) }
        return .object(members)
    }

    private mutating func when(_ type: CampaignType) -> [String: JSONValue] {
        let isByPerson = type == .oneTime && flip()
        var when: [String: JSONValue] = ["start": isByPerson || flip() ? "2026-11-02T10:00:00.25+05:30" : "now"]
        if type.isLive, flip() { when["end"] = "2027-01-02T10:00:00Z" }
        if type == .singleAction, flip() { when["delay"] = length(["seconds", "minutes", "hours", "days"], 1...30) }
        if isByPerson { when["time_zone"] = "person" }
        if isByPerson, flip() { when["passed"] = one(of: ["drop", "next_day"]) }
        if flip() { when["quiet_hours"] = .object(quietHours()) }
        guard type == .oneTime else { return when }
        if flip() { when["cutoff"] = one(of: ["22:00", "00:00", "09:05"]) }
        if !isByPerson, flip() { when["throttle"] = ["messages": number(100...5000), "minutes": number(1...60)] }
        if flip() { when["late_start"] = ["minutes": number(0...100)] }
        return when
    }

    private mutating func quietHours() -> [String: JSONValue] {
        let hours: JSONValue = [["from": "22:00", "to": "08:00"], ["days": ["sat", "sun"], "from": "00:00", "to": "24:00"]]
        return flip() ? ["hours": hours] : ["hours": hours, "otherwise": one(of: ["discard", "delay"])]
    }

    private mutating func who(_ type: CampaignType) -> [String: JSONValue] {
        var who = Definitions.who(type)
        if type == .oneTime, flip() { who = ["segment_id": number(1...99)] } else { who["where"] = rule() }
        if type == .inaction, flip() { who["within"] = length(["minutes", "hours", "days"], 1...30) }
        if type == .dateTime { who["offset"] = length(["minutes", "hours", "days", "weeks"], -50...50) }
        if type.isLive, flip() { who["event"] = ["name": text(), "filters": filters()] }
        guard flip() else { return who }
        let reaches: [JSONValue] =
            type.isLive
            ? [["per_day": 100], ["overall": 500], ["per_day": 100, "overall": 1000]] : [["safety_limit": 100], ["at_most": 2500]]
        who["reach"] = one(of: reaches)
        return who
    }

    private mutating func what(_ type: CampaignType) -> [String: JSONValue] {
        switch number(0...3).int {
        case 0: return choice()
        case 1:
            return [
                "property": text(), "cases": [.object(with("value", "Gold")), .object(with("value", 2.5))], "default": .object(choice()),
            ]
        case 2:
            let variants = [30, 30, 40].map { percent in JSONValue.object(with("percent", .int(percent))) }
            return ["variants": .array(variants)]
        default:
            let size: JSONValue = type.isLive || flip() ? ["messages": 500, "minutes": 30] : ["percent": 20, "minutes": 5]
            return ["variants": [.object(with("name", "One")), .object(choice())], "mode": "winner", "test": size]
        }
    }

    private mutating func setup() -> [String: JSONValue] {
        var setup: [String: JSONValue] = ["control_group": ["percent": one(of: [0, 2, 99])]]
        if flip() { setup["system_control_group"] = .bool(flip()) }
        if flip() { setup["custom_control_group"] = text() }
        if flip() { setup["labels"] = ["vip", "Diwali 2026", "vip"] }
        if flip() { setup["limits"] = ["account": .bool(flip()), "gap": length(["hours", "days"], 1...30), "maximum": number(1...250)] }
        guard flip() else { return setup }
        setup["conversion"] = [
            "event": text(), "filters": filters(), "within": length(["hours", "days", "months"], 1...5), "revenue_property": "Amount",
        ]
        return setup
    }

    private mutating func choice() -> [String: JSONValue] {
        let variables: JSONValue = ["1": "{{ Profile.Name | default: \"there\" }}", "header": ["property": "Seat"], "button_0": "x"]
        return flip() ? ["template": "shop:plain"] : ["template": "shop:ticket", "language": "en_GB", "variables": variables]
    }

    private mutating func with(_ key: String, _ value: JSONValue) -> [String: JSONValue] {
        var members = choice()
        members[key] = value
        return members
    }

    private mutating func rule() -> JSONValue {
        one(of: [[:], ["did": [["event": "Booked", "within_days": 7]]], ["profile": [["name": "City", "value": "Pune"]]]])
    }

    private mutating func filters() -> JSONValue {
        one(of: [[], [["name": "Amount", "operator": "greater_than", "value": 50]]])
    }

    private mutating func text() -> JSONValue { one(of: ["Tickets", "Größe 😀", "a \"quoted\" name", "Added To Cart"]) }
    private mutating func number(_ range: ClosedRange<Int64>) -> JSONValue { .int(.random(in: range, using: &generator)) }
    private mutating func length(_ units: [String], _ range: ClosedRange<Int64>) -> JSONValue {
        [units.randomElement(using: &generator) ?? "": number(range)].asJSON
    }
    private mutating func one(of values: [JSONValue]) -> JSONValue { values.randomElement(using: &generator) ?? .null }
    private mutating func flip() -> Bool { .random(using: &generator) }
}

extension [String: JSONValue] {
    fileprivate var asJSON: JSONValue { .object(self) }
}
