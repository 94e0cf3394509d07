import Core
import WhatsApp

/// A template as somebody entered it, checked.
struct TemplateDraft: Hashable, Sendable {
    var name: TemplateName
    var language: String
    var content: TemplateContent
    var approval: Template.Approval

    init(json: JSONValue) throws(InputError) {
        let input = try InputObject(
            json, code: "invalid_template",
            keys: ["name", "language", "category", "header", "body", "footer", "buttons", "approval"])
        name = try TemplateName(input["name"]?.string ?? "")
        language = try TemplateLanguage.read(input["language"])
        content = try TemplateContent(json: json)
        try TemplateRules.check(content)
        approval = .approved
        guard let value = input["approval"] else { return }
        guard let word = value.string.flatMap(Template.Approval.init(rawValue:)) else {
            throw input.error("approval", "The approval is pending, approved or rejected.")
        }
        approval = word
    }
}
