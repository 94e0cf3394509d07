import Core
import WhatsApp

/// One message of a person: `{waNumber, mobile, name, type, timestamp}` and a field named like the type, whose value is an
/// object or the JSON of one; plain texts stand in `text`.
struct GupshupEnterpriseInbound {
    private let json: JSONValue
    private let type: String
    /// The object behind the type; null where there is none.
    private let content: JSONValue

    init(_ json: JSONValue) throws(UnreadableWebhook) {
        guard let type = json["type"]?.looseText?.lowercased() ?? (json["text"] == nil ? nil : "text") else {
            throw UnreadableWebhook("It has no type.")
        }
        (self.json, self.type) = (json, type)
        let field = json[type] ?? .null
        content = field.string.flatMap { try? JSONValue(parsing: $0) } ?? field
    }

    func message() throws(UnreadableWebhook) -> InboundMessage {
        guard let phone = json["mobile"]?.loosePhone else { throw UnreadableWebhook("It does not say who wrote.") }
        guard let time = json["timestamp"]?.looseTime else { throw UnreadableWebhook("It has no timestamp that can be read.") }
        return InboundMessage(
            providerMessageID: try id(), from: WhatsAppPerson(phone: phone, name: json["name"]?.looseText), occurredAt: time,
            kind: kind, text: text, choice: choice, media: media, payload: json, quotedProviderMessageID: json["replyId"]?.looseID)
    }

    /// Many accounts get no id.
    private func id() throws(UnreadableWebhook) -> String {
        guard let id = json["messageId"]?.looseText else {
            return ContentHash.id(of: [json["waNumber"], json["mobile"], json["timestamp"], json["type"], json[type] ?? json["text"]])
        }
        guard id.utf8.count <= 255 else { throw UnreadableWebhook("Its messageId is too long.") }
        return id
    }

    private var kind: String {
        switch type {
        case "voice": "audio"
        case "interactive": tapped == nil ? type : "reply"
        default: type.shortened(to: 40)
        }
    }

    /// The button or the row of an interactive message.
    private var tapped: JSONValue? {
        [content["button_reply"], content["list_reply"]].lazy.compactMap { $0 }.first { $0.object != nil }
    }

    private var text: String? {
        switch type {
        case "text": json["text"]?.looseText ?? content["body"]?.looseText
        case "button": content["text"]?.looseText
        case "interactive": tapped?["title"]?.looseText
        case "reaction": content["emoji"]?.looseText
        default: content["caption"]?.looseText
        }
    }

    private var choice: String? {
        switch type {
        case "button": content["payload"]?.looseText
        case "interactive": tapped?["id"]?.looseText
        default: nil
        }
    }

    /// The address is whole only with the signature behind it.
    private var media: InboundMedia? {
        guard let url = content["url"]?.looseText, Self.fileTypes.contains(type) else { return nil }
        return InboundMedia(
            .link(url + (content["signature"]?.looseText ?? "")), type: content["mime_type"]?.looseText,
            filename: content["filename"]?.looseText ?? content["name"]?.looseText)
    }

    private static let fileTypes: Set<String> = ["image", "video", "audio", "voice", "document", "sticker"]
}
