import Core
import WhatsApp

/// What a message says, in the contract's form.
enum GenericPayload {
    /// The members besides those of the envelope.
    static func members(of content: OutboundContent) throws(SendFailure) -> [String: JSONValue] {
        switch content {
        case .template(let template): return members(of: template)
        case .text(let text): return freeForm("text", ["body": .string(text.body)])
        case .media(let media): return freeForm(try word(for: media.kind), file(media.link, media.caption, media.filename))
        case .location(let place): return freeForm("location", json(of: place))
        case .contacts, .buttons, .list, .reaction: throw GenericProvider.unsupported("a message of the kind \(content.kind)")
        }
    }

    private static func freeForm(_ type: String, _ object: JSONValue) -> [String: JSONValue] {
        ["isTemplate": false, "type": .string(type), type: object]
    }

    private static func word(for kind: MediaMessage.Kind) throws(SendFailure) -> String {
        switch kind {
        case .image, .video, .audio: return kind.rawValue
        case .document: return "file"
        case .sticker: throw GenericProvider.unsupported("a message of the kind sticker")
        }
    }

    private static func file(_ link: String, _ caption: String? = nil, _ filename: String? = nil) -> JSONValue {
        var members: [String: JSONValue] = ["mediaURL": .string(link)]
        members["caption"] = caption.map(JSONValue.string)
        members["filename"] = filename.map(JSONValue.string)
        return .object(members)
    }

    private static func json(of place: Location) -> JSONValue {
        var members: [String: JSONValue] = ["latitude": .double(place.latitude), "longitude": .double(place.longitude)]
        members["name"] = place.name.map(JSONValue.string)
        members["address"] = place.address.map(JSONValue.string)
        return .object(members)
    }
}

extension GenericPayload {
    /// Each part with the text that was approved and, beside it, the values of this message in order.
    private static func members(of template: TemplateMessage) -> [String: JSONValue] {
        var components = [header(of: template)].compactMap { $0 }
        let body = text(template.content.body, template.bodyValues)
        components.append(["type": "body", "body": .object(body)])
        if let footer = template.content.footer { components.append(["type": "footer", "footer": .string(footer)]) }
        components += template.content.buttons.indices.map { button($0, of: template) }
        let identity: JSONValue = ["namespace": .string(template.fullName), "languageCode": .string(template.language)]
        return ["isTemplate": true, "template": identity, "components": .array(components)]
    }

    private static func text(_ text: TemplateText, _ values: [String]) -> [String: JSONValue] {
        var members: [String: JSONValue] = ["text": .string(text.source)]
        if !values.isEmpty { members["parameters"] = parameters(values) }
        return members
    }

    private static func parameters(_ values: [String]) -> JSONValue {
        .array(values.map { ["type": "text", "text": .string($0)] })
    }

    private static func header(of template: TemplateMessage) -> JSONValue? {
        guard let header = template.content.header else { return nil }
        let value = template.headerValue
        var members: [String: JSONValue]
        switch header {
        case .text(let line):
            members = text(line, [value].compactMap { $0 })
            members["type"] = "text"
        case .media(let media):
            let word = media == .document ? "file" : media.rawValue
            members = ["type": .string(word), word: file(value ?? "")]
        case .location:
            members = ["type": "location", "location": value.flatMap(Location.init(headerValue:)).map(json) ?? .null]
        }
        return ["type": "header", "header": .object(members)]
    }

    private static func button(_ index: Int, of template: TemplateMessage) -> JSONValue {
        let button = template.content.buttons[index]
        var members: [String: JSONValue] = [
            "type": "button", "index": .int(Int64(index)), "subType": .string(subType(of: button)), "buttonText": .string(button.text),
        ]
        if let value = template.buttonValue(index) { members["parameters"] = parameters([value]) }
        return .object(members)
    }

    private static func subType(of button: TemplateButton) -> String {
        switch button {
        case .quickReply: "quickReply"
        case .url: button.isFilled ? "dynamicUrl" : "staticUrl"
        case .phone: "callPhone"
        case .copyCode: "copy_code"
        }
    }
}
