import Core
import WhatsApp

/// One message of a person: `{from, wabaNumber, timestamp, type, context?}` and an object named like the type.
struct GenericInbound {
    private let json: JSONValue
    private let type: String
    /// The object behind the type; null where there is none.
    private let content: JSONValue

    init(_ json: JSONValue) throws(UnreadableWebhook) {
        guard let type = json["type"]?.looseText?.lowercased() else { throw UnreadableWebhook("It has no type.") }
        (self.json, self.type) = (json, type)
        content = json[type] ?? .null
    }

    /// `context.id` is the reference of ours that the person answers.
    func message() throws(UnreadableWebhook) -> InboundMessage {
        guard let phone = json["from"]?.loosePhone else { throw UnreadableWebhook("It does not say who wrote.") }
        guard let time = json["timestamp"]?.looseTime else { throw UnreadableWebhook("It has no timestamp that can be read.") }
        return InboundMessage(
            providerMessageID: try id(), from: WhatsAppPerson(phone: phone, name: json["name"]?.looseText), occurredAt: time,
            kind: type == "file" ? "document" : type.shortened(to: 40), text: text, choice: choice, media: media, payload: json,
            quotedProviderMessageID: json["context"]?["id"]?.looseID)
    }

    /// The contract has none; who speaks it may add one.
    private func id() throws(UnreadableWebhook) -> String {
        guard let id = (json["msgId"] ?? json["id"])?.looseText else {
            return ContentHash.id(of: [json["wabaNumber"], json["from"], json["timestamp"], json["type"], content])
        }
        guard id.utf8.count <= 255 else { throw UnreadableWebhook("Its id is too long.") }
        return id
    }

    /// A text may stand there without an object around it.
    private var text: String? {
        (content["body"] ?? content["caption"] ?? content["text"] ?? content["title"])?.looseText
            ?? (type == "text" ? content.looseText : nil)
    }

    private var choice: String? { type == "button" ? content["payload"]?.looseText : nil }

    private var media: InboundMedia? {
        guard let url = content["mediaURL"]?.looseText else { return nil }
        return InboundMedia(.link(url), type: content["mimetype"]?.looseText, filename: content["filename"]?.looseText)
    }
}
