import Core
import WhatsApp

/// One entry of the gateway's list: `{id, name, category, language, type, body, header, footer, button_type, buttons,
/// quality_score, status, creation_time}`.
enum GupshupEnterpriseTemplate {
    /// Nil without a name or a language.
    static func listed(_ json: JSONValue) -> ListedTemplate? {
        guard let name = json["name"]?.looseText, let language = json["language"]?.looseText else { return nil }
        let word = json["status"]?.looseText ?? ""
        let standing = TemplateStanding(vendorWord: word)
        let (content, problem) = content(of: json)
        let reason = standing == nil ? "Its status is not known: \(word.shortened(to: 40))" : json["reason"]?.looseText ?? problem
        return ListedTemplate(
            providerID: json["id"]?.looseID, name: name, language: language, standing: standing ?? .pending, quality: quality(of: json),
            content: content, reason: reason?.shortened(to: 300))
    }

    private static func quality(of json: JSONValue) -> TemplateQuality {
        let score = json["quality_score"]
        return (score?["score"] ?? score)?.looseText.flatMap(TemplateQuality.init(vendorWord:)) ?? .unknown
    }

    /// Nil with the reason for what the gateway cannot be told to send.
    private static func content(of json: JSONValue) -> (TemplateContent?, problem: String?) {
        do throws(InputError) {
            var members: [String: JSONValue] = ["body": json["body"] ?? .null, "buttons": .array(try buttons(of: json))]
            members["category"] = category(of: json)
            members["header"] = try header(of: json)
            members["footer"] = json["footer"]?.looseText.map(JSONValue.string)
            return (try TemplateContent(json: .object(members)), nil)
        } catch {
            return (nil, error.message)
        }
    }

    /// Categories of older templates are left to the default, marketing, which asks for the most consent.
    private static func category(of json: JSONValue) -> JSONValue? {
        switch json["category"]?.looseText?.uppercased() {
        case "UTILITY", "TRANSACTIONAL": "utility"
        case "AUTHENTICATION", "OTP": "authentication"
        default: nil
        }
    }

    private static func header(of json: JSONValue) throws(InputError) -> JSONValue? {
        switch json["type"]?.looseText?.uppercased() {
        case nil, "TEXT": return json["header"]?.looseText.map(JSONValue.string)
        case "IMAGE": return ["type": "image"]
        case "VIDEO": return ["type": "video"]
        case "DOCUMENT": return ["type": "document"]
        case let word?: throw cannotSend("templates of the type \(word.shortened(to: 40))")
        }
    }

    private static func buttons(of json: JSONValue) throws(InputError) -> [JSONValue] {
        let field = json["buttons"] ?? .null
        let listed = (field.string.flatMap { try? JSONValue(parsing: $0) } ?? field).array ?? []
        let kind = json["button_type"]?.looseText?.uppercased() ?? "NONE"
        guard !listed.isEmpty || kind == "NONE" else { throw cannotSend("buttons that it does not list") }
        var buttons: [JSONValue] = []
        for button in listed { buttons.append(try self.button(button)) }
        return buttons
    }

    private static func button(_ json: JSONValue) throws(InputError) -> JSONValue {
        let text = json["text"] ?? .null
        switch json["type"]?.looseText?.uppercased() {
        case "QUICK_REPLY": return ["type": "quick_reply", "text": text]
        case "URL": return ["type": "url", "text": text, "url": json["url"] ?? .null]
        case "PHONE_NUMBER": return ["type": "phone", "text": text, "number": json["phone_number"] ?? .null]
        case let word: throw cannotSend("buttons of the type \((word ?? "unknown").shortened(to: 40))")
        }
    }

    private static func cannotSend(_ what: String) -> InputError {
        InputError(code: "unsupported_template", "Gupshup's enterprise gateway cannot send \(what).")
    }
}
