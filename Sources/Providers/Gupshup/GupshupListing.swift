import Core
import WhatsApp

/// An entry of Gupshup's list of templates. Its parts are in `containerMeta`, an object written as a text; `data` beside it
/// has them all in one text and is not taken apart.
enum GupshupListing {
    /// Nil for an entry without a name.
    static func template(_ item: JSONValue) -> ListedTemplate? {
        guard let name = item["elementName"]?.looseText else { return nil }
        let (content, problem) = content(of: item)
        return ListedTemplate(
            providerID: item["id"]?.looseText, namespace: item["namespace"]?.looseText, name: name,
            language: item["languageCode"]?.looseText ?? "",
            standing: item["status"]?.looseText.flatMap(TemplateStanding.init(vendorWord:)) ?? .pending,
            quality: item["quality"]?.looseText.flatMap(TemplateQuality.init(vendorWord:)) ?? .unknown, content: content,
            reason: GupshupNotices.reason(in: ["reason": item["reason"] ?? .null]) ?? problem)
    }

    private static func content(of item: JSONValue) -> (TemplateContent?, problem: String?) {
        do throws(InputError) { return (try TemplateContent(json: try members(of: item)), nil) } catch {
            return (nil, "\(error.field.map { $0 + ": " } ?? "")\(error.message)".shortened(to: 300))
        }
    }

    /// The form that `TemplateContent` reads.
    private static func members(of item: JSONValue) throws(InputError) -> JSONValue {
        let type = item["templateType"]?.looseText?.uppercased() ?? "TEXT"
        guard let parts = parts(of: item) else { throw refusal("containerMeta", "The parts of the template cannot be read.") }
        guard let category = item["category"]?.looseText.flatMap(TemplateContent.Category.init(gupshupWord:)) else {
            throw refusal("category", "The category is not known.")
        }
        var members: [String: JSONValue] = ["category": .string(category.rawValue), "body": parts["data"] ?? .null]
        members["header"] = try header(type, parts)
        members["footer"] = parts["footer"]?.looseText.map(JSONValue.string)
        var buttons: [JSONValue] = []
        for button in parts["buttons"]?.array ?? [] { buttons.append(try self.button(button)) }
        members["buttons"] = .array(buttons)
        return .object(members)
    }

    private static func parts(of item: JSONValue) -> JSONValue? {
        guard let meta = item["containerMeta"] else { return nil }
        let parts = meta.string.map { (try? JSONValue(parsing: $0)) ?? .null } ?? meta
        guard parts.object != nil else { return nil }
        return parts
    }

    private static func header(_ type: String, _ parts: JSONValue) throws(InputError) -> JSONValue? {
        switch type {
        case "TEXT": parts["header"]?.looseText.map(JSONValue.string)
        case "IMAGE", "VIDEO", "DOCUMENT", "LOCATION": ["type": .string(type.lowercased())]
        default: throw refusal("templateType", "Templates of the type \(type.shortened(to: 40)) cannot be sent.")
        }
    }

    private static func button(_ json: JSONValue) throws(InputError) -> JSONValue {
        let word = json["type"]?.looseText?.uppercased().split(whereSeparator: { $0 == " " || $0 == "_" }).joined(separator: "_")
        let text = json["text"] ?? .null
        switch word {
        case "QUICK_REPLY": return ["type": "quick_reply", "text": text]
        case "PHONE_NUMBER": return ["type": "phone", "text": text, "number": .string(json["phone_number"]?.looseText ?? "")]
        case "COPY_CODE": return text.isNull ? ["type": "copy_code"] : ["type": "copy_code", "text": text]
        case "URL": return ["type": "url", "text": text, "url": .string(try url(json))]
        default: throw refusal("buttons", "Buttons of the type \((word ?? "").shortened(to: 40)) cannot be sent.")
        }
    }

    /// Only a variable at the end, `{{1}}`, can be filled.
    private static func url(_ json: JSONValue) throws(InputError) -> String {
        let url = json["url"]?.looseText ?? (json["buttonValue"]?.looseText ?? "") + (json["suffix"]?.looseText ?? "")
        let fixed = url.hasSuffix("{{1}}") ? url.dropLast(5) : url[...]
        guard !fixed.contains("{{") else {
            throw refusal("buttons", "The address of a button has a variable that is not {{1}} at its end.")
        }
        return url
    }

    private static func refusal(_ field: String, _ message: String) -> InputError {
        InputError(code: "invalid_template", field: field, message)
    }
}

extension TemplateContent.Category {
    /// Reads Gupshup's words: Meta's three, and older ones that Meta has folded into them.
    init?(gupshupWord word: String) {
        switch word.uppercased() {
        case "MARKETING": self = .marketing
        case "UTILITY", "TRANSACTIONAL": self = .utility
        case "AUTHENTICATION", "OTP": self = .authentication
        default: return nil
        }
    }
}
