import Core
import WhatsApp

/// The `message` field of a free-form message, one object for each kind (Gupshup, "Session messages"). What is not there is
/// left out: Gupshup refuses null.
enum GupshupMessage {
    /// - Throws: `SendFailure` to reject what Gupshup documents no object for.
    static func json(of message: OutboundMessage) throws(SendFailure) -> JSONValue {
        var members = try members(of: message.content, id: message.id)
        if let quoted = message.quotes {
            if case .reaction = message.content { throw unsupported("a reaction that quotes a message") }
            members["context"] = ["msgId": .string(quoted)]
        }
        return .object(members)
    }

    static func unsupported(_ kind: String) -> SendFailure {
        SendFailure(.reject, code: "unsupported_kind", summary: "Gupshup cannot send \(kind).")
    }

    private static func members(of content: OutboundContent, id: MessageID) throws(SendFailure) -> [String: JSONValue] {
        switch content {
        case .template: throw unsupported("a template as a free-form message")
        case .text(let text): ["type": "text", "text": .string(text.body), "previewUrl": .bool(text.previewsLinks)]
        case .media(let media): self.media(media)
        case .location(let place): location(place).merging(["type": "location"]) { $1 }
        case .contacts: throw unsupported("contacts")
        case .buttons(let message): buttons(message, id)
        case .list(let message): try list(message, id)
        case .reaction(let emoji, let target):
            ["type": "reaction", "msgId": .string(target), "emoji": .string(emoji ?? "")]
        }
    }

    /// An image has two addresses, one of them for the preview; a document is called a file.
    private static func media(_ media: MediaMessage) -> [String: JSONValue] {
        let link = JSONValue.string(media.link)
        var members: [String: JSONValue] =
            switch media.kind {
            case .image: ["type": "image", "originalUrl": link, "previewUrl": link]
            case .document: ["type": "file", "url": link]
            case .video, .audio, .sticker: ["type": .string(media.kind.rawValue), "url": link]
            }
        members["caption"] = media.caption.map(JSONValue.string)
        members["filename"] = media.filename.map(JSONValue.string)
        return members
    }

    /// Without the type, as the header of a template has it, too.
    static func location(_ place: Location) -> [String: JSONValue] {
        var members: [String: JSONValue] = ["latitude": .double(place.latitude), "longitude": .double(place.longitude)]
        members["name"] = place.name.map(JSONValue.string)
        members["address"] = place.address.map(JSONValue.string)
        return members
    }

    /// `msgid` comes back with the tap, but not from every account; `postbackText` does.
    private static func buttons(_ message: ButtonMessage, _ id: MessageID) -> [String: JSONValue] {
        var content: [String: JSONValue] = ["type": "text", "text": .string(message.body)]
        content["header"] = message.header.map(JSONValue.string)
        content["caption"] = message.footer.map(JSONValue.string)
        return [
            "type": "quick_reply", "msgid": .string(id.description), "content": .object(content),
            "options": .array(message.buttons.map { .object(option($0)) }),
        ]
    }

    private static func list(_ message: ListMessage, _ id: MessageID) throws(SendFailure) -> [String: JSONValue] {
        guard message.footer == nil else { throw unsupported("a list with a footer") }
        var members: [String: JSONValue] = [
            "type": "list", "body": .string(message.body), "msgid": .string(id.description),
            "globalButtons": [["type": "text", "title": .string(message.button)]],
            "items": .array(message.sections.map(item)),
        ]
        members["title"] = message.header.map(JSONValue.string)
        return members
    }

    private static func item(_ section: ListMessage.Section) -> JSONValue {
        var members: [String: JSONValue] = ["subtitle": "", "options": .array(section.rows.map { .object(option($0)) })]
        members["title"] = section.title.map(JSONValue.string)
        return .object(members)
    }

    private static func option(_ option: ReplyOption) -> [String: JSONValue] {
        var members: [String: JSONValue] = [
            "type": "text", "title": .string(option.title), "postbackText": .string(option.id),
        ]
        members["description"] = option.detail.map(JSONValue.string)
        return members
    }
}
