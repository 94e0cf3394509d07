import Core

/// What a message object of Meta's says: the part below `type`, which other vendors pass on, too.
struct MetaContent {
    var content: Content?
    var template: TemplateUse?
    var faults: [InvalidParameters.Fault] = []

    static func read(_ message: JSONValue) -> MetaContent {
        var inspection = Inspection(message)
        let type = message["type"]?.string ?? (message["type"] == nil ? "text" : "")
        let object = message[type]
        var template: TemplateUse?
        var content: Content?
        switch type {
        case "text": content = .text(inspection.text(object, "body", 1...4096, "text.body"))
        case "image", "video", "audio", "document", "sticker": content = inspection.media(type, object)
        case "location": content = inspection.location(object)
        case "contacts": content = inspection.contacts(object)
        case "reaction":
            inspection.text(object, "message_id", 1...1000, "reaction.message_id")
            content = .reaction(emoji: inspection.text(object, "emoji", 0...16, "reaction.emoji"))
        case "interactive": content = inspection.interactive(object)
        case "template": (content, template) = MetaTemplate.read(object, &inspection)
        default:
            inspection.require(
                false, "type",
                "must be text, image, video, audio, document, sticker, location, contacts, interactive, reaction or template", code: "100")
        }
        return MetaContent(content: content, template: template, faults: inspection.faults)
    }
}

extension Inspection {
    /// Either the id of an upload or a link.
    fileprivate mutating func media(_ type: String, _ object: JSONValue?) -> Content {
        let (id, link) = (object?["id"]?.string, object?["link"]?.string)
        require((id == nil) != (link == nil), type, "must have one of id and link")
        require(link.map(Self.isLink) ?? true, "\(type).link", "must be an http or https address")
        let mayHaveCaption = ["image", "video", "document"].contains(type)
        require(mayHaveCaption || object?["caption"] == nil, "\(type).caption", "is not allowed here", code: "100")
        require(type == "document" || object?["filename"] == nil, "\(type).filename", "is not allowed here", code: "100")
        let caption = optionalText(object, "caption", atMost: 1024, "\(type).caption")
        return .media(kind: type, url: link ?? id ?? "", caption: caption)
    }

    static func isLink(_ text: String) -> Bool {
        (10...2000).contains(text.count) && (text.hasPrefix("https://") || text.hasPrefix("http://"))
    }

    fileprivate mutating func location(_ object: JSONValue?) -> Content {
        let latitude = degrees(object?["latitude"], 90, "location.latitude")
        let longitude = degrees(object?["longitude"], 180, "location.longitude")
        return .location(
            .init(
                latitude: latitude, longitude: longitude, name: optionalText(object, "name", atMost: 1000, "location.name"),
                address: optionalText(object, "address", atMost: 1000, "location.address")))
    }

    /// A number, or a text with one.
    mutating func degrees(_ value: JSONValue?, _ limit: Double, _ name: String) -> Double {
        let number = value?.number ?? value?.string.flatMap(Double.init)
        require(number.map { (-limit...limit).contains($0) } ?? false, name, value == nil ? "is required" : "must be degrees")
        return number ?? 0
    }

    fileprivate mutating func contacts(_ object: JSONValue?) -> Content {
        let cards = object?.array ?? []
        require(!cards.isEmpty, "contacts", "is required")
        for (index, card) in cards.enumerated() { text(card["name"], "formatted_name", 1...1000, "contacts[\(index)].name.formatted_name") }
        let name = cards.first?["name"]?["formatted_name"]?.string ?? ""
        return .contact(.init(name: name, phone: cards.first?["phones"]?.array?.first?["phone"]?.string ?? ""))
    }
}
