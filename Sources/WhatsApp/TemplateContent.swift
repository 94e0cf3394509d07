package import Core

/// What a template says, part by part. Whether WhatsApp would approve it is `TemplateRules`' question.
package struct TemplateContent: Hashable, Sendable {
    /// What Meta approved the template as.
    package enum Category: String, Hashable, Sendable, CaseIterable { case marketing, utility, authentication }

    package var category: Category
    package var header: TemplateHeader?
    package var body: TemplateText
    package var footer: String?
    /// In the order in which they stand under the message; a vendor counts them from 0.
    package var buttons: [TemplateButton]

    package init(
        category: Category = .marketing, header: TemplateHeader? = nil, body: TemplateText, footer: String? = nil,
        buttons: [TemplateButton] = []
    ) {
        (self.category, self.header, self.body, self.footer, self.buttons) = (category, header, body, footer, buttons)
    }
}

/// What stands above the body.
package enum TemplateHeader: Hashable, Sendable {
    /// A line with at most one variable.
    case text(TemplateText)
    /// Filled with the link to a file.
    case media(Media)
    /// Filled with a place, as `latitude,longitude;name;address`.
    case location

    package enum Media: String, Hashable, Sendable, CaseIterable { case image, video, document }
}

/// What can be tapped under a message.
package enum TemplateButton: Hashable, Sendable {
    case quickReply(text: String)
    /// The address may end with the variable `{{1}}`, which takes a suffix.
    case url(text: String, url: String)
    case phone(text: String, number: String)
    /// Copies a code of at most 15 characters.
    case copyCode(text: String)

    package var text: String {
        switch self {
        case .quickReply(let text), .url(let text, _), .phone(let text, _), .copyCode(let text): text
        }
    }

    /// Whether each message fills it with a value of its own.
    package var isFilled: Bool {
        switch self {
        case .url(_, let url): url.hasSuffix("{{1}}")
        case .copyCode: true
        case .quickReply, .phone: false
        }
    }
}

extension TemplateContent {
    /// Reads `{category?, header?, body, footer?, buttons?}`. The header is a text, or `{type: "text", text}`, or
    /// `{type: "image" | "video" | "document" | "location"}`. A button is a text, for a quick reply, or
    /// `{type: "quick_reply", text}`, `{type: "url", text, url}`, `{type: "phone", text, number}`, `{type: "copy_code", text?}`.
    /// - Throws: `InputError` that names the field and the rule.
    package init(json: JSONValue) throws(InputError) {
        category = try Self.category(json["category"])
        header = try TemplateHeader(json: json["header"])
        footer = try Self.footer(json["footer"])
        guard let text = json["body"]?.string, (1...1024).contains(text.count), !text.contains("\0") else {
            throw InputError(code: "invalid_template", field: "body", "The body is a text of 1 to 1024 characters.")
        }
        body = try TemplateText(text, field: "body")
        buttons = try TemplateButton.list(json: json["buttons"])
    }

    /// The form that `init(json:)` reads.
    package var json: JSONValue {
        var members: [String: JSONValue] = ["category": .string(category.rawValue), "body": .string(body.source)]
        if let header { members["header"] = header.json }
        if let footer { members["footer"] = .string(footer) }
        if !buttons.isEmpty { members["buttons"] = .array(buttons.map(\.json)) }
        return .object(members)
    }

    private static func category(_ value: JSONValue?) throws(InputError) -> Category {
        guard let value, !value.isNull else { return .marketing }
        guard let category = value.string.flatMap({ Category(rawValue: $0.lowercased()) }) else {
            throw InputError(
                code: "invalid_template", field: "category", "The category is marketing, utility or authentication.")
        }
        return category
    }

    private static func footer(_ value: JSONValue?) throws(InputError) -> String? {
        guard let value, !value.isNull else { return nil }
        guard let text = value.string, (1...60).contains(text.count), !text.contains("\0"), !text.contains("{{") else {
            throw InputError(
                code: "invalid_template", field: "footer", "The footer is a text of 1 to 60 characters without variables.")
        }
        return text
    }
}

extension TemplateHeader {
    fileprivate init?(json: JSONValue?) throws(InputError) {
        guard let json, !json.isNull else { return nil }
        if let text = json.string { self = try Self.line(text); return }
        switch json["type"]?.string?.lowercased() {
        case "text": self = try Self.line(json["text"]?.string ?? "")
        case "location": self = .location
        case let word?:
            guard let media = Media(rawValue: word) else { throw Self.wrongForm }
            self = .media(media)
        case nil: throw Self.wrongForm
        }
    }

    fileprivate var json: JSONValue {
        switch self {
        case .text(let text): .string(text.source)
        case .media(let media): ["type": .string(media.rawValue)]
        case .location: ["type": "location"]
        }
    }

    private static func line(_ text: String) throws(InputError) -> TemplateHeader {
        guard (1...60).contains(text.count), !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else { throw wrongForm }
        let line = try TemplateText(text, field: "header")
        guard line.variableCount <= 1 else {
            throw InputError(code: "invalid_template", field: "header", "The header has at most one variable.")
        }
        return .text(line)
    }

    private static let wrongForm = InputError(
        code: "invalid_template", field: "header",
        #"The header is one line of 1 to 60 characters, or {"type": …} with image, video, document or location."#)
}

extension TemplateButton {
    fileprivate static func list(json: JSONValue?) throws(InputError) -> [TemplateButton] {
        guard let json, !json.isNull else { return [] }
        guard let items = json.array, items.count <= 10 else {
            throw InputError(code: "invalid_template", field: "buttons", "Buttons are a list of at most 10.")
        }
        var buttons: [TemplateButton] = []
        for (index, item) in items.enumerated() { buttons.append(try button(json: item, field: "buttons[\(index)]")) }
        return buttons
    }

    fileprivate var json: JSONValue {
        switch self {
        case .quickReply(let text): .string(text)
        case .url(let text, let url): ["type": "url", "text": .string(text), "url": .string(url)]
        case .phone(let text, let number): ["type": "phone", "text": .string(text), "number": .string(number)]
        case .copyCode(let text): ["type": "copy_code", "text": .string(text)]
        }
    }

    private static func button(json: JSONValue, field: String) throws(InputError) -> TemplateButton {
        if json.string != nil { return .quickReply(text: try label(json, field)) }
        switch json["type"]?.string?.lowercased() {
        case "quick_reply": return .quickReply(text: try label(json["text"], field))
        case "url": return .url(text: try label(json["text"], field), url: try text(json["url"], 1...2000, "\(field).url"))
        case "phone": return .phone(text: try label(json["text"], field), number: try text(json["number"], 1...20, "\(field).number"))
        case "copy_code": return .copyCode(text: try label(json["text"] ?? "Copy code", field))
        default:
            throw InputError(
                code: "invalid_template", field: field,
                "A button is a text, for a quick reply, or an object with the type quick_reply, url, phone or copy_code.")
        }
    }

    private static func label(_ json: JSONValue?, _ field: String) throws(InputError) -> String {
        try text(json, 1...25, "\(field).text")
    }

    private static func text(_ json: JSONValue?, _ length: ClosedRange<Int>, _ field: String) throws(InputError) -> String {
        guard let text = json?.string, length.contains(text.count), !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw InputError(
                code: "invalid_template", field: field, "This is one line of \(length.lowerBound) to \(length.upperBound) characters.")
        }
        return text
    }
}
