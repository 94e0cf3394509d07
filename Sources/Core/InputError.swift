/// Something a caller sent that cannot be taken: what it is, by which rule, and how to mend it.
/// Domain code throws it; the HTTP surfaces turn it into an answer. The message is safe to show.
package struct InputError: Error, Hashable, Sendable {
    /// What is wrong, in the terms that a caller acts on.
    package enum Kind: Hashable, Sendable {
        /// Malformed or against a rule.
        case invalid
        /// No such thing, or not in this account.
        case notFound
        /// It exists already, or its state does not allow this.
        case conflict
    }

    package var kind: Kind
    /// Stable, for programs: `invalid_phone`.
    package var code: String
    /// For people: names the rule and shows the right form.
    package var message: String
    /// The path of the input that is wrong, such as `what.variables.2`.
    package var field: String?

    package init(_ kind: Kind = .invalid, code: String, field: String? = nil, _ message: String) {
        (self.kind, self.code, self.message, self.field) = (kind, code, message, field)
    }
}

/// A setting that the program cannot start with. Names the key and the rule, never the value of a secret.
package struct SettingsError: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
