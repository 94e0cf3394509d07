package import Core

/// A time zone: what its clocks show at any moment. A copy costs little. Two zones are equal when their identifiers are.
package struct Zone: Hashable, Sendable, CustomStringConvertible {
    /// `Europe/Paris`, `UTC`, or `+05:30` for a zone that has one offset for ever.
    package let identifier: String
    let rules: ZoneRules

    package static let utc = Zone(identifier: "UTC", rules: ZoneRules(offset: 0))

    init(identifier: String, rules: ZoneRules) { (self.identifier, self.rules) = (identifier, rules) }

    /// - Parameter file: a TZif file (RFC 9636) of any version.
    ///
    /// Nil when the file is damaged, or counts leap seconds, which our time does not.
    package init?(identifier: String, file: [UInt8]) {
        guard let rules = ZoneRules(file: file) else { return nil }
        self.init(identifier: identifier, rules: rules)
    }

    /// Seconds east of UTC.
    package func offset(at time: Timestamp) -> Int { Int(rules.stretch(at: time.seconds).offset) }

    package var description: String { identifier }

    package static func == (a: Self, b: Self) -> Bool { a.identifier == b.identifier }

    package func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}
