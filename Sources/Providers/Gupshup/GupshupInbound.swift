import Core
import WhatsApp

/// What a person wrote: an event of type `message` (Gupshup, "Inbound messages").
enum GupshupInbound {
    static func message(in envelope: GupshupEnvelope) throws(UnreadableWebhook) -> InboundMessage {
        let (payload, detail) = (envelope.payload, envelope.detail)
        guard let id = try GupshupEnvelope.id(payload["id"]) else { throw UnreadableWebhook("It has no message id.") }
        let sender = person(in: payload)
        guard sender.address != nil else { throw UnreadableWebhook("It does not say who wrote.") }
        guard let word = payload["type"]?.looseText else { throw UnreadableWebhook("It does not say what kind of message it is.") }
        let kind = kind(word, detail)
        return InboundMessage(
            providerMessageID: id, from: sender, occurredAt: try envelope.time(payload["timestamp"]), kind: kind,
            text: text(kind, detail), choice: isTap(kind) ? detail["postbackText"]?.looseText : nil, media: media(kind, detail),
            payload: payload, quotedProviderMessageID: try quoted(payload, detail))
    }

    /// `source` is the number, or the business-scoped id of a person who hides it.
    private static func person(in payload: JSONValue) -> WhatsAppPerson {
        let (source, sender) = (payload["source"], payload["sender"])
        let phone = source.flatMap(GupshupEnvelope.phone) ?? sender?["phone"].flatMap(GupshupEnvelope.phone)
        let user = GupshupEnvelope.userID(in: sender) ?? source?.looseText.flatMap(ScopedUserID.init)
        return WhatsAppPerson(phone: phone, userID: user, name: sender?["name"]?.looseText)
    }

    /// The pages contradict each other on the outer word of a tap, so the inner object decides: a template's quick reply
    /// says `"type":"button"`, a reply button and a list's row have a title.
    private static func kind(_ word: String, _ detail: JSONValue) -> String {
        switch word {
        case "text", "quick_reply", "button", "button_reply", "list_reply":
            if detail["type"]?.string == "button" { return "button" }
            if detail["title"]?.looseText != nil { return "reply" }
            return ["text": "text", "button_reply": "reply", "list_reply": "reply"][word] ?? "button"
        case "file": return "document"
        case "contact": return "contacts"
        default: return word.shortened(to: 40)
        }
    }

    private static func isTap(_ kind: String) -> Bool { kind == "button" || kind == "reply" }

    private static func text(_ kind: String, _ detail: JSONValue) -> String? {
        switch kind {
        case "text", "button": detail["text"]?.looseText
        case "reply": detail["title"]?.looseText ?? detail["reply"]?.looseText
        case "reaction": detail["emoji"]?.looseText
        default: detail["caption"]?.looseText
        }
    }

    private static func media(_ kind: String, _ detail: JSONValue) -> InboundMedia? {
        guard ["image", "video", "audio", "document", "sticker"].contains(kind), let link = detail["url"]?.looseText else { return nil }
        return InboundMedia(.link(link), type: detail["contentType"]?.looseText, filename: detail["name"]?.looseText)
    }

    /// Gupshup's id of the message, by which we know it, else WhatsApp's.
    private static func quoted(_ payload: JSONValue, _ detail: JSONValue) throws(UnreadableWebhook) -> String? {
        let context = payload["context"]
        let named = [context?["gsId"], context?["id"]] + (payload["type"] == "reaction" ? [detail["gsId"], detail["msgId"]] : [])
        return try GupshupEnvelope.id(named.compactMap { $0 }.first { $0.looseText != nil })
    }
}
