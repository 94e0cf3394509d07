import Core
import WhatsApp

extension GupshupEnterpriseProvider {
    /// What goes out within 24 hours of the person's last message. Whether links get a preview is the gateway's own affair.
    static func form(of content: OutboundContent) throws(SendFailure) -> Form {
        switch content {
        case .text(let text): return ("SendMessage", [("msg_type", "DATA_TEXT"), ("msg", text.body)])
        case .media(let media): return form(of: media)
        case .buttons(let message):
            return form("dr_button", action(of: message), header: message.header, body: message.body, footer: message.footer)
        case .list(let message):
            return form("list", action(of: message), header: message.header, body: message.body, footer: message.footer)
        case .template, .location, .contacts, .reaction: throw unsupported("a message of the kind \(content.kind)")
        }
    }

    private static func form(of media: MediaMessage) -> Form {
        var fields = [("isHSM", "false"), ("msg_type", media.kind.rawValue.uppercased()), ("media_url", media.link)]
        if let caption = media.caption { fields.append(("caption", caption)) }
        if let filename = media.filename { fields.append(("filename", filename)) }
        return ("SendMediaMessage", fields)
    }

    private static func form(_ type: String, _ action: JSONValue, header: String?, body: String, footer: String?) -> Form {
        var fields = [("msg_type", "DATA_TEXT"), ("msg", body), ("interactive_type", type), ("action", action.text)]
        if let header { fields.append(("header", header)) }
        if let footer { fields.append(("footer", footer)) }
        return ("SendMessage", fields)
    }

    private static func action(of message: ButtonMessage) -> JSONValue {
        let buttons = message.buttons.map { button -> JSONValue in
            ["type": "reply", "reply": ["id": .string(button.id), "title": .string(button.title)]]
        }
        return ["buttons": .array(buttons)]
    }

    private static func action(of message: ListMessage) -> JSONValue {
        ["button": .string(message.button), "sections": .array(message.sections.map(section))]
    }

    private static func section(_ section: ListMessage.Section) -> JSONValue {
        var members: [String: JSONValue] = ["rows": .array(section.rows.map(row))]
        if let title = section.title { members["title"] = .string(title) }
        return .object(members)
    }

    private static func row(_ row: ReplyOption) -> JSONValue {
        var members: [String: JSONValue] = ["id": .string(row.id), "title": .string(row.title)]
        if let detail = row.detail { members["description"] = .string(detail) }
        return .object(members)
    }
}
