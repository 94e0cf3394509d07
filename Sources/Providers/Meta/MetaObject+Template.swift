import Core
import WhatsApp

extension MetaObject {
    /// The template object alone: name, language, and a component for each part that the message fills (Meta, "Template
    /// messages"). A quick reply has none, so that a tap brings back the button's own text.
    /// - Parameter namespace: stands beside the name for vendors that still want it; Meta's Cloud API knows none.
    /// - Throws: `SendFailure` to reject, code `invalid_content`, when the header's value is missing or no place.
    static func template(_ message: TemplateMessage, namespace: String?) throws(SendFailure) -> JSONValue {
        var members: [String: JSONValue] = ["name": .string(message.name.name), "language": ["code": .string(message.language)]]
        if let namespace { members["namespace"] = .string(namespace) }
        let components = [try header(of: message), body(of: message)].compactMap { $0 } + buttons(of: message)
        if !components.isEmpty { members["components"] = .array(components) }
        return .object(members)
    }

    private static func body(of message: TemplateMessage) -> JSONValue? {
        guard !message.bodyValues.isEmpty else { return nil }
        let parameters = message.bodyValues.enumerated().map { parameter($1, at: $0, of: message.content.body) }
        return ["type": "body", "parameters": .array(parameters)]
    }

    private static func header(of message: TemplateMessage) throws(SendFailure) -> JSONValue? {
        guard let header = message.content.header, header.isFilled else { return nil }
        guard let value = message.headerValue else { throw unfilled("The header of the template has no value.") }
        return ["type": "header", "parameters": [try parameter(value, for: header)]]
    }

    private static func parameter(_ value: String, for header: TemplateHeader) throws(SendFailure) -> JSONValue {
        switch header {
        case .text(let text): return parameter(value, at: 0, of: text)
        case .media(let media): return ["type": .string(media.rawValue), media.rawValue: link(value, of: media)]
        case .location:
            guard let place = Location(headerValue: value) else { throw unfilled("The header's value is no place.") }
            return ["type": "location", "location": location(place)]
        }
    }

    /// A text parameter; with its name where the template has named variables.
    private static func parameter(_ value: String, at index: Int, of text: TemplateText) -> JSONValue {
        var members: [String: JSONValue] = ["type": "text", "text": .string(value)]
        if text.names.indices.contains(index) { members["parameter_name"] = .string(text.names[index]) }
        return .object(members)
    }

    /// A document without a name is shown as "Untitled", so it is called what its address ends with.
    private static func link(_ link: String, of media: TemplateHeader.Media) -> JSONValue {
        guard media == .document, let name = fileName(of: link) else { return ["link": .string(link)] }
        return ["link": .string(link), "filename": .string(name)]
    }

    private static func fileName(of link: String) -> String? {
        let parts = link.prefix { $0 != "?" && $0 != "#" }.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 3, let last = parts.last, last.contains("."), last.count <= 240 else { return nil }
        return String(last)
    }

    /// Only buttons that are filled: Meta refuses a component for an address without a variable.
    private static func buttons(of message: TemplateMessage) -> [JSONValue] {
        message.content.buttons.indices.compactMap { index in
            message.buttonValue(index).map { component($0, at: index, of: message.content) }
        }
    }

    /// The code of an authentication template goes where others have the suffix of an address.
    private static func component(_ value: String, at index: Int, of content: TemplateContent) -> JSONValue {
        let copies = if case .copyCode = content.buttons[index] { content.category != .authentication } else { false }
        let parameter: JSONValue =
            copies ? ["type": "coupon_code", "coupon_code": .string(value)] : ["type": "text", "text": .string(value)]
        return [
            "type": "button", "sub_type": copies ? "copy_code" : "url", "index": .string(String(index)), "parameters": [parameter],
        ]
    }

    private static func unfilled(_ rule: String) -> SendFailure { SendFailure(.reject, code: "invalid_content", summary: rule) }
}
