import Core
import WhatsApp

extension GupshupEnterpriseProvider {
    typealias Form = (method: String, fields: [GupshupEnterpriseAccount.Field])

    /// The finished text, character for character: the gateway finds the template by it. Name, language and namespace go
    /// nowhere.
    static func form(of template: TemplateMessage) throws(SendFailure) -> Form {
        let content = template.content
        let body = content.body.filled(with: template.bodyValues)
        var fields: [GupshupEnterpriseAccount.Field] = [("isHSM", "true")]
        if content.header != nil || content.footer != nil || !content.buttons.isEmpty { fields.append(("isTemplate", "true")) }
        if let footer = content.footer { fields.append(("footer", footer)) }
        if let suffix = try urlSuffix(of: template) { fields.append(("buttonUrlParam", suffix)) }
        switch content.header {
        case nil: return ("SendMessage", [("msg_type", "TEXT"), ("msg", body)] + fields)
        case .text(let text):
            let header = text.filled(with: [template.headerValue].compactMap { $0 })
            return ("SendMessage", [("msg_type", "TEXT"), ("msg", body), ("header", header)] + fields)
        case .media(let media):
            let file = [("msg_type", media.rawValue.uppercased()), ("media_url", template.headerValue ?? ""), ("caption", body)]
            return ("SendMediaMessage", file + fields)
        case .location: throw unsupported("a template with a place above it")
        }
    }

    /// What fills the one button that can be filled. Quick replies go out without payloads: WhatsApp then sends their text.
    private static func urlSuffix(of template: TemplateMessage) throws(SendFailure) -> String? {
        let buttons = template.content.buttons
        let filled = buttons.indices.filter { buttons[$0].isFilled }
        guard let index = filled.first else { return nil }
        guard filled.count == 1, case .url = buttons[index] else {
            throw unsupported("a template with a button to copy a code, or with two addresses to fill")
        }
        return template.buttonValue(index)
    }
}
