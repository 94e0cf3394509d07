package import Core

/// What a template says. Rules from Meta's template documentation (`providers.md` 6.3 names the figures): body 1 to 1024
/// characters, header text at most 60, footer at most 60 without variables, at most 10 buttons of at most 25 characters.
package struct TemplateContent: Hashable, Sendable {
    /// What Meta approved the template as.
    package enum Category: String, Hashable, Sendable, CaseIterable { case marketing, utility, authentication }

    package var category: Category
    /// A fixed line above the body.
    package var header: String?
    package var body: TemplateText
    package var footer: String?
    /// Quick replies, in order.
    package var buttons: [String]

    package init(category: Category = .marketing, header: String? = nil, body: TemplateText, footer: String? = nil, buttons: [String] = [])
    {
        (self.category, self.header, self.body, self.footer, self.buttons) = (category, header, body, footer, buttons)
    }
}

extension TemplateContent {
    /// Reads `{category?, header?, body, footer?, buttons?}`.
    /// - Throws: `InputError` that names the field and the rule.
    package init(json: JSONValue) throws(InputError) {
        category = try Self.category(json["category"])
        header = try Self.line(json["header"], field: "header", limit: 60)
        footer = try Self.line(json["footer"], field: "footer", limit: 60)
        guard let text = json["body"]?.string, (1...1024).contains(text.count), !text.contains("\0") else {
            throw InputError(code: "invalid_template", field: "body", "The body is a text of 1 to 1024 characters.")
        }
        body = try TemplateText(text, field: "body")
        buttons = try Self.buttons(json["buttons"])
    }

    /// The form that `init(json:)` reads.
    package var json: JSONValue {
        var members: [String: JSONValue] = ["category": .string(category.rawValue), "body": .string(body.source)]
        if let header { members["header"] = .string(header) }
        if let footer { members["footer"] = .string(footer) }
        if !buttons.isEmpty { members["buttons"] = .array(buttons.map(JSONValue.string)) }
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

    private static func line(_ value: JSONValue?, field: String, limit: Int) throws(InputError) -> String? {
        guard let value, !value.isNull else { return nil }
        guard let text = value.string, (1...limit).contains(text.count), !text.contains("\0"), !text.contains("{{") else {
            throw InputError(
                code: "invalid_template", field: field,
                "The \(field) is a text of 1 to \(limit) characters without variables; media headers are not taken yet.")
        }
        return text
    }

    private static func buttons(_ value: JSONValue?) throws(InputError) -> [String] {
        guard let value, !value.isNull else { return [] }
        let problem = InputError(
            code: "invalid_template", field: "buttons",
            "Buttons are at most 10 quick replies, each a text of 1 to 25 characters.")
        guard let items = value.array, items.count <= 10 else { throw problem }
        let texts = items.compactMap(\.string).filter { (1...25).contains($0.count) && !$0.contains("\0") }
        guard texts.count == items.count else { throw problem }
        return texts
    }
}
