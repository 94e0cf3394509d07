import Core

/// Reads what a person at a phone is told to do.
enum Reply {
    private static let kinds = ["text", "button", "media", "list", "location", "reaction", "contact", "unsupported"]
    private static let details: Set = ["payload", "caption", "media_kind", "to_message"]
    private static let mediaKinds: Set = ["image", "video", "audio", "document", "sticker", "voice"]

    /// Reads `{text | button | media | list | location | reaction | contact | unsupported, to_message?}`, exactly one of
    /// the first eight:
    /// - `button` is the label of the tapped button and its payload, unless `payload` says otherwise;
    /// - `media` is the address of a file, with `caption?` and `media_kind?`, an image unless it says otherwise;
    /// - `list` is `{id, title, description?}`, `location` `{latitude, longitude, name?, address?}`, `contact`
    ///   `{name, phone}`;
    /// - `reaction` is an emoji, or empty to take it back; `unsupported` is true.
    static func read(_ json: JSONValue) throws(InputError) -> (Content, quoted: MessageUUID?) {
        let members = try json.members(allowing: details.union(kinds))
        let quoted = try members.optionalText("to_message", 1...200).map(Self.id)
        let given = kinds.filter { members[$0].map { !$0.isNull } ?? false }
        guard given.count == 1 else {
            throw InputError(code: "invalid_reply", "a reply has exactly one of \(kinds.joined(separator: ", "))")
        }
        return (try content(given[0], members), quoted)
    }

    private static func content(_ kind: String, _ members: [String: JSONValue]) throws(InputError) -> Content {
        switch kind {
        case "button":
            let label = try members.text("button", 1...1024)
            return .button(text: label, payload: try members.optionalText("payload", 1...1024) ?? label)
        case "media": return try media(members)
        case "list": return .list(try row(members["list"] ?? .null))
        case "location": return .location(try place(members["location"] ?? .null))
        case "reaction": return .reaction(emoji: try members.text("reaction", 0...64))
        case "contact":
            let contact = try (members["contact"] ?? .null).members(allowing: ["name", "phone"])
            return .contact(.init(name: try contact.text("name", 1...200), phone: try contact.text("phone", 1...40)))
        case "unsupported":
            guard members["unsupported"] == true else {
                throw InputError(code: "invalid_unsupported", field: "unsupported", "unsupported is true")
            }
            return .unsupported
        default: return .text(try members.text("text", 1...16_384))
        }
    }

    private static func media(_ members: [String: JSONValue]) throws(InputError) -> Content {
        let kind = try members.optionalText("media_kind", 1...20) ?? "image"
        guard mediaKinds.contains(kind) else {
            throw InputError(
                code: "invalid_media_kind", field: "media_kind", "media_kind is one of \(mediaKinds.sorted().joined(separator: ", "))")
        }
        return .media(
            kind: kind, url: try members.text("media", 1...2000), caption: try members.optionalText("caption", 1...4096))
    }

    private static func row(_ json: JSONValue) throws(InputError) -> Content.Row {
        let members = try json.members(allowing: ["id", "title", "description"])
        return .init(
            id: try members.text("id", 1...256), title: try members.text("title", 1...200),
            description: try members.optionalText("description", 1...400))
    }

    private static func place(_ json: JSONValue) throws(InputError) -> Content.Place {
        let members = try json.members(allowing: ["latitude", "longitude", "name", "address"])
        guard let latitude = members["latitude"]?.number, (-90...90).contains(latitude), let longitude = members["longitude"]?.number,
            (-180...180).contains(longitude)
        else { throw InputError(code: "invalid_location", field: "location", "location has latitude and longitude in degrees") }
        return .init(
            latitude: latitude, longitude: longitude, name: try members.optionalText("name", 1...1000),
            address: try members.optionalText("address", 1...1000))
    }

    private static func id(_ text: String) throws(InputError) -> MessageUUID {
        guard let id = MessageUUID(named: text) else {
            throw InputError(
                code: "invalid_to_message", field: "to_message", "to_message is the message_uuid or provider_message_id of a message")
        }
        return id
    }
}
