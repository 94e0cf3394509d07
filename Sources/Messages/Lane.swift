/// Who goes first when a channel cannot send everything at once: what is in a lower lane before what is in a higher one.
/// A mass campaign waits until nobody waits for an answer.
package enum Lane: Int, Hashable, Comparable, Sendable, CaseIterable {
    /// Part of a conversation; somebody is waiting for it.
    case conversation = 0
    /// Triggered by something that the person did.
    case live = 1
    /// A campaign to many at once.
    case campaign = 2

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
