package import Core
package import WhatsApp

/// An approved (or not yet approved) text with numbered variables, as it stands at the provider.
package struct Template: Hashable, Sendable {
    /// Where WhatsApp's approval stands. Only approved templates can be scheduled (claims 34 and 36).
    package enum Approval: String, Hashable, Sendable, CaseIterable { case pending, approved, rejected }

    package let id: TemplateID
    package let accountID: AccountID
    package let channelID: ChannelID
    package let name: TemplateName
    /// WhatsApp's code: `en`, `en_GB`. Name and language together are unique on a channel.
    package let language: String
    package let content: TemplateContent
    package let approval: Approval
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
}
