import Audience
package import Core
import WhatsApp

extension CampaignDefinition {
    private static let keys = ["name", "type", "channel_id", "when", "who", "what", "setup"]

    /// Reads `{name, type, channel_id?, when, who, what, setup?}`; `docs/campaigns.md` shows the forms.
    /// - Throws: `InputError` whose field is the path of what is wrong; keys that are not known are refused.
    package init(json: JSONValue) throws(InputError) {
        let input = try InputObject(json, code: "invalid_campaign", keys: Self.keys)
        name = try input.line("name", limit: 120)
        type = try CampaignType.read(input)
        channelID = try Self.channel(input)
        when = try CampaignWhen(input, type: type)
        who = try CampaignWho(input, type: type)
        what = try CampaignWhat(input, type: type)
        setup = try CampaignSetup(input)
        try checkEventValues()
    }

    /// The form that `init(json:)` reads; reading it gives the same definition.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "type": .string(type.rawValue), "when": when.json, "who": who.json, "what": what.json,
        ]
        members["channel_id"] = channelID.map { .int($0.rawValue) }
        members["setup"] = setup.json
        return .object(members)
    }

    private static func channel(_ input: InputObject) throws(InputError) -> ChannelID? {
        guard let value = input["channel_id"] else { return nil }
        guard let number = value.int, number > 0 else { throw input.error("channel_id", "channel_id must be the number of a channel.") }
        return ChannelID(rawValue: number)
    }

    /// The event's values are there for live types only, and after a wait only when it was a day at most.
    private func checkEventValues() throws(InputError) {
        guard let problem = eventProblem else { return }
        for (choice, path) in what.choices {
            for (slot, variable) in choice.variables.sorted(by: { $0.key < $1.key }) where variable.usesEvent {
                throw InputError(code: "invalid_variable", field: "\(path).variables.\(slot.key)", problem)
            }
        }
    }

    private var eventProblem: String? {
        switch who.trigger {
        case nil, .profileDate: return "Event. is known only in campaigns that an event triggers; this one knows Profile."
        case .inaction(_, _, let wait):
            guard wait.length > Self.longestMemory else { return nil }
            return "Event. is known only when the wait is 24 hours at most; this campaign knows Profile."
        case .singleAction, .eventDate: return nil
        }
    }

    /// The longest wait at whose end the event's values can still be had.
    private static let longestMemory = Duration.seconds(86_400)
}
