package import Core
package import Storage

/// What the segments mean that a rule names. `SegmentStore.rules` is that of the saved ones.
package struct SegmentRules: Sendable {
    /// The rule with the rules of segments in the places of their names; what stays is asked of `members`.
    package var expand: @Sendable (AudienceRule, AccountID, any SQLSession) throws -> AudienceRule
    /// The people of a segment that has no rule, such as a custom list.
    package var members: @Sendable (SegmentID, any SQLSession) throws -> PeopleSet

    package init(
        expand: @escaping @Sendable (AudienceRule, AccountID, any SQLSession) throws -> AudienceRule = { rule, _, _ in rule },
        members: @escaping @Sendable (SegmentID, any SQLSession) throws -> PeopleSet
    ) {
        (self.expand, self.members) = (expand, members)
    }

    /// There are no segments: nobody is in any.
    package static let none = SegmentRules { _, _ in PeopleSet() }
}
