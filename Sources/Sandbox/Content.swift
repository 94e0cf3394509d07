import Core

/// What a message says, in either direction. Boxed, because hundreds of thousands of them are kept.
indirect enum Content: Hashable, Sendable {
    case text(String)
    case template(name: String, locale: String, parameters: [String])
    /// `kind` is the vendor's word: image, audio, video, file, sticker.
    case media(kind: String, url: String, caption: String?)
    /// A tap on a template's quick reply; only phones send it.
    case button(text: String, payload: String)
    /// Meta's own object; `kind` is its type.
    case custom(kind: String)

    /// The vendor's `message_type`.
    var messageType: String {
        switch self {
        case .text: "text"
        case .template: "template"
        case .media(let kind, _, _): kind
        case .button: "button"
        case .custom: "custom"
        }
    }

    var template: String? { if case .template(let name, _, _) = self { name } else { nil } }
    var parameters: [String] { if case .template(_, _, let parameters) = self { parameters } else { [] } }

    /// What a person would read, where that is known.
    var text: String? {
        switch self {
        case .text(let text), .button(let text, _): text
        case .media(_, let url, let caption): caption ?? url
        case .template, .custom: nil
        }
    }
}
