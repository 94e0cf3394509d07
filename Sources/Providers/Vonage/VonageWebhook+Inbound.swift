import Core
import WhatsApp

extension VonageWebhook {
    func inbound() throws(UnreadableWebhook) -> InboundMessage {
        guard let id = Self.id(json) else { throw UnreadableWebhook("It has no message_uuid.") }
        guard let word = json["message_type"]?.looseText else { throw UnreadableWebhook("It has no message_type.") }
        return InboundMessage(
            providerMessageID: id, from: try sender(), occurredAt: try time(), kind: Self.kinds[word] ?? word.shortened(to: 40),
            text: text(of: word), choice: choice(of: word), media: media(of: word), payload: json,
            quotedProviderMessageID: Self.id(json["context"]))
    }

    /// `from` is a number, or the business-scoped id of a person whose number WhatsApp keeps to itself.
    private func sender() throws(UnreadableWebhook) -> WhatsAppPerson {
        let (from, known, profile) = (json["from"], json["whatsapp"]?["sender"], json["profile"])
        let person = WhatsAppPerson(
            phone: Self.phone(from) ?? Self.phone(known?["wa_id"]), userID: Self.userID(from) ?? Self.userID(known?["user_id"]),
            name: (profile?["name"]?.looseText ?? profile?["username"]?.looseText)?.shortened(to: 200))
        guard person.address != nil else { throw UnreadableWebhook("It does not say who wrote.") }
        return person
    }

    /// Where Vonage's word for a kind is not ours.
    private static let kinds = ["file": "document", "vcard": "contacts", "contact": "contacts"]

    /// What the person wrote or tapped; the other kinds are only in the payload.
    private func text(of word: String) -> String? {
        switch word {
        case "text": json["text"]?.looseText
        case "image", "video", "file": json[word]?["caption"]?.looseText
        case "button": json["button"]?["text"]?.looseText
        case "reply": json["reply"]?["title"]?.looseText
        case "reaction": json["reaction"]?["emoji"]?.looseText
        default: nil
        }
    }

    /// The answers of a flow come as an object in the place of the payload; they are kept as JSON.
    private func choice(of word: String) -> String? {
        switch word {
        case "button":
            let payload = json["button"]?["payload"]
            return payload?.looseText ?? (payload?.object == nil ? nil : payload?.text)
        case "reply": return json["reply"]?["id"]?.looseText
        default: return nil
        }
    }

    private func media(of word: String) -> InboundMedia? {
        guard ["image", "video", "audio", "file", "sticker", "vcard", "contact"].contains(word),
            let url = json[word]?["url"]?.looseText
        else { return nil }
        return InboundMedia(.link(url), filename: json[word]?["name"]?.looseText)
    }
}
