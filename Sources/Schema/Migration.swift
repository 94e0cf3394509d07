package import Storage

/// One step of the schema. Released steps are never edited; a change is a new step with the next number.
package struct Migration: Sendable {
    /// From 1, without gaps.
    package let number: Int
    /// Number and intent: `0002-profiles`.
    package let name: String
    package let statements: @Sendable (Dialect) -> [String]
}

extension Migration {
    /// Every step, in order.
    package static let all: [Migration] = [accounts, profiles, channels, campaigns, messages, receipts, providers]
}
