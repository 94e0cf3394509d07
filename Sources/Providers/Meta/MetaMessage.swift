import Core
import WhatsApp

/// What one inbound message says, by its `type` (Meta, "Webhooks", messages).
struct MetaMessage {
    /// In the words of `InboundMessage.kind`.
    let kind: String
    var text: String?
    var choice: String?
    var media: InboundMedia?
    /// The message that it quotes or reacts to, by the provider's id where there is one besides WhatsApp's. A message that
    /// was only forwarded quotes nothing.
    var quoted: String?

    /// - Parameter prefersLinks: takes a file's link before its id; Meta's own links live for minutes only.
    init(_ type: String, _ json: JSONValue, prefersLinks: Bool) {
        let part = json[type]
        kind = Self.kind(type, part)
        let context = json["context"]
        quoted = context?["gs_id"]?.metaID ?? context?["id"]?.metaID ?? context?["meta_msg_id"]?.metaID
        switch type {
        case "text": text = part?["body"]?.looseText
        case "image", "video", "audio", "voice", "document", "sticker":
            text = part?["caption"]?.looseText
            media = Self.media(part, prefersLinks)
        case "button": (text, choice) = (part?["text"]?.looseText, part?["payload"]?.looseText)
        case "interactive": (text, choice) = Self.tap(part)
        case "reaction":
            text = part?["emoji"]?.looseText
            quoted = part?["message_id"]?.metaID ?? quoted
        case "order": text = part?["text"]?.looseText
        case "edit": take(part?["message"], prefersLinks)
        default: break
        }
    }

    /// The words and the file of what a message was changed into.
    private mutating func take(_ edited: JSONValue?, _ prefersLinks: Bool) {
        guard let edited, let type = edited["type"]?.looseText, type != "edit" else { return }
        let message = MetaMessage(type, edited, prefersLinks: prefersLinks)
        (text, media) = (message.text, message.media)
    }

    private static func kind(_ type: String, _ part: JSONValue?) -> String {
        switch type {
        case "voice": "audio"
        case "interactive":
            switch part?["type"]?.looseText {
            case "button_reply", "list_reply", "nfm_reply", nil: "reply"
            case let word?: word.shortened(to: 40)
            }
        default: type.shortened(to: 40)
        }
    }

    private static func tap(_ part: JSONValue?) -> (text: String?, choice: String?) {
        let reply = part?["button_reply"] ?? part?["list_reply"]
        let form = part?["nfm_reply"]
        return (reply?["title"]?.looseText ?? form?["body"]?.looseText, reply?["id"]?.looseText)
    }

    private static func media(_ part: JSONValue?, _ prefersLinks: Bool) -> InboundMedia? {
        let id = part?["id"]?.metaID.map(MediaReference.id)
        let link = part?["url"]?.looseText.map(MediaReference.link)
        guard let reference = prefersLinks ? link ?? id : id ?? link else { return nil }
        return InboundMedia(reference, type: part?["mime_type"]?.looseText, filename: part?["filename"]?.looseText)
    }
}
