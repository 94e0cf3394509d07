package import Core
package import WhatsApp

/// An approved (or not yet approved) text with variables, as it stands at the provider.
package struct Template: Hashable, Sendable {
    /// Where WhatsApp's approval stands. Only approved templates can be scheduled (claims 34 and 36).
    package enum Approval: String, Hashable, Sendable, CaseIterable { case pending, approved, rejected }

    /// Why an approved template cannot be sent for now, or ever.
    package enum Pause: String, Hashable, Sendable, CaseIterable { case paused, disabled, deleted }

    package let id: TemplateID
    package let accountID: AccountID
    package let channelID: ChannelID
    package let name: TemplateName
    /// Whether the namespace is WhatsApp's. A provider's list may know none; then it only tells templates apart here.
    package let hasNamespace: Bool
    /// WhatsApp's code: `en`, `en_GB`. Name and language together are unique on a channel.
    package let language: String
    package internal(set) var content: TemplateContent
    package internal(set) var approval: Approval
    package let createdAt: Timestamp
    package internal(set) var updatedAt: Timestamp
    /// The provider's own id, where it has told one.
    package internal(set) var providerID: String?
    package internal(set) var quality: TemplateQuality
    package internal(set) var pause: Pause?
    /// Why it was paused or rejected, in the provider's words.
    package internal(set) var pauseReason: String?
    /// Set when sends were refused because of the template.
    package internal(set) var hold: Hold?

    /// Whether messages of it go out now.
    package var isOpen: Bool { approval == .approved && pause == nil && hold == nil }
}

extension Template {
    /// Takes over where the template stands with the provider. News that it can be sent also lift a hold.
    mutating func stand(_ standing: TemplateStanding, reason: String?) {
        (pause, pauseReason) = (nil, reason)
        switch standing {
        case .pending: approval = .pending
        case .rejected: approval = .rejected
        case .approved: (approval, pauseReason, hold) = (.approved, nil, nil)
        case .paused: (approval, pause) = (.approved, .paused)
        case .disabled: (approval, pause) = (.approved, .disabled)
        case .deleted: (approval, pause) = (.approved, .deleted)
        }
    }
}
