import Core
import WhatsApp

/// Meta's message object: what a message says, without who gets it and under which reference (Meta, "Messages"). Vendors
/// that pass Meta's own form on send it inside theirs.
enum MetaObject {
    /// `type`, the member of that name, and `context` when the message quotes another.
    /// - Throws: `SendFailure` to reject, code `invalid_content`, for a template whose header is not filled.
    static func members(of message: OutboundMessage) throws(SendFailure) -> [String: JSONValue] {
        let (type, value) = try typed(message.content)
        var members: [String: JSONValue] = ["type": .string(type), type: value]
        if let quotes = message.quotes { members["context"] = ["message_id": .string(quotes)] }
        return members
    }

    private static func typed(_ content: OutboundContent) throws(SendFailure) -> (type: String, value: JSONValue) {
        switch content {
        case .template(let template): ("template", try Self.template(template, namespace: nil))
        case .text(let text): ("text", ["body": .string(text.body), "preview_url": .bool(text.previewsLinks)])
        case .media(let media): (media.kind.rawValue, file(media))
        case .location(let place): ("location", location(place))
        case .contacts(let cards): ("contacts", .array(cards.map(contact)))
        case .buttons(let message): ("interactive", interactive(message))
        case .list(let message): ("interactive", interactive(message))
        case .reaction(let emoji, let target): ("reaction", ["message_id": .string(target), "emoji": .string(emoji ?? "")])
        }
    }

    static func location(_ place: Location) -> JSONValue {
        object([
            "latitude": .double(place.latitude), "longitude": .double(place.longitude), "name": text(place.name),
            "address": text(place.address),
        ])
    }

    private static func file(_ media: MediaMessage) -> JSONValue {
        object(["link": .string(media.link), "caption": text(media.caption), "filename": text(media.filename)])
    }

    /// Meta wants one part of the name besides the whole of it.
    private static func contact(_ card: ContactCard) -> JSONValue {
        let first = card.name.split(separator: " ").first.map(String.init) ?? card.name
        return [
            "name": ["formatted_name": .string(card.name), "first_name": .string(first)],
            "phones": .array(card.phones.map { ["phone": .string($0)] }),
        ]
    }

    private static func text(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }

    /// Without the members that are nil.
    private static func object(_ members: [String: JSONValue?]) -> JSONValue { .object(members.compactMapValues { $0 }) }
}

extension MetaObject {
    private static func interactive(_ message: ButtonMessage) -> JSONValue {
        let buttons = message.buttons.map { option -> JSONValue in
            ["type": "reply", "reply": ["id": .string(option.id), "title": .string(option.title)]]
        }
        return frame("button", message.header, message.body, message.footer, action: ["buttons": .array(buttons)])
    }

    private static func interactive(_ message: ListMessage) -> JSONValue {
        let sections = message.sections.map { section in
            object(["title": text(section.title), "rows": .array(section.rows.map(row))])
        }
        return frame(
            "list", message.header, message.body, message.footer, action: ["button": .string(message.button), "sections": .array(sections)])
    }

    private static func row(_ option: ReplyOption) -> JSONValue {
        object(["id": .string(option.id), "title": .string(option.title), "description": text(option.detail)])
    }

    private static func frame(_ type: String, _ header: String?, _ body: String, _ footer: String?, action: JSONValue) -> JSONValue {
        object([
            "type": .string(type), "header": header.map { ["type": "text", "text": .string($0)] }, "body": ["text": .string(body)],
            "footer": footer.map { ["text": .string($0)] }, "action": action,
        ])
    }
}
