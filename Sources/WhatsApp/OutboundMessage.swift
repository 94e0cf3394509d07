package import Core

/// A message that is ready for the wire.
package struct OutboundMessage: Hashable, Sendable {
    /// Our reference; providers that take one echo it in receipts.
    package var id: MessageID
    package var to: PhoneNumber
    package var template: TemplateName
    package var language: String
    /// `parameters[0]` fills `{{1}}`.
    package var parameters: [String]

    package init(id: MessageID, to: PhoneNumber, template: TemplateName, language: String, parameters: [String]) {
        (self.id, self.to, self.template, self.language, self.parameters) = (id, to, template, language, parameters)
    }
}

/// The sending side of a channel: what a provider needs besides the message.
package struct Line: Hashable, Sendable {
    /// The company's own number.
    package var number: PhoneNumber
    /// Scheme and host, without a path at the end: `https://api.nexmo.com`.
    package var baseURL: String
    package var credentials: Credentials

    package init(number: PhoneNumber, baseURL: String, credentials: Credentials) {
        (self.number, self.baseURL, self.credentials) = (number, baseURL, credentials)
    }
}

/// Secrets by name. Printing it shows the names only.
package struct Credentials: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    private let values: [String: String]

    package init(_ values: [String: String]) { self.values = values }

    package subscript(_ name: String) -> String? { values[name] }

    /// For sealing; goes nowhere else.
    package var json: JSONValue { .object(values.mapValues(JSONValue.string)) }

    package var description: String { "Credentials(\(values.keys.sorted().joined(separator: ", ")))" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
