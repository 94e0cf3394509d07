import Core

/// Reads a template object: name, language and the components that fill it.
enum MetaTemplate {
    static func read(_ object: JSONValue?, _ inspection: inout Inspection) -> (Content, TemplateUse) {
        let name = inspection.text(object, "name", 1...512, "template.name")
        let language = inspection.text(object?["language"], "code", 2...10, "template.language.code")
        var values = (header: 0, body: 0, buttons: 0)
        var shown: [String] = []
        for (index, component) in (object?["components"]?.array ?? []).enumerated() {
            let parameters = component["parameters"]?.array ?? []
            let place = "template.components[\(index)]"
            switch component["type"]?.string?.lowercased() {
            case "header": values.header += parameters.count
            case "body": values.body += parameters.count
            case "button":
                values.buttons += 1
                inspection.button(component, place)
            default: inspection.require(false, "\(place).type", "must be header, body or button", code: "100")
            }
            for (number, parameter) in parameters.enumerated() {
                if let text = inspection.parameter(parameter, "\(place).parameters[\(number)]") { shown.append(text) }
            }
        }
        let use = TemplateUse(
            // Only Vonage, which hands this object on, has namespaces.
            address: .name(name, language: language, namespace: object?["namespace"]?.string),
            values: .parts(header: values.header, body: values.body, buttons: values.buttons))
        return (.template(name: name, locale: language, parameters: shown), use)
    }
}

extension Inspection {
    fileprivate mutating func button(_ component: JSONValue, _ place: String) {
        let kind = component["sub_type"]?.string?.lowercased() ?? ""
        require(["url", "quick_reply", "copy_code", "flow", "catalog"].contains(kind), "\(place).sub_type", "is not known", code: "100")
        let index = component["index"]?.int ?? component["index"]?.string.flatMap { Int64($0) }
        require(index.map { (0...9).contains($0) } ?? false, "\(place).index", "must be 0 to 9")
        require(component["parameters"]?.array?.count == 1 || kind == "flow", "\(place).parameters", "must be one parameter")
    }

    /// Checks one value. Returns it when a person reads it in the message.
    fileprivate mutating func parameter(_ parameter: JSONValue, _ place: String) -> String? {
        switch parameter["type"]?.string {
        case "text":
            let text = text(parameter, "text", 1...4096, "\(place).text")
            let isOneLine = !text.contains(where: \.isNewline) && !text.contains("\t") && !text.contains("     ")
            require(isOneLine, "\(place).text", "cannot have new lines, tabs or more than 4 spaces in a row", code: "132018")
            return text
        case "coupon_code": return text(parameter, "coupon_code", 1...15, "\(place).coupon_code")
        case "payload": text(parameter, "payload", 1...256, "\(place).payload")
        case "image", "video", "document": file(parameter, place)
        case "location":
            _ = degrees(parameter["location"]?["latitude"], 90, "\(place).location.latitude")
            _ = degrees(parameter["location"]?["longitude"], 180, "\(place).location.longitude")
        case "currency", "date_time", "action": break
        default: require(false, "\(place).type", "is not known", code: "132012")
        }
        return nil
    }

    private mutating func file(_ parameter: JSONValue, _ place: String) {
        let kind = parameter["type"]?.string ?? ""
        let (id, link) = (parameter[kind]?["id"]?.string, parameter[kind]?["link"]?.string)
        require((id == nil) != (link == nil), "\(place).\(kind)", "must have one of id and link", code: "132012")
        require(link.map(Self.isLink) ?? true, "\(place).\(kind).link", "must be an http or https address", code: "132012")
    }
}
