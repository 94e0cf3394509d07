import Core

/// Reads a body of `POST /generic/send`.
enum GenericRequest {
    static func read(_ call: Call) -> Result<SendRequest, InvalidParameters> {
        if let fault = call.fault { return .failure(.init(faults: [fault])) }
        let body = call.json
        var inspection = Inspection(body)
        let to = body["to"]?.string.map { $0.hasPrefix("+") ? String($0.dropFirst()) : $0 } ?? ""
        inspection.require(Recipient.isNumber(to) || Recipient.isScopedID(to), "to", "must be digits with the country code", code: "2002")
        let from = body["wabaNumber"]?.string ?? ""
        inspection.require(Recipient.isNumber(from), "wabaNumber", "must be digits", code: "2002")
        inspection.text(body, "msgId", 1...200, "msgId")
        let isTemplate = body["isTemplate"]?.bool
        inspection.require(isTemplate != nil, "isTemplate", "must be true or false")
        var template: TemplateUse?
        var content = Content.text("")
        if isTemplate == true {
            (content, template) = inspection.genericTemplate(body)
        } else {
            content = inspection.genericMessage(body)
        }
        guard inspection.faults.isEmpty else {
            return .failure(.init(faults: inspection.faults, glimpse: .init(body, reference: "msgId", type: "type")))
        }
        let type = isTemplate == true ? "template" : body["type"]?.string ?? ""
        var request = SendRequest(
            to: to, input: body["to"]?.string, from: from, clientRef: body["msgId"]?.string, messageType: type, content: content)
        request.template = template
        return .success(request)
    }
}

extension Inspection {
    fileprivate mutating func genericTemplate(_ body: JSONValue) -> (Content, TemplateUse) {
        let name = text(body["template"], "namespace", 1...1024, "template.namespace")
        let language = text(body["template"], "languageCode", 2...10, "template.languageCode")
        var values = (header: 0, body: 0, buttons: 0)
        var shown: [String] = []
        for (index, component) in (body["components"]?.array ?? []).enumerated() {
            let place = "components[\(index)]"
            switch component["type"]?.string {
            case "header": values.header += header(component["header"], &shown, place)
            case "body":
                let texts = parameters(component["body"]?["parameters"], "\(place).body.parameters")
                (values.body, shown) = (values.body + texts.count, shown + texts)
            case "button":
                require(component["index"]?.int != nil, "\(place).index", "must be a number", code: "2001")
                let texts = parameters(component["parameters"], "\(place).parameters")
                (values.buttons, shown) = (values.buttons + (texts.isEmpty ? 0 : 1), shown + texts)
            case "footer", "limited_time_offer", "carousel": break
            default: require(false, "\(place).type", "is not known", code: "2001")
            }
        }
        let use = TemplateUse(
            address: .init(name, language: language), values: .parts(header: values.header, body: values.body, buttons: values.buttons))
        return (.template(name: name, locale: language, parameters: shown), use)
    }

    /// How many values the header takes.
    private mutating func header(_ header: JSONValue?, _ shown: inout [String], _ place: String) -> Int {
        let type = header?["type"]?.string ?? ""
        switch type {
        case "text":
            let texts = parameters(header?["parameters"] ?? header?["text"]?["parameters"], "\(place).header.parameters")
            shown += texts
            return texts.count
        case "image", "video", "file":
            require(
                Inspection.isLink(header?[type]?["mediaURL"]?.string ?? ""), "\(place).header.\(type).mediaURL", "is required", code: "2001"
            )
            return 1
        case "location": return 1
        default:
            require(false, "\(place).header.type", "is not known", code: "2001")
            return 0
        }
    }

    private mutating func parameters(_ json: JSONValue?, _ place: String) -> [String] {
        let given = json?.array ?? []
        let texts = given.compactMap { $0["text"]?.string }
        require(texts.count == given.count, place, "must be texts", code: "2001")
        return texts
    }

    fileprivate mutating func genericMessage(_ body: JSONValue) -> Content {
        let type = body["type"]?.string ?? ""
        let object = body[type]
        switch type {
        case "text":
            let text = object?.string ?? object?["body"]?.string ?? object?["text"]?.string ?? ""
            require((1...4096).contains(text.count), "text", "must be 1 to 4096 characters")
            return .text(text)
        case "audio", "video", "image", "file":
            let url = object?["mediaURL"]?.string ?? ""
            require(Inspection.isLink(url), "\(type).mediaURL", "must be an http or https address")
            let caption = optionalText(object, "caption", atMost: 1024, "\(type).caption")
            return .media(kind: type == "file" ? "document" : type, url: url, caption: caption)
        default:
            require(false, "type", "must be text, audio, video, image or file")
            return .text("")
        }
    }
}
