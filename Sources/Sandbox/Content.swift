import Core

/// What a message says, in either direction. Boxed, because hundreds of thousands of them are kept.
indirect enum Content: Hashable, Sendable {
    case text(String)
    case template(name: String, locale: String, parameters: [String])
    /// `kind` is the vendor's word: image, audio, video, file or document, sticker.
    case media(kind: String, url: String, caption: String?)
    /// A tap on a template's quick reply; only phones send it.
    case button(text: String, payload: String)
    /// A row that was chosen from a list; only phones send it.
    case list(Row)
    case location(Place)
    /// Empty: the reaction is taken back. It belongs to the message that is quoted.
    case reaction(emoji: String)
    case contact(Contact)
    /// Something that the vendor cannot pass on; only phones send it.
    case unsupported
    /// Buttons, lists and the like; `kind` is the vendor's word.
    case interactive(kind: String, text: String?)
    /// Meta's own object, passed on by another vendor; `kind` is its type.
    case custom(kind: String, text: String?)

    struct Row: Hashable, Sendable {
        var id: String
        var title: String
        var description: String?
    }

    struct Place: Hashable, Sendable {
        var latitude: Double
        var longitude: Double
        var name: String?
        var address: String?
    }

    struct Contact: Hashable, Sendable {
        var name: String
        var phone: String
    }

    /// Vonage's `message_type`.
    var messageType: String {
        switch self {
        case .list: "reply"
        case .custom: "custom"
        default: kind
        }
    }

    /// One word that means the same with every vendor.
    var kind: String {
        switch self {
        case .text: "text"
        case .template: "template"
        case .media(let kind, _, _): kind
        case .button: "button"
        case .list: "list"
        case .location: "location"
        case .reaction: "reaction"
        case .contact: "contact"
        case .unsupported: "unsupported"
        case .interactive: "interactive"
        case .custom(let kind, _): kind
        }
    }

    var template: String? { if case .template(let name, _, _) = self { name } else { nil } }
    var parameters: [String] { if case .template(_, _, let parameters) = self { parameters } else { [] } }

    /// What a person would read, where that is known.
    var text: String? {
        switch self {
        case .text(let text), .button(let text, _): text
        case .media(_, let url, let caption): caption ?? url
        case .list(let row): row.title
        case .location(let place): place.name ?? "\(place.latitude), \(place.longitude)"
        case .reaction(let emoji): emoji
        case .contact(let contact): "\(contact.name), \(contact.phone)"
        case .interactive(_, let text), .custom(_, let text): text
        case .template, .unsupported: nil
        }
    }
}

extension Content {
    /// What a document is called: the end of its address.
    static func filename(in url: String) -> String { url.split(separator: "/").last.map(String.init) ?? "file" }
}

extension Content.Row {
    /// `id`, `title` and, if there is one, `description`.
    var members: [String: JSONValue] {
        ["id": .string(id), "title": .string(title)].merging(description.map { ["description": .string($0)] } ?? [:]) { $1 }
    }
}

extension Content.Place {
    /// `name` and `address`, those there are.
    var texts: [String: JSONValue] {
        ["name": name, "address": address].compactMapValues { $0.map(JSONValue.string) }
    }
}
