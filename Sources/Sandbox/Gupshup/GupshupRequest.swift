import Core
import NIOCore
import WebSupport

/// Reads the forms of `/wa/api/v1/msg` and `/wa/api/v1/template/msg`.
enum GupshupRequest {
    static func read(_ call: Call) -> Result<SendRequest, InvalidParameters> {
        if let fault = call.fault { return .failure(.init(faults: [fault])) }
        let form = call.form
        var inspection = Inspection(.null)
        inspection.require(form["channel"] == "whatsapp", "channel", "must be whatsapp")
        let (source, destination) = (form["source"], form["destination"])
        inspection.require(Recipient.isNumber(source), "source", "must be digits")
        let isRecipient = Recipient.isNumber(destination) || Recipient.isScopedID(destination)
        inspection.require(isRecipient, "destination", "must be digits")
        let isTemplate = call.path["kind"] == "template"
        var template: TemplateUse?
        var content = Content.text("")
        if isTemplate {
            (content, template) = inspection.gupshupTemplate(form["template"], header: form["message"])
        } else {
            content = inspection.gupshupMessage(form["message"])
        }
        guard inspection.faults.isEmpty else {
            let to = destination.isEmpty ? nil : String(destination.prefix(100))
            return .failure(.init(faults: inspection.faults, glimpse: .init(to: to, messageType: content.kind)))
        }
        var request = SendRequest(to: destination, from: source, messageType: isTemplate ? "template" : content.kind, content: content)
        (request.template, request.fingerprint) = (template, Array(call.bytes.readableBytesView))
        return .success(request)
    }
}

extension Inspection {
    /// `{"id": …, "params": […]}`, and beside it the message with the media of the header.
    fileprivate mutating func gupshupTemplate(_ text: String, header: String) -> (Content, TemplateUse) {
        let json = try? JSONValue(parsing: text)
        let id = self.text(json, "id", 1...100, "template.id")
        let given = json?["params"]
        let parameters = given?.array?.compactMap(\.string) ?? []
        require(given == nil || given?.array?.count == parameters.count, "template.params", "must be an array of strings")
        if !header.isEmpty, let message = try? JSONValue(parsing: header) {
            let type = message["type"]?.string ?? ""
            require(["image", "video", "document", "location"].contains(type), "message.type", "is not a header")
            require(message[type]?.object != nil, "message.\(type)", "is required")
        } else {
            require(header.isEmpty, "message", "must be JSON")
        }
        let use = TemplateUse(address: .id(id), values: .list(parameters.count))
        return (.template(name: id, locale: "", parameters: parameters), use)
    }

    fileprivate mutating func gupshupMessage(_ text: String) -> Content {
        guard let message = try? JSONValue(parsing: text), message.object != nil else {
            require(false, "message", text.isEmpty ? "is required" : "must be a JSON object")
            return .text("")
        }
        let type = message["type"]?.string ?? ""
        switch type {
        case "text": return .text(self.text(message, "text", 1...4096, "message.text"))
        case "image", "video", "audio", "file", "sticker":
            let key = type == "image" ? "originalUrl" : "url"
            let url = self.text(message, key, 10...2000, "message.\(key)")
            require(message["caption"] != JSONValue.null, "message.caption", "must be left out rather than null")
            let caption = optionalText(message, "caption", atMost: 1024, "message.caption")
            return .media(kind: type == "file" ? "document" : type, url: url, caption: caption)
        case "location":
            let (latitude, longitude) = (
                degrees(message["latitude"], 90, "message.latitude"), degrees(message["longitude"], 180, "message.longitude")
            )
            return .location(
                .init(latitude: latitude, longitude: longitude, name: message["name"]?.string, address: message["address"]?.string))
        case "quick_reply": return quickReply(message)
        case "list": return list(message)
        case "reaction":
            self.text(message, "msgId", 1...200, "message.msgId")
            return .reaction(emoji: self.text(message, "emoji", 0...16, "message.emoji"))
        case "contact": return .contact(.init(name: message["contact"]?["name"]?["formattedName"]?.string ?? "", phone: ""))
        case "cta_url": return .interactive(kind: type, text: message["body"]?.string)
        default:
            require(false, "message.type", "is not known")
            return .text("")
        }
    }

    private mutating func quickReply(_ message: JSONValue) -> Content {
        let options = message["options"]?.array ?? []
        require((1...3).contains(options.count), "message.options", "must be 1 to 3 options")
        for (index, option) in options.enumerated() { text(option, "title", 1...20, "message.options[\(index)].title") }
        let content = message["content"]
        require(content?.object != nil, "message.content", "is required")
        let isText = content?["type"] == "text"
        return .interactive(
            kind: "quick_reply", text: isText ? text(content, "text", 1...1024, "message.content.text") : content?["text"]?.string)
    }

    private mutating func list(_ message: JSONValue) -> Content {
        let body = text(message, "body", 1...1024, "message.body")
        let rows = (message["items"]?.array ?? []).flatMap { $0["options"]?.array ?? [] }
        require((1...10).contains(rows.count), "message.items", "must have 1 to 10 options in all")
        for (index, row) in rows.enumerated() {
            text(row, "title", 1...24, "message.items.options[\(index)].title")
            _ = optionalText(row, "description", atMost: 72, "message.items.options[\(index)].description")
        }
        let button = message["globalButtons"]?.array?.first
        text(button, "title", 1...20, "message.globalButtons[0].title")
        return .interactive(kind: "list", text: body)
    }
}
