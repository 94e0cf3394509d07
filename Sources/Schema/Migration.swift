package import Storage

/// One step of the schema. Released steps are never edited; a change is a new step with the next number.
package struct Migration: Sendable {
    /// From 1, rising; the version of a database is the number of the last step it has had.
    package let number: Int
    /// Number and intent: `0002-profiles`.
    package let name: String
    package let statements: @Sendable (Dialect) -> [String]
}

extension Migration {
    /// Every step, in order.
    package static let all: [Migration] = [
        accounts, profiles, channels, campaigns, messages, receipts, providers, blocks, sending, campaignLife, triggers, segments,
        conversions, direct,
    ]
}

extension [Migration] {
    /// The version that a database has after all of them.
    var newest: Int { last?.number ?? 0 }
}
