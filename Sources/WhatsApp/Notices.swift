package import Core

/// A person told WhatsApp to stop, or to go on with, marketing messages of this business.
package struct MarketingPreference: Hashable, Sendable {
    package var person: WhatsAppPerson
    package var granted: Bool
    package var occurredAt: Timestamp
    /// The provider's own words, for the ledger.
    package var evidence: JSONValue

    package init(person: WhatsAppPerson, granted: Bool, occurredAt: Timestamp, evidence: JSONValue) {
        (self.person, self.granted, self.occurredAt, self.evidence) = (person, granted, occurredAt, evidence)
    }
}

/// A provider tells what became of a template. Nil where it says nothing.
package struct TemplateNotice: Hashable, Sendable {
    package var providerID: String?
    /// Without a namespace.
    package var name: String?
    package var language: String?
    package var standing: TemplateStanding?
    package var quality: TemplateQuality?
    package var category: TemplateContent.Category?
    /// The provider's words, for a person.
    package var reason: String?
    /// Its text changed: the list has to be read again.
    package var hasNewText: Bool

    package init(
        providerID: String? = nil, name: String? = nil, language: String? = nil, standing: TemplateStanding? = nil,
        quality: TemplateQuality? = nil, category: TemplateContent.Category? = nil, reason: String? = nil, hasNewText: Bool = false
    ) {
        self.hasNewText = hasNewText
        (self.providerID, self.name, self.language, self.standing) = (providerID, name, language, standing)
        (self.quality, self.category, self.reason) = (quality, category, reason)
    }
}

/// A provider tells something about the number or the account.
package struct ChannelNotice: Hashable, Sendable {
    /// What Delivery has to do: stop until somebody has looked, go on, or nothing but show it.
    package enum Effect: Hashable, Sendable {
        case halt(SendFailure)
        case resume
        case note
    }

    package var effect: Effect
    /// `account_restriction`, `quality_flagged`, `limit`, …
    package var code: String
    /// The provider's words, for a person.
    package var summary: String
    package var occurredAt: Timestamp?

    package init(_ effect: Effect, code: String, summary: String, occurredAt: Timestamp? = nil) {
        (self.effect, self.code, self.summary, self.occurredAt) = (effect, code, summary, occurredAt)
    }
}

/// A provider tells who somebody is: both addresses of one person, a new number, or another spelling of it.
package struct PersonNotice: Hashable, Sendable {
    package var person: WhatsAppPerson
    /// The number that the person had until now.
    package var formerPhone: PhoneNumber?
    /// The id that the person had until now.
    package var formerUserID: ScopedUserID?
    /// The number that WhatsApp uses for the person instead of `person.phone`, which was dialled.
    package var alias: PhoneNumber?

    package init(
        person: WhatsAppPerson, formerPhone: PhoneNumber? = nil, formerUserID: ScopedUserID? = nil, alias: PhoneNumber? = nil
    ) {
        (self.person, self.formerPhone, self.formerUserID, self.alias) = (person, formerPhone, formerUserID, alias)
    }
}
