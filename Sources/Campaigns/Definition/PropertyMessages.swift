package import Core

/// A message for each value of a property of the person.
package struct PropertyMessages: Hashable, Sendable {
    package struct Case: Hashable, Sendable {
        /// A text, number or flag; compared as texts without regard to case.
        package var value: JSONValue
        package var choice: TemplateChoice
    }

    package var property: String
    /// 1 to 50.
    package var cases: [Case]
    /// For everybody else.
    package var standard: TemplateChoice

    /// The form in which values are compared; nil for what has none.
    package static func key(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text.lowercased()
        case .int(let number): String(number)
        case .double(let number): Int64(exactly: number).map(String.init) ?? "\(number)"
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
