package import Core

/// What a campaign says.
package enum CampaignWhat: Hashable, Sendable {
    case single(TemplateChoice)
    case variants(MessageVariants)
    case byProperty(PropertyMessages)

    /// Every template that it may send, with its place in the campaign: `what.variants[0]`. Never empty.
    package var choices: [(choice: TemplateChoice, path: String)] {
        switch self {
        case .single(let choice): [(choice, "what")]
        case .variants(let test): test.variants.enumerated().map { ($1.choice, "what.variants[\($0)]") }
        case .byProperty(let messages):
            messages.cases.enumerated().map { ($1.choice, "what.cases[\($0)]") } + [(messages.standard, "what.default")]
        }
    }

    /// The one that stands for all of them, in lists and tables.
    package var first: TemplateChoice {
        switch self {
        case .single(let choice): choice
        case .variants(let test): test.variants[0].choice
        case .byProperty(let messages): messages.cases[0].choice
        }
    }
}

extension CampaignWhat {
    /// Reads one template, `MessageVariants` when there are variants, `PropertyMessages` when there is a property.
    init(_ campaign: InputObject, type: CampaignType) throws(InputError) {
        let members = campaign["what"]?.object ?? [:]
        if members["variants"] != nil {
            self = .variants(try MessageVariants(campaign.object("what", keys: MessageVariants.keys), type: type))
        } else if PropertyMessages.keys.contains(where: { members[$0] != nil }) {
            self = .byProperty(try PropertyMessages(campaign.object("what", keys: PropertyMessages.keys)))
        } else {
            self = .single(try TemplateChoice(campaign.object("what", keys: TemplateChoice.keys)))
        }
    }

    package var json: JSONValue {
        switch self {
        case .single(let choice): .object(choice.members)
        case .variants(let test): .object(test.members)
        case .byProperty(let messages): .object(messages.members)
        }
    }
}
