/// Where a template stands with WhatsApp.
package enum TemplateStanding: String, Hashable, Sendable, CaseIterable {
    case pending, approved, rejected
    /// Held for its quality; WhatsApp takes it up again by itself.
    case paused
    /// Switched off for good, or by the provider's staff.
    case disabled
    case deleted

    /// Reads the words of all vendors (`providers.md` 2.5, 2.9, 4.5, 5.5), in any case; nil for one that says nothing
    /// about whether the template can be sent, such as `FLAGGED`.
    package init?(vendorWord word: String) {
        switch word.uppercased() {
        case "APPROVED", "ENABLED", "REINSTATED", "UNARCHIVED", "ACTIVE": self = .approved
        case "PENDING", "IN_REVIEW", "SUBMITTED", "CREATED": self = .pending
        case "REJECTED", "FAILED": self = .rejected
        case "PAUSED", "LIMIT_EXCEEDED": self = .paused
        case "DISABLED", "IN_APPEAL", "LOCKED", "ARCHIVED": self = .disabled
        case "DELETED", "PENDING_DELETION": self = .deleted
        default: return nil
        }
    }
}

/// How people take a template, in WhatsApp's eyes.
package enum TemplateQuality: String, Hashable, Sendable, CaseIterable {
    case green, yellow, red, unknown

    /// Reads `GREEN`, `High`, `{"score": "GREEN"}`'s word …; nil for anything else.
    package init?(vendorWord word: String) {
        switch word.uppercased() {
        case "GREEN", "HIGH": self = .green
        case "YELLOW", "MEDIUM": self = .yellow
        case "RED", "LOW": self = .red
        case "UNKNOWN", "PENDING", "": self = .unknown
        default: return nil
        }
    }
}

/// One page of a vendor's list of templates.
package struct TemplatePage: Hashable, Sendable {
    package var templates: [ListedTemplate]
    /// What to ask for next, opaque; nil on the last page.
    package var next: String?

    package init(templates: [ListedTemplate], next: String?) { (self.templates, self.next) = (templates, next) }
}

/// A template as the vendor lists it.
package struct ListedTemplate: Hashable, Sendable {
    package var providerID: String?
    /// Nil where the vendor knows none.
    package var namespace: String?
    package var name: String
    package var language: String
    package var standing: TemplateStanding
    package var quality: TemplateQuality
    /// Nil for a kind that we cannot send, such as a carousel; `reason` then says so.
    package var content: TemplateContent?
    /// Why it was rejected, or why it cannot be sent.
    package var reason: String?

    package init(
        providerID: String?, namespace: String? = nil, name: String, language: String, standing: TemplateStanding,
        quality: TemplateQuality = .unknown, content: TemplateContent?, reason: String? = nil
    ) {
        (self.providerID, self.namespace, self.name, self.language) = (providerID, namespace, name, language)
        (self.standing, self.quality, self.content, self.reason) = (standing, quality, content, reason)
    }
}
