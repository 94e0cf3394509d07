package import Audience
package import Core
package import WhatsApp

/// The four types of campaign (claim 53). This version sends the first.
package enum CampaignType: String, Hashable, Sendable, CaseIterable {
    case oneTime = "one_time"
    case singleAction = "single_action"
    case inaction
    case dateTime = "date_time"
}

/// When a campaign begins.
package enum CampaignStart: Hashable, Sendable {
    /// As soon as it is scheduled.
    case now
    case at(Timestamp)
}

/// What somebody wants a campaign to be: when, who, what and setup.
package struct CampaignDefinition: Hashable, Sendable {
    package let name: String
    package let type: CampaignType
    /// Nil means the account's default channel.
    package let channelID: ChannelID?
    package let start: CampaignStart
    package let audience: AudienceRule
    package let template: TemplateName
    package let language: String
    /// What fills the template's slots.
    package let variables: [TemplateSlot: Personalisation]
    /// How many of a hundred are held back, 0 to 99.
    package let controlPercent: Int
}

extension CampaignDefinition {
    /// The audience for people to read.
    package var audienceInWords: String { audience.describe() }

    /// The template's name for people to read.
    package var templateName: String { template.description }

    /// Checks that every slot of the template is filled and nothing else is.
    /// - Throws: `InputError` that names the slot.
    package func check(against content: TemplateContent) throws(InputError) {
        let wanted = Set(content.slots)
        let known = wanted.isEmpty ? "nothing to fill" : "to fill: \(content.slots.map(\.key).joined(separator: ", "))"
        if let missing = wanted.subtracting(variables.keys).min() {
            throw InputError(
                code: "missing_variable", field: "what.variables.\(missing.key)", "The template has \(known); \(missing.key) is not filled."
            )
        }
        if let extra = Set(variables.keys).subtracting(wanted).min() {
            throw InputError(
                code: "unknown_variable", field: "what.variables.\(extra.key)", "The template has \(known); there is no \(extra.key).")
        }
    }
}
