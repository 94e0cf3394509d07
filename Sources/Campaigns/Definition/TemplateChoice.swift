package import Core
package import WhatsApp

/// A template in one language, and what fills it.
package struct TemplateChoice: Hashable, Sendable {
    package var template: TemplateName
    package var language: String
    /// What fills the template's slots.
    package var variables: [TemplateSlot: Personalisation]
}

extension TemplateChoice {
    /// Checks that every slot of the template is filled and nothing else is.
    /// - Parameter path: where the choice stands in the campaign: `what`.
    /// - Throws: `InputError` that names the slot.
    package func check(against content: TemplateContent, path: String) throws(InputError) {
        let wanted = Set(content.slots)
        let known = wanted.isEmpty ? "nothing to fill" : "to fill: \(content.slots.map(\.key).joined(separator: ", "))"
        if let missing = wanted.subtracting(variables.keys).min() {
            throw InputError(
                code: "missing_variable", field: "\(path).variables.\(missing.key)",
                "The template \(template) has \(known); \(missing.key) is not filled.")
        }
        if let extra = Set(variables.keys).subtracting(wanted).min() {
            throw InputError(
                code: "unknown_variable", field: "\(path).variables.\(extra.key)",
                "The template \(template) has \(known); there is no \(extra.key).")
        }
    }
}
