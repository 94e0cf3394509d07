package import Core

/// A message that is ready for the wire.
package struct OutboundMessage: Hashable, Sendable {
    /// Our reference; providers that take one echo it in receipts.
    package var id: MessageID
    package var to: Recipient
    package var content: OutboundContent
    /// The provider's id of the message that this one quotes.
    package var quotes: String?

    package init(id: MessageID, to: Recipient, content: OutboundContent, quotes: String? = nil) {
        (self.id, self.to, self.content, self.quotes) = (id, to, content, quotes)
    }
}

/// Who gets a message. A business-scoped id never stands where a number is wanted (`providers.md` 2.7).
package enum Recipient: Hashable, Sendable {
    case phone(PhoneNumber)
    /// A person whose number WhatsApp keeps to itself.
    case user(ScopedUserID)

    package var phone: PhoneNumber? { if case .phone(let phone) = self { phone } else { nil } }
}

/// What a message says. All but templates are free-form: WhatsApp takes them within 24 hours of the person's last message.
package enum OutboundContent: Hashable, Sendable {
    case template(TemplateMessage)
    case text(TextMessage)
    case media(MediaMessage)
    case location(Location)
    case contacts([ContactCard])
    case buttons(ButtonMessage)
    case list(ListMessage)
    /// Nil takes the reaction back.
    case reaction(emoji: String?, to: String)

    /// The word for people and statistics: `template`, `text`, `image`, …
    package var kind: String {
        switch self {
        case .template: "template"
        case .text: "text"
        case .media(let media): media.kind.rawValue
        case .location: "location"
        case .contacts: "contacts"
        case .buttons: "buttons"
        case .list: "list"
        case .reaction: "reaction"
        }
    }
}

/// An approved template and what fills it.
package struct TemplateMessage: Hashable, Sendable {
    package var name: TemplateName
    /// Whether the provider knows the namespace of the name; else it only tells templates apart here.
    package var hasNamespace: Bool
    /// WhatsApp's code, with an underscore: `en_GB`.
    package var language: String
    /// What the template says; vendors that are sent the finished text need it, and those that are sent components do.
    package var content: TemplateContent
    /// One for each of `content.slots`, in their order: `values[0]` fills `{{1}}` of the body.
    package var values: [String]
    /// The provider's own id of the template, from its list; Gupshup sends by it.
    package var providerID: String?

    package init(
        name: TemplateName, hasNamespace: Bool = true, language: String, content: TemplateContent, values: [String],
        providerID: String? = nil
    ) {
        (self.name, self.hasNamespace, self.language, self.content) = (name, hasNamespace, language, content)
        (self.values, self.providerID) = (values, providerID)
    }

    /// The name as the provider knows it: `<namespace>:<name>`, or the name alone.
    package var fullName: String { hasNamespace ? name.description : name.name }
}

package struct TextMessage: Hashable, Sendable {
    /// 1 to 4,096 characters.
    package var body: String
    package var previewsLinks: Bool

    package init(_ body: String, previewsLinks: Bool = false) { (self.body, self.previewsLinks) = (body, previewsLinks) }
}

/// A file that the provider fetches from a public address. Types and sizes: `providers.md` 6.4.
package struct MediaMessage: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case image, video, audio, document, sticker }

    package var kind: Kind
    /// A public https address.
    package var link: String
    /// At most 1,024 characters; audio and stickers have none.
    package var caption: String?
    /// Of a document.
    package var filename: String?

    package init(_ kind: Kind, link: String, caption: String? = nil, filename: String? = nil) {
        (self.kind, self.link, self.caption, self.filename) = (kind, link, caption, filename)
    }
}

package struct Location: Hashable, Sendable {
    /// Degrees, -90 to 90 and -180 to 180.
    package var latitude: Double
    package var longitude: Double
    package var name: String?
    package var address: String?

    package init(latitude: Double, longitude: Double, name: String? = nil, address: String? = nil) {
        (self.latitude, self.longitude, self.name, self.address) = (latitude, longitude, name, address)
    }
}

package struct ContactCard: Hashable, Sendable {
    package var name: String
    /// With the plus sign.
    package var phones: [String]

    package init(name: String, phones: [String]) { (self.name, self.phones) = (name, phones) }
}

/// A text with up to three reply buttons, each with a title of at most 20 characters and an id of at most 256.
package struct ButtonMessage: Hashable, Sendable {
    package var header: String?
    package var body: String
    package var footer: String?
    package var buttons: [ReplyOption]

    package init(header: String? = nil, body: String, footer: String? = nil, buttons: [ReplyOption]) {
        (self.header, self.body, self.footer, self.buttons) = (header, body, footer, buttons)
    }
}

/// A text with a button that opens a list of at most ten rows in all.
package struct ListMessage: Hashable, Sendable {
    package struct Section: Hashable, Sendable {
        /// At most 24 characters; may be left out when it is the only one.
        package var title: String?
        package var rows: [ReplyOption]

        package init(title: String? = nil, rows: [ReplyOption]) { (self.title, self.rows) = (title, rows) }
    }

    package var header: String?
    package var body: String
    package var footer: String?
    /// What opens the list, at most 20 characters.
    package var button: String
    package var sections: [Section]

    package init(header: String? = nil, body: String, footer: String? = nil, button: String, sections: [Section]) {
        (self.header, self.body, self.footer) = (header, body, footer)
        (self.button, self.sections) = (button, sections)
    }
}

/// What a person can tap; the id comes back with the reply.
package struct ReplyOption: Hashable, Sendable {
    package var id: String
    package var title: String
    /// Of a list's row, at most 72 characters.
    package var detail: String?

    package init(id: String, title: String, detail: String? = nil) { (self.id, self.title, self.detail) = (id, title, detail) }
}
