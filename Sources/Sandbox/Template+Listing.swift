import Core

/// How Meta and Vonage list a template. The examples that it was approved with are made up from the variables' names.
extension Template {
    /// NAMED when its variables have names, POSITIONAL when they are numbers or there are none.
    var parameterFormat: String { isNamed ? "NAMED" : "POSITIONAL" }

    var components: JSONValue {
        var components: [JSONValue] = []
        if let header { components.append(component(header)) }
        components.append(Self.component(["type": "BODY", "text": .string(body)], example(of: body, "body_text")))
        if let footer { components.append(["type": "FOOTER", "text": .string(footer)]) }
        if !buttons.isEmpty { components.append(["type": "BUTTONS", "buttons": .array(buttons.map(Self.listed))]) }
        return .array(components)
    }

    private var isNamed: Bool {
        let title = if case .text(let text) = header { text } else { "" }
        return (Self.names(in: title) + Self.names(in: body)).contains { Int($0) == nil }
    }

    private func component(_ header: Header) -> JSONValue {
        switch header {
        case .text(let text):
            let members: [String: JSONValue] = ["type": "HEADER", "format": "TEXT", "text": .string(text)]
            return Self.component(members, example(of: text, "header_text"))
        case .media("LOCATION"): return ["type": "HEADER", "format": "LOCATION"]
        case .media(let format):
            let handle: JSONValue = .string("https://scontent.whatsapp.example/\(id.digits)")
            return Self.component(["type": "HEADER", "format": .string(format)], ["header_handle": [handle]])
        }
    }

    private static func component(_ members: [String: JSONValue], _ example: JSONValue?) -> JSONValue {
        .object(members.merging(example.map { ["example": $0] } ?? [:]) { $1 })
    }

    /// Under `key` a value for each variable, a body's in a list of lists; under `key` and `_named_params` their names as
    /// well. Nil without variables.
    private func example(of text: String, _ key: String) -> JSONValue? {
        let names = Self.names(in: text)
        guard !names.isEmpty else { return nil }
        guard !isNamed else {
            let values = names.map { JSONValue.object(["param_name": .string($0), "example": .string(Self.sample($0))]) }
            return .object([key + "_named_params": .array(values)])
        }
        let values = JSONValue.array(names.sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }.map { .string(Self.sample($0)) })
        return .object([key: key == "body_text" ? [values] : values])
    }

    private static func listed(_ button: JSONValue) -> JSONValue {
        guard let members = button.object, members["example"] == nil else { return button }
        let url = members["url"]?.string ?? ""
        if let name = names(in: url).first {
            return component(members, [.string(url.replacing("{{\(name)}}", with: "example"))])
        }
        return component(members, members["type"] == "COPY_CODE" ? ["EXAMPLE1"] : JSONValue?.none)
    }

    private static func sample(_ name: String) -> String { "example \(name)" }
}
