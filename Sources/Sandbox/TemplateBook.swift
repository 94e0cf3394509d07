import Core

/// The templates of one account. An account without any takes every template.
struct TemplateBook: Sendable {
    private var templates: [Template] = []

    /// Those that a listing shows, in the order in which they were registered.
    var listed: [Template] { templates.filter { $0.status != "DELETED" } }

    /// Adds a template, or replaces the one with its name and language.
    mutating func set(_ template: Template) {
        if let index = templates.firstIndex(where: { $0.name == template.name && $0.language == template.language }) {
            templates[index] = template
        } else {
            templates.append(template)
        }
    }

    /// Changes the status of every language of a name, or of one. Returns what was changed; nothing when there is none.
    /// Words that are news and no status leave the template approved.
    mutating func change(_ name: String, language: String?, to status: String) -> [Template] {
        let changed = templates.indices.filter {
            templates[$0].name == name && (language ?? templates[$0].language) == templates[$0].language
        }
        let news: Set = ["REINSTATED", "FLAGGED"]
        for index in changed { templates[index].status = news.contains(status) ? "APPROVED" : status }
        return changed.map { templates[$0] }
    }

    /// What keeps a use of a template from being sent, and what it turns out to say.
    func judge(_ use: TemplateUse, _ content: Content) -> (Mishap?, Content) {
        guard !templates.isEmpty else { return (nil, content) }
        guard let template = find(use.address), !["DELETED", "REJECTED", "PENDING"].contains(template.status) else {
            return (.templateUnknown, content)
        }
        if template.status == "PAUSED" { return (.templatePaused, content) }
        if template.status == "DISABLED" { return (.templateDisabled, content) }
        return (template.fits(use.values) ? nil : .templateParameters, named(template, use, content))
    }

    private func find(_ address: TemplateUse.Address) -> Template? {
        switch address {
        case .name(let name, let language, let namespace):
            templates.first { $0.name == name && $0.language == language && $0.isIn(namespace) }
        case .id(let id): templates.first { $0.id.description == id.lowercased() }
        case .text(let text): templates.first { $0.values(in: text) != nil }
        }
    }

    /// Where the vendor is not told the name, it is put into the content.
    private func named(_ template: Template, _ use: TemplateUse, _ content: Content) -> Content {
        switch use.address {
        case .name: content
        case .id: .template(name: template.name, locale: template.language, parameters: content.parameters)
        case .text(let text):
            .template(name: template.name, locale: template.language, parameters: template.values(in: text) ?? [])
        }
    }
}
