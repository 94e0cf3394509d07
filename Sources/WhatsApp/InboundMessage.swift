package import Core

/// What a person wrote to one of our numbers.
package struct InboundMessage: Hashable, Sendable {
    /// The provider's id of this message; the same message delivered twice has the same one. At most 255 bytes.
    package var providerMessageID: String
    package var from: WhatsAppPerson
    package var occurredAt: Timestamp
    /// `text`, `image`, `video`, `audio`, `document`, `sticker`, `location`, `contacts`, `button` (a template's quick
    /// reply), `reply` (a reply button or a list's row), `reaction`, `order`, `system`, `edit`, `revoke`, `unsupported`; a
    /// word that is not known is kept as the provider wrote it.
    package var kind: String
    /// What the person wrote or tapped: the text, the caption, the title of the button, the emoji.
    package var text: String?
    /// The id or payload behind what was tapped.
    package var choice: String?
    /// The file, where there is one.
    package var media: InboundMedia?
    /// The whole message as the provider sent it.
    package var payload: JSONValue
    /// The message of ours that it quotes or reacts to, by the provider's id or WhatsApp's.
    package var quotedProviderMessageID: String?

    package init(
        providerMessageID: String, from: WhatsAppPerson, occurredAt: Timestamp, kind: String, text: String? = nil,
        choice: String? = nil, media: InboundMedia? = nil, payload: JSONValue, quotedProviderMessageID: String? = nil
    ) {
        (self.providerMessageID, self.from, self.occurredAt, self.kind) = (providerMessageID, from, occurredAt, kind)
        (self.text, self.choice, self.media, self.payload) = (text, choice, media, payload)
        self.quotedProviderMessageID = quotedProviderMessageID
    }
}

extension InboundMessage {
    /// Whether the person said something: WhatsApp's own notices, and changes of what was said before, are no replies.
    package var isReply: Bool { !["system", "edit", "revoke"].contains(kind) }
}

/// Who wrote, or whom a notice is about: a number, a business-scoped id, or both.
package struct WhatsAppPerson: Hashable, Sendable {
    package var phone: PhoneNumber?
    package var userID: ScopedUserID?
    /// The name that the person shows on WhatsApp.
    package var name: String?

    package init(phone: PhoneNumber?, userID: ScopedUserID? = nil, name: String? = nil) {
        (self.phone, self.userID, self.name) = (phone, userID, name)
    }

    /// The number's digits, else the business-scoped id; nil when neither is known.
    package var address: String? { phone?.digits ?? userID?.text }
}

/// A file that a person sent.
package struct InboundMedia: Hashable, Sendable {
    package var reference: MediaReference
    /// `image/jpeg`, in the provider's word.
    package var type: String?
    package var filename: String?

    package init(_ reference: MediaReference, type: String? = nil, filename: String? = nil) {
        (self.reference, self.type, self.filename) = (reference, type, filename)
    }
}
