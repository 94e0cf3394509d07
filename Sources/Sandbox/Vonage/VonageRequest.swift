import Core

/// Reads a body of `POST /v1/messages` by the vendor's rules for WhatsApp. Unknown keys are passed over, as the vendor does.
struct VonageRequest {
    private var inspection: Inspection
    private let body: JSONValue

    static func read(_ call: Call) -> Result<SendRequest, InvalidParameters> {
        let body = call.json
        var request = VonageRequest(inspection: Inspection(body), body: body)
        if let fault = call.fault { return .failure(.init(faults: [fault])) }
        guard let message = request.message(), request.inspection.faults.isEmpty else {
            return .failure(.init(faults: request.inspection.faults, glimpse: .init(body, reference: "client_ref", type: "message_type")))
        }
        return .success(message)
    }

    private mutating func message() -> SendRequest? {
        inspection.require(body["channel"]?.string == "whatsapp", "channel", "must be whatsapp")
        let to = address("to", isAllowed: { Recipient.isNumber($0) || Recipient.isScopedID($0) })
        let from = address("from", isAllowed: Recipient.isNumber)
        let clientRef = inspection.optionalText(body, "client_ref", atMost: 100, "client_ref")
        if let context = body["context"] {
            inspection.require(context["message_uuid"]?.string != nil, "context.message_uuid", "must be a message id")
        }
        guard let (content, template) = content(), let to, let from else { return nil }
        let type = body["message_type"]?.string ?? content.messageType
        var message = SendRequest(to: to, from: from, clientRef: clientRef, messageType: type, content: content)
        message.template = template
        return message
    }

    private mutating func address(_ key: String, isAllowed: (String) -> Bool) -> String? {
        guard let text = body[key]?.string else {
            inspection.require(false, key, "is required")
            return nil
        }
        inspection.require(isAllowed(text), key, "must be a number in E.164 form without a leading + or 00")
        return text
    }

    private mutating func content() -> (Content, TemplateUse?)? {
        guard let kind = body["message_type"]?.string else {
            inspection.require(false, "message_type", "is required")
            return nil
        }
        switch kind {
        case "text": return (text(), nil)
        case "template": return template()
        case "image", "audio", "video", "file", "sticker": return (media(kind), nil)
        case "reaction": return (reaction(), nil)
        case "custom": return custom()
        default:
            inspection.require(
                false, "message_type", "must be text, template, image, audio, video, file, sticker, reaction or custom")
            return nil
        }
    }

    private mutating func text() -> Content {
        let text = body["text"]?.string ?? ""
        inspection.require((1...4096).contains(text.count), "text", "must be a string of 1 to 4096 characters")
        return .text(text)
    }

    private mutating func template() -> (Content, TemplateUse) {
        let name = body["template"]?["name"]?.string ?? ""
        inspection.require((1...1024).contains(name.count), "template.name", "is required, as namespace:name or name")
        let given = body["template"]?["parameters"]
        let parameters = given?.array?.compactMap(\.string) ?? []
        inspection.require(given == nil || given?.array?.count == parameters.count, "template.parameters", "must be an array of strings")
        let policy = body["whatsapp"]?["policy"]
        inspection.require(policy == nil || policy?.string == "deterministic", "whatsapp.policy", "must be deterministic")
        let locale = body["whatsapp"]?["locale"]?.string ?? ""
        inspection.require(Self.isLocale(locale), "whatsapp.locale", "is required, such as en or en_GB")
        let language = locale.map { $0 == "-" ? "_" : String($0) }.joined()
        let use = TemplateUse(address: .init(name, language: language), values: .body(parameters.count))
        return (.template(name: name, locale: locale, parameters: parameters), use)
    }

    /// `lt`, `fil`, `en_GB`; older pages of the vendor write `en-GB`.
    private static func isLocale(_ text: String) -> Bool {
        let parts = text.split(whereSeparator: { $0 == "_" || $0 == "-" })
        return (1...2).contains(parts.count) && (2...7).contains(text.utf8.count)
            && text.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95 }
    }

    private mutating func media(_ kind: String) -> Content {
        let object = body[kind]
        let url = object?["url"]?.string ?? ""
        let isStored = kind == "sticker" && object?["id"]?.string != nil
        let isLink = (10...2000).contains(url.count) && (url.hasPrefix("https://") || url.hasPrefix("http://"))
        inspection.require(isLink || isStored, "\(kind).url", "must be a link of 10 to 2000 characters")
        let caption = object?["caption"]?.string
        inspection.require((caption?.count ?? 0) <= 1024, "\(kind).caption", "must be at most 1024 characters")
        return .media(kind: kind, url: isStored ? "sticker" : url, caption: caption)
    }

    private mutating func reaction() -> Content {
        let action = body["reaction"]?["action"]?.string
        inspection.require(action == "react" || action == "unreact", "reaction.action", "must be react or unreact")
        let emoji = body["reaction"]?["emoji"]?.string ?? ""
        inspection.require(action != "react" || !emoji.isEmpty, "reaction.emoji", "is required")
        inspection.require(body["context"] != nil, "context.message_uuid", "is required for a reaction")
        return .reaction(emoji: emoji)
    }

    /// Meta's own object. The vendor passes it on, so only its type is checked here.
    private mutating func custom() -> (Content, TemplateUse?) {
        let kind = body["custom"]?["type"]?.string ?? ""
        inspection.require(!kind.isEmpty, "custom.type", "is required")
        guard let custom = body["custom"] else { return (.custom(kind: kind, text: nil), nil) }
        let read = MetaContent.read(custom)
        if let template = read.template, let content = read.content { return (content, template) }
        return (.custom(kind: kind, text: read.content?.text), nil)
    }
}

extension InvalidParameters.Glimpse {
    /// What stands under these keys, cut to a sensible length.
    init(_ body: JSONValue, to: String = "to", reference: String, type: String) {
        let text = { (key: String) in body[key]?.string.map { String($0.prefix(100)) } }
        self.init(to: text(to), clientRef: text(reference), messageType: text(type))
    }
}
