package import Core
package import Profiles
import WhatsApp

/// One call that sends a template to people who are named, at once.
package struct DirectCall: Sendable {
    /// What the caller files the messages under; messages with the same tag, template, language and channel have a campaign in
    /// common.
    package var tag: String
    package var channel: ChannelID
    /// `{template, language, variables}`, as in a campaign.
    package var what: JSONValue
    package var respectsAccountLimits: Bool
    /// The caller's name for this call: the same one within 24 hours is the same call.
    package var messageID: String?
    package var ids: [(kind: IdentityKind, value: String)]
    package var emails: [String]

    package init(
        tag: String, channel: ChannelID, what: JSONValue, respectsAccountLimits: Bool, messageID: String?,
        ids: [(kind: IdentityKind, value: String)], emails: [String]
    ) {
        (self.tag, self.channel, self.what, self.respectsAccountLimits) = (tag, channel, what, respectsAccountLimits)
        (self.messageID, self.ids, self.emails) = (messageID, ids, emails)
    }
}

extension DirectCall {
    /// The campaign that its messages belong to. Control groups hold nobody back: somebody waits for what they asked for.
    func definition() throws(InputError) -> CampaignDefinition {
        try CampaignDefinition(json: [
            "name": .string(tag), "type": .string(CampaignType.direct.rawValue), "channel_id": .int(channel.rawValue),
            "when": ["start": "now"], "who": ["where": [:]], "what": what,
            "setup": ["system_control_group": false, "limits": ["account": .bool(respectsAccountLimits)]],
        ])
    }

    /// What the messages of one campaign have in common.
    func key(_ choice: TemplateChoice) -> String {
        let parts: [JSONValue] = [
            .string(tag), .string(choice.template.description), .string(choice.language), .int(channel.rawValue),
            .bool(respectsAccountLimits),
        ]
        return JSONValue.array(parts).text
    }
}
