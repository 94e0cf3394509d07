import Core
import WhatsApp

/// A message as the body of `POST /v1/messages`. What Vonage has no form of its own for goes as `custom`, whose object is
/// handed to WhatsApp as it is, in Meta's form (Vonage, "Messages API", custom).
enum VonageMessage {
    /// `client_ref` takes up to 100 characters and comes back in every status.
    static func json(of message: OutboundMessage, from number: PhoneNumber) throws(SendFailure) -> JSONValue {
        var members = try content(of: message)
        members["channel"] = "whatsapp"
        members["from"] = .string(number.digits)
        members["to"] = .string(address(of: message.to))
        members["client_ref"] = .string(message.id.description)
        if let target = target(of: message) { members["context"] = ["message_uuid": .string(target)] }
        return .object(members)
    }

    /// Vonage takes a business-scoped id in the place of the digits.
    private static func address(of recipient: Recipient) -> String {
        switch recipient {
        case .phone(let number): number.digits
        case .user(let id): id.text
        }
    }

    /// The message that this one quotes, or that it reacts to.
    private static func target(of message: OutboundMessage) -> String? {
        if case .reaction(_, let target) = message.content { target } else { message.quotes }
    }

    private static func content(of message: OutboundMessage) throws(SendFailure) -> [String: JSONValue] {
        switch message.content {
        case .text(let text) where !text.previewsLinks: ["message_type": "text", "text": .string(text.body)]
        case .media(let media): file(media)
        case .reaction(let emoji, _): reaction(emoji)
        case .template(let template) where template.isFilledInBodyOnly: plain(template)
        case .template(let template): try filled(template)
        case .text, .location, .contacts, .buttons, .list: try custom(message)
        }
    }

    private static func file(_ media: MediaMessage) -> [String: JSONValue] {
        let kind = media.kind == .document ? "file" : media.kind.rawValue
        var file: [String: JSONValue] = ["url": .string(media.link)]
        if let caption = media.caption { file["caption"] = .string(caption) }
        if let name = media.filename { file["name"] = .string(name) }
        return ["message_type": .string(kind), kind: .object(file)]
    }

    private static func reaction(_ emoji: String?) -> [String: JSONValue] {
        let reaction: JSONValue = emoji.map { ["action": "react", "emoji": .string($0)] } ?? ["action": "unreact"]
        return ["message_type": "reaction", "reaction": reaction]
    }

    /// `policy` has one value since WhatsApp dropped the other; the locale is spelt with an underscore, as Vonage's
    /// libraries do.
    private static func plain(_ message: TemplateMessage) -> [String: JSONValue] {
        var template: [String: JSONValue] = ["name": .string(message.fullName)]
        if !message.values.isEmpty { template["parameters"] = .array(message.values.map(JSONValue.string)) }
        return [
            "message_type": "template", "template": .object(template),
            "whatsapp": ["policy": "deterministic", "locale": .string(locale(message.language))],
        ]
    }

    /// Headers, buttons and named variables have no place in Vonage's own form.
    private static func filled(_ message: TemplateMessage) throws(SendFailure) -> [String: JSONValue] {
        var template = try MetaObject.template(message, namespace: message.hasNamespace ? message.name.namespace : nil).object ?? [:]
        template["language"] = ["policy": "deterministic", "code": .string(locale(message.language))]
        return ["message_type": "custom", "custom": ["type": "template", "template": .object(template)]]
    }

    /// Without what it quotes, which Vonage wants by its own id and outside.
    private static func custom(_ message: OutboundMessage) throws(SendFailure) -> [String: JSONValue] {
        var bare = message
        bare.quotes = nil
        return ["message_type": "custom", "custom": .object(try MetaObject.members(of: bare))]
    }

    private static func locale(_ language: String) -> String { String(language.map { $0 == "-" ? "_" : $0 }) }
}

extension TemplateMessage {
    /// Whether all values go to numbered variables of the body, in their order.
    fileprivate var isFilledInBodyOnly: Bool {
        content.body.names.isEmpty && content.slots.count == content.body.variableCount
    }
}
