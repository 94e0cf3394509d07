package import Core
package import Profiles

/// What fills one variable of a template: fixed text, Liquid output tags mixed with text, or a property with a default.
/// The one place that knows the personalisation language.
package struct Personalisation: Hashable, Sendable {
    /// What a variable comes to for one person.
    package enum Resolved: Hashable, Sendable {
        /// At most 1024 characters; the rest is cut off.
        case text(String)
        /// A tag found nothing and has no default, or the whole is blank.
        case missing
        /// What was found breaks WhatsApp's rule for values.
        case invalid
    }

    enum Part: Hashable, Sendable {
        case text(String)
        case output(ProfileOutput)
    }

    /// The form that it was read from.
    package let json: JSONValue
    let parts: [Part]

    /// Reads a text, in which `{{ Profile.Name | default: "there" }}` stands for a property, or
    /// `{"property": "Name", "default": "there"}`. In a text the dates of properties become `2023-05-29 15:55:00`, in
    /// the other form `May 29, 2023` (`clevertap.md` 7.2), both in UTC.
    /// - Throws: `InputError` with `field`, for a tag, filter or object that is not known here, and for fixed text that
    ///   WhatsApp would refuse.
    package init(json: JSONValue, field: String) throws(InputError) {
        self.json = json
        switch json {
        case .string(let text): parts = try LiquidParser(text, field: field).parts()
        case .object: parts = [.output(try Self.property(json, field: field))]
        default:
            throw InputError(
                code: "invalid_variable", field: field,
                #"A variable is filled with a text, or with a property as {"property": "Name", "default": "there"}."#)
        }
        try checkFixedText(field: field)
    }

    /// What it comes to for a person. A property's value is put in as it is and never read as Liquid again.
    package func resolve(for profile: Profile) -> Resolved {
        var text = ""
        for part in parts {
            switch part {
            case .text(let fixed): text += fixed
            case .output(let output):
                guard let value = output.text(for: profile) else { return .missing }
                text += value
            }
        }
        guard !ParameterText.isBlank(text) else { return .missing }
        let cut = String(text.prefix(ParameterText.limit))
        return ParameterText.isAllowed(cut) ? .text(cut) : .invalid
    }

    private static func property(_ json: JSONValue, field: String) throws(InputError) -> ProfileOutput {
        let input = try InputObject(json, path: field, code: "invalid_variable", keys: ["property", "default"])
        let name = try input.line("property", limit: 120)
        let fallback = try input.lineIfPresent("default", limit: ParameterText.limit)
        return ProfileOutput(property: name, filters: fallback.map { [.fallback($0)] } ?? [], dates: .words)
    }

    private func checkFixedText(field: String) throws(InputError) {
        let fixed = parts.compactMap { if case .text(let text) = $0 { text } else { nil } }
        let isAllFixed = fixed.count == parts.count
        guard fixed.allSatisfy(ParameterText.isAllowed), !(isAllFixed && ParameterText.isBlank(fixed.joined())) else {
            throw InputError(code: "invalid_value", field: field, ParameterText.rule)
        }
        guard fixed.reduce(0, { $0 + $1.count }) <= ParameterText.limit else {
            throw InputError(code: "invalid_value", field: field, "A value has at most \(ParameterText.limit) characters.")
        }
    }
}
