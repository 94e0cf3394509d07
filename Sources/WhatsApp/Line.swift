package import Core

/// The sending side of a channel: what a provider needs besides the message.
package struct Line: Hashable, Sendable {
    /// The company's own number.
    package var number: PhoneNumber
    /// Scheme, host and maybe a path, without a slash at the end: `https://api.nexmo.com`.
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

    /// These with others laid over them by name; an empty one takes its name away.
    package func merging(_ others: Credentials) -> Credentials {
        Credentials(values.merging(others.values) { $1 }.filter { !$0.value.isEmpty })
    }

    /// The names, sorted.
    package var names: [String] { values.keys.sorted() }

    /// For sealing; goes nowhere else.
    package var json: JSONValue { .object(values.mapValues(JSONValue.string)) }

    /// `text` with every secret in it blotted out: what a vendor says may repeat what it was sent. Values of less than
    /// six characters are left, for they would blot out half of a sentence.
    package func redacted(_ text: String) -> String {
        values.values.filter { $0.utf8.count >= 6 }.sorted { $0.utf8.count > $1.utf8.count }
            .reduce(text) { $0.split(separator: $1, omittingEmptySubsequences: false).joined(separator: "•••") }
    }

    package var description: String { "Credentials(\(names.joined(separator: ", ")))" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
