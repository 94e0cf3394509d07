package import Core

/// What WhatsApp refuses when a template is submitted (Meta, "Template components"; the figures of `providers.md` 6.3), so
/// that nobody schedules a text that can never have been approved. Lengths are checked when the content is read.
package enum TemplateRules {
    /// - Throws: `InputError` for the first rule that is broken: its code, the part, and how to mend it.
    package static func check(_ content: TemplateContent) throws(InputError) {
        try checkPlacement(of: content.body)
        try checkCounts(content.buttons)
        for (index, button) in content.buttons.enumerated() { try check(button, "buttons[\(index)]") }
    }

    /// No variable first or last (error 2388299), none side by side, and more words than variables (2388293).
    private static func checkPlacement(of body: TemplateText) throws(InputError) {
        let parts = body.parts
        if isVariable(parts.first) || isVariable(parts.last) {
            throw refusal("variable_at_edge", "body", "A body neither begins nor ends with a variable; put a word or a full stop there.")
        }
        for (part, next) in zip(parts, parts.dropFirst()) {
            guard isVariable(part) else { continue }
            let isBlank = if case .text(let text) = next { text.allSatisfy(\.isWhitespace) } else { true }
            guard !isBlank else {
                throw refusal("adjacent_variables", "body", "Between two variables stands at least one word.")
            }
        }
        let words = parts.reduce(0) { count, part in
            if case .text(let text) = part { count + text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).count } else { count }
        }
        guard body.variableCount <= words else {
            throw refusal("too_many_variables", "body", "A body has at least as many words as variables; this one has \(words).")
        }
    }

    private static func isVariable(_ part: TemplateText.Part?) -> Bool { if case .variable = part { true } else { false } }

    /// At most two addresses, one number and one code to copy; quick replies stand together.
    private static func checkCounts(_ buttons: [TemplateButton]) throws(InputError) {
        let kinds = buttons.map(kind)
        for (kind, limit) in [("url", 2), ("phone", 1), ("copy_code", 1)] where kinds.count(where: { $0 == kind }) > limit {
            throw refusal(
                "too_many_buttons", "buttons", "A template has at most \(limit) button\(limit == 1 ? "" : "s") of the type \(kind).")
        }
        let changes = zip(kinds, kinds.dropFirst()).count { ($0 == "quick_reply") != ($1 == "quick_reply") }
        guard changes <= 1 else {
            throw refusal("mixed_buttons", "buttons", "Quick replies stand together, before or after the other buttons.")
        }
    }

    private static func check(_ button: TemplateButton, _ field: String) throws(InputError) {
        guard !button.text.contains("{{") else { throw refusal("variable_in_button", "\(field).text", "A button's text has no variable.") }
        switch button {
        case .url(_, let url): try check(url: url, "\(field).url")
        case .phone(_, let number):
            guard PhoneNumber(number) != nil else {
                throw refusal("invalid_phone", "\(field).number", "The number is in E.164, as in +14155551234.")
            }
        case .quickReply, .copyCode: break
        }
    }

    /// One variable, at the very end.
    private static func check(url: String, _ field: String) throws(InputError) {
        let fixed = url.hasSuffix("{{1}}") ? url.dropLast(5) : url[...]
        guard fixed.hasPrefix("https://") || fixed.hasPrefix("http://"), !fixed.contains("{"), !fixed.contains("}"),
            fixed.utf8.count > 10, !fixed.contains(where: \.isWhitespace)
        else {
            throw refusal("invalid_url", field, "The address begins with https:// and has at most one variable, {{1}}, at its end.")
        }
    }

    private static func kind(_ button: TemplateButton) -> String {
        switch button {
        case .quickReply: "quick_reply"
        case .url: "url"
        case .phone: "phone"
        case .copyCode: "copy_code"
        }
    }

    private static func refusal(_ code: String, _ field: String, _ message: String) -> InputError {
        InputError(code: code, field: field, message)
    }
}
