import Channels
import Core
import WhatsApp

/// The `content` of the vendor's calls for WhatsApp, as what a campaign says.
struct TargetContent {
    let json: JSONValue

    /// Reads `{template_name, locale?, header?: {media | replacements}, body?: {replacements}, buttons?: [{replacements}]}`.
    /// - Parameter templates: those of the channel. The name may come with its namespace or, where one template has it,
    ///   without.
    init(_ value: JSONValue?, among templates: [Template]) throws(InputError) {
        guard let content = value?.object else { throw Fault.empty("content") }
        guard let name = content["template_name"]?.string, !name.isEmpty else { throw Fault.empty("template_name", inside: "content") }
        let language = content["locale"]?.string ?? "en"
        let template = try Self.template(name, language, templates)
        var variables: [String: JSONValue] = [:]
        for (index, text) in try Self.replacements(content["body"], "body").enumerated() { variables["\(index + 1)"] = text }
        variables["header"] = try Self.header(content["header"])
        for (slot, text) in try Self.buttons(content["buttons"], of: template) { variables[slot] = text }
        json = ["template": .string(template?.name.description ?? name), "language": .string(language), "variables": .object(variables)]
    }

    private static func template(_ name: String, _ language: String, _ templates: [Template]) throws(InputError) -> Template? {
        let named = templates.filter { $0.language == language && ($0.name.description == name || $0.name.name == name) }
        if let exact = named.first(where: { $0.name.description == name }) { return exact }
        guard named.count <= 1 else {
            throw Fault.plain("template_name \(name) is in several namespaces: \(named.map(\.name.description).joined(separator: ", "))")
        }
        guard let template = named.first else { throw Fault.plain("No template with name \(name) and locale \(language) is defined") }
        return template
    }

    /// A part's `replacements`, texts that may hold Liquid.
    private static func replacements(_ part: JSONValue?, _ name: String) throws(InputError) -> [JSONValue] {
        guard let value = part?["replacements"], !value.isNull else { return [] }
        guard let items = value.array else { throw Fault.plain("replacements in \(name) must be an array (inside content)") }
        var texts: [JSONValue] = []
        for item in items {
            guard let text = item.string ?? item.number.map({ _ in item.text }) else {
                throw Fault.plain("replacements in \(name) must be texts (inside content)")
            }
            texts.append(.string(text))
        }
        return texts
    }

    private static func header(_ header: JSONValue?) throws(InputError) -> JSONValue? {
        if let media = header?["media"]?.string ?? header?["media"]?["url"]?.string { return .string(media) }
        return try replacements(header, "header").first
    }

    /// One entry for each button that takes a value, or for each button of the template.
    private static func buttons(_ value: JSONValue?, of template: Template?) throws(InputError) -> [(String, JSONValue)] {
        guard let items = value?.array else { return [] }
        let all = template?.content.buttons ?? []
        let filled = all.indices.filter { all[$0].isFilled }
        let places = items.count == all.count ? Array(all.indices) : filled.count >= items.count ? filled : Array(items.indices)
        var texts: [(String, JSONValue)] = []
        for (item, place) in zip(items, places) {
            if let text = try replacements(item, "buttons").first { texts.append(("button_\(place)", text)) }
        }
        return texts
    }
}
