import Core
import WhatsApp

/// A template as Meta lists it: `{id, name, language, status, category, quality_score?, rejected_reason?, components}`.
enum MetaTemplate {
    /// Nil without a name or a language.
    static func listed(_ json: JSONValue) -> ListedTemplate? {
        guard let name = json["name"]?.looseText, let language = json["language"]?.looseText else { return nil }
        let quality = json["quality_score"]?["score"]?.looseText ?? json["quality_score"]?.looseText
        let rejection = json["rejected_reason"]?.looseText.flatMap { $0 == "NONE" ? nil : $0 }
        let (content, problem) = read(json)
        return ListedTemplate(
            providerID: json["id"]?.metaID, name: name, language: language, standing: standing(json["status"]?.looseText),
            quality: quality.flatMap(TemplateQuality.init(vendorWord:)) ?? .unknown, content: content,
            reason: (rejection ?? problem)?.shortened(to: 300))
    }

    /// A flagged template is still sent; with any other new word it waits until somebody knows more.
    private static func standing(_ word: String?) -> TemplateStanding {
        guard let word else { return .pending }
        return TemplateStanding(vendorWord: word) ?? (word.uppercased() == "FLAGGED" ? .approved : .pending)
    }

    private static func read(_ json: JSONValue) -> (TemplateContent?, problem: String?) {
        do throws(InputError) { return (try TemplateContent(json: form(of: json)), nil) } catch { return (nil, error.message) }
    }

    /// The form that `TemplateContent` reads.
    /// - Throws: `InputError` for a part that cannot be sent from here.
    private static func form(of json: JSONValue) throws(InputError) -> JSONValue {
        guard let components = json["components"]?.array else { throw unsupported("a template without components") }
        var form: [String: JSONValue] = ["category": json["category"] ?? .null]
        for component in components {
            switch component["type"]?.looseText?.uppercased() {
            case "HEADER": form["header"] = try header(component)
            case "BODY": form["body"] = component["text"] ?? .null
            case "FOOTER": form["footer"] = component["text"] ?? .null
            case "BUTTONS": form["buttons"] = .array(try buttons(component["buttons"]?.array ?? []))
            case let word: throw unsupported((word ?? "a part without a type").lowercased())
            }
        }
        return .object(form)
    }

    private static func header(_ component: JSONValue) throws(InputError) -> JSONValue {
        let format = (component["format"]?.looseText ?? "TEXT").lowercased()
        switch format {
        case "text": return ["type": "text", "text": component["text"] ?? .null]
        case "image", "video", "document", "location": return ["type": .string(format)]
        default: throw unsupported("a header of the format \(format)")
        }
    }

    private static func buttons(_ items: [JSONValue]) throws(InputError) -> [JSONValue] {
        var buttons: [JSONValue] = []
        for item in items { buttons.append(try button(item)) }
        return buttons
    }

    private static func button(_ json: JSONValue) throws(InputError) -> JSONValue {
        let text = json["text"] ?? .null
        switch json["type"]?.looseText?.uppercased() {
        case "QUICK_REPLY": return ["type": "quick_reply", "text": text]
        case "PHONE_NUMBER": return ["type": "phone", "text": text, "number": json["phone_number"] ?? .null]
        case "URL": return ["type": "url", "text": text, "url": .string(try address(json["url"]?.looseText ?? ""))]
        // Both copy a code; which of the two it is follows from the category when it is sent.
        case "COPY_CODE", "OTP": return ["type": "copy_code", "text": text.isNull ? "Copy code" : text]
        case let word: throw unsupported("a button of the type \((word ?? "unknown").lowercased())")
        }
    }

    /// The variable of an address stands at its end; a named one is written as `{{1}}`, for it is the only one.
    private static func address(_ url: String) throws(InputError) -> String {
        guard let brace = url.firstIndex(of: "{") else { return url }
        let (fixed, variable) = (url[..<brace], url[brace...])
        guard variable.hasPrefix("{{"), variable.hasSuffix("}}"), variable.count > 4, !variable.dropFirst(2).contains("{") else {
            throw unsupported("an address with a variable that is not at its end")
        }
        return fixed + "{{1}}"
    }

    private static func unsupported(_ part: String) -> InputError {
        InputError(code: "unsupported_template", "It has a part that cannot be sent from here: \(part.shortened(to: 60)).")
    }
}
