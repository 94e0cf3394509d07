import Core
import WhatsApp

/// The fields of a template message (Gupshup, "Template messages"): `template` with Gupshup's own id, which stands for name and
/// language, and the values; `message` with the file or the place of a header.
enum GupshupTemplate {
    /// - Throws: `SendFailure` that holds the template as long as its id is not known from Gupshup's list.
    static func fields(of template: TemplateMessage) throws(SendFailure) -> [(name: String, value: String)] {
        guard let id = template.providerID, !id.isEmpty else {
            throw SendFailure(
                .holdTemplate, code: "template_not_synced",
                summary: "Gupshup sends a template by the id in its own list; sync the channel's templates first.")
        }
        let json: JSONValue = ["id": .string(id), "params": .array(values(of: template).map(JSONValue.string))]
        let fields = [(name: "template", value: json.text)]
        guard let header = header(of: template) else { return fields }
        return fields + [(name: "message", value: header.text)]
    }

    /// In the order in which the variables stand in the message: text header, body, buttons.
    private static func values(of template: TemplateMessage) -> [String] {
        let header = if case .text = template.content.header { template.headerValue } else { String?.none }
        return [header].compactMap { $0 } + template.bodyValues + template.content.buttons.indices.compactMap(template.buttonValue)
    }

    private static func header(of template: TemplateMessage) -> JSONValue? {
        guard let value = template.headerValue else { return nil }
        switch template.content.header {
        case .media(let media): return ["type": .string(media.rawValue), media.rawValue: file(at: value, kind: media)]
        case .location: return Location(headerValue: value).map { ["type": "location", "location": .object(GupshupMessage.location($0))] }
        case .text, nil: return nil
        }
    }

    /// A document is shown under its name, which the end of its address gives.
    private static func file(at link: String, kind: TemplateHeader.Media) -> JSONValue {
        guard kind == .document, let name = fileName(in: link) else { return ["link": .string(link)] }
        return ["link": .string(link), "filename": .string(name)]
    }

    private static func fileName(in link: String) -> String? {
        let path = link.prefix { $0 != "?" && $0 != "#" }.split(separator: "/", omittingEmptySubsequences: false)
        guard path.count > 3, let name = path.last, !name.isEmpty, name.count <= 240 else { return nil }
        return String(name)
    }
}
