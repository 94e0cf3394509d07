import Core

extension Inspection {
    private static let interactiveTypes: Set = [
        "button", "list", "cta_url", "flow", "location_request_message", "product", "product_list",
    ]

    /// Buttons, lists and the like, with their limits.
    mutating func interactive(_ object: JSONValue?) -> Content {
        let type = text(object, "type", 1...100, "interactive.type")
        require(type.isEmpty || Self.interactiveTypes.contains(type), "interactive.type", "is not known", code: "100")
        let body = text(object?["body"], "text", (type == "product" ? 0 : 1)...1024, "interactive.body.text")
        if let footer = object?["footer"] { text(footer, "text", 1...60, "interactive.footer.text") }
        if let header = object?["header"] { interactiveHeader(header) }
        let action = object?["action"]
        require(action?.object != nil, "interactive.action", "is required")
        switch type {
        case "button": buttons(action?["buttons"]?.array ?? [])
        case "list": list(action)
        case "cta_url":
            text(action?["parameters"], "display_text", 1...20, "interactive.action.parameters.display_text")
            text(action?["parameters"], "url", 1...2000, "interactive.action.parameters.url")
        default: break
        }
        return .interactive(kind: type, text: body.isEmpty ? nil : body)
    }

    private mutating func interactiveHeader(_ header: JSONValue) {
        let type = text(header, "type", 1...20, "interactive.header.type")
        if type == "text" { text(header, "text", 1...60, "interactive.header.text") }
    }

    private mutating func buttons(_ buttons: [JSONValue]) {
        require((1...3).contains(buttons.count), "interactive.action.buttons", "must be 1 to 3 buttons")
        for (index, button) in buttons.enumerated() {
            let name = "interactive.action.buttons[\(index)]"
            require(button["type"] == "reply", "\(name).type", "must be reply")
            text(button["reply"], "id", 1...256, "\(name).reply.id")
            text(button["reply"], "title", 1...20, "\(name).reply.title")
        }
        require(Set(buttons.map { $0["reply"]?["id"] }).count == buttons.count, "interactive.action.buttons", "must have different ids")
    }

    private mutating func list(_ action: JSONValue?) {
        text(action, "button", 1...20, "interactive.action.button")
        let sections = action?["sections"]?.array ?? []
        let rows = sections.map { $0["rows"]?.array ?? [] }
        require((1...10).contains(rows.joined().count), "interactive.action.sections", "must have 1 to 10 rows in all")
        for (index, section) in sections.enumerated() where sections.count > 1 || section["title"] != nil {
            text(section, "title", 1...24, "interactive.action.sections[\(index)].title")
        }
        for (index, row) in rows.joined().enumerated() {
            let name = "interactive.action.sections.rows[\(index)]"
            text(row, "id", 1...200, "\(name).id")
            text(row, "title", 1...24, "\(name).title")
            _ = optionalText(row, "description", atMost: 72, "\(name).description")
        }
    }
}
