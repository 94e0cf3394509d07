package import Core

/// WhatsApp's language codes: `en`, `en_US`, `fil`, `zh_CN`. They are compared exactly: `en` is not `en_US`
/// (`providers.md` 6.3).
package enum TemplateLanguage {
    package static let standard = "en"

    /// The code that `value` holds, `en` when there is none.
    /// - Throws: `InputError` that shows the right form.
    package static func read(_ value: JSONValue?, field: String = "language") throws(InputError) -> String {
        guard let value, !value.isNull else { return standard }
        if let text = value.string, isCode(text) { return text }
        let example = value.string.flatMap(nearest).map { " Write \($0)." } ?? ""
        throw InputError(
            code: "invalid_language", field: field,
            "A language is two or three small letters and maybe a country, as in en or en_GB.\(example)")
    }

    private static func isCode(_ text: String) -> Bool {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map { Array($0.utf8) }
        guard let language = parts.first, (2...3).contains(language.count), language.allSatisfy({ (0x61...0x7A).contains($0) })
        else { return false }
        return parts.count == 1 || parts.count == 2 && parts[1].count == 2 && parts[1].allSatisfy { (0x41...0x5A).contains($0) }
    }

    /// `en-gb` was meant to be `en_GB`.
    private static func nearest(_ text: String) -> String? {
        guard text.utf8.count <= 6 else { return nil }
        let parts = text.split(whereSeparator: { $0 == "-" || $0 == "_" })
        guard let language = parts.first, parts.count <= 2 else { return nil }
        let code = parts.count == 2 ? "\(language.lowercased())_\(parts[1].uppercased())" : language.lowercased()
        return isCode(code) ? code : nil
    }
}
