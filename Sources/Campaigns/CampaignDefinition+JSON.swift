import Audience
import Channels
package import Core
import WhatsApp

extension CampaignDefinition {
    private static let code = "invalid_campaign"

    /// Reads `{name, type, channel_id?, when: {start}, who: {where}, what: {template, language?, variables?},
    /// setup?: {control_group?: {percent}}}`.
    /// - Throws: `InputError` whose field is the path of what is wrong; keys that are not known are refused.
    package init(json: JSONValue) throws(InputError) {
        let input = try InputObject(json, code: Self.code, keys: ["name", "type", "channel_id", "when", "who", "what", "setup"])
        name = try input.line("name", limit: 120)
        type = try Self.type(input)
        channelID = try Self.channel(input)
        start = try Self.start(input)
        audience = try Self.audience(input)
        let what = try input.object("what", keys: ["template", "language", "variables"])
        template = try Self.template(what)
        language = try TemplateLanguage.read(what["language"], field: "what.language")
        variables = try Self.variables(what, of: type)
        controlPercent = try Self.controlPercent(input)
    }

    /// The form that `init(json:)` reads; reading it gives the same definition.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "type": .string(type.rawValue), "when": ["start": startJSON], "who": ["where": audience.json],
        ]
        members["channel_id"] = channelID.map { .int($0.rawValue) }
        let values = variables.map { ($0.key, $1.json) }
        members["what"] = [
            "template": .string(template.description), "language": .string(language),
            "variables": .object(Dictionary(values) { $1 }),
        ]
        if controlPercent > 0 { members["setup"] = ["control_group": ["percent": .int(Int64(controlPercent))]] }
        return .object(members)
    }

    private var startJSON: JSONValue {
        switch start {
        case .now: "now"
        case .at(let time): .string(time.iso8601(fraction: time.microseconds % 1_000_000 != 0))
        }
    }

    private static func type(_ input: InputObject) throws(InputError) -> CampaignType {
        let known = "The types are one_time, single_action, inaction and date_time; this version sends one_time."
        guard let type = input["type"]?.string.flatMap(CampaignType.init(rawValue:)), type == .oneTime else {
            throw InputError(code: "invalid_type", field: "type", known)
        }
        return type
    }

    private static func channel(_ input: InputObject) throws(InputError) -> ChannelID? {
        guard let value = input["channel_id"] else { return nil }
        guard let number = value.int, number > 0 else { throw input.error("channel_id", "channel_id must be the number of a channel.") }
        return ChannelID(rawValue: number)
    }

    private static func start(_ input: InputObject) throws(InputError) -> CampaignStart {
        let when = try input.object("when", keys: ["start", "end"])
        guard when["end"] == nil else { throw when.error("end", "An end belongs to the live types; one_time ends by itself.") }
        if when["start"]?.string == "now" { return .now }
        guard let time = when["start"]?.string.flatMap(Timestamp.init(iso8601:)) else {
            throw when.error("start", #"start must be "now" or an ISO 8601 time with zone, as in 2026-11-02T10:00:00+05:30."#)
        }
        return .at(time)
    }

    private static func audience(_ input: InputObject) throws(InputError) -> AudienceRule {
        let who = try input.object("who", keys: ["where", "segment_id"])
        guard who["segment_id"] == nil else {
            throw who.error("segment_id", "Saved segments are not known in this version; give the rule in who.where.")
        }
        guard let rule = who["where"] else {
            throw who.error("where", "An audience must be given; {} is everyone.")
        }
        return try AudienceRule(json: rule, path: "who.where")
    }

    private static func template(_ what: InputObject) throws(InputError) -> TemplateName {
        guard let name = what["template"]?.string else {
            throw what.error("template", "A campaign needs a template, named <namespace>:<name>, as in shop:order_ready.")
        }
        return try TemplateName(name, field: "what.template")
    }

    private static func variables(_ what: InputObject, of type: CampaignType) throws(InputError) -> [TemplateSlot: Personalisation] {
        guard let value = what["variables"] else { return [:] }
        guard let members = value.object else {
            throw what.error("variables", #"variables must be an object, as in {"1": "{{ Profile.Name }}", "2": "fixed text"}."#)
        }
        var variables: [TemplateSlot: Personalisation] = [:]
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let slot = TemplateSlot(key: key) else {
                throw what.error(
                    "variables.\(key.prefix(40))",
                    "A variable is named by its number, from 1; a header by header, a button by button_0 and so on.")
            }
            variables[slot] = try variable(value, field: "what.variables.\(key)", of: type)
        }
        return variables
    }

    private static func variable(_ json: JSONValue, field: String, of type: CampaignType) throws(InputError) -> Personalisation {
        let variable = try Personalisation(json: json, field: field)
        guard type != .oneTime || !variable.usesEvent else {
            throw InputError(
                code: "invalid_variable", field: field,
                "Event. is known only in campaigns that an event triggers; this one knows Profile., as in \(Personalisation.example).")
        }
        return variable
    }

    private static func controlPercent(_ input: InputObject) throws(InputError) -> Int {
        guard input["setup"] != nil else { return 0 }
        let setup = try input.object("setup", keys: ["control_group"])
        guard setup["control_group"] != nil else { return 0 }
        let group = try setup.object("control_group", keys: ["percent"])
        guard let percent = group["percent"]?.int, (0...99).contains(percent) else {
            throw group.error("percent", "percent must be a whole number from 0 to 99.")
        }
        return Int(percent)
    }
}
