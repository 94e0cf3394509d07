package import Core

/// What a rule names, for whoever has to load it or to say that it does not exist.
extension AudienceRule {
    package var segments: Set<SegmentID> { Set(tests.compactMap { if case .segment(let id) = $0 { id } else { nil } }) }

    /// Names of events as written; compared without regard to case and blanks.
    package var eventNames: Set<String> { Set(tests.compactMap { if case .event(let event) = $0 { event.event } else { nil } }) }

    /// Properties of people, not of events. An age needs `Age` and `DOB`.
    package var propertyNames: Set<String> {
        Set(
            tests.flatMap { test -> [String] in
                guard case .property(let filter) = test else { return [] }
                return filter.isAge ? ["Age", "DOB"] : [filter.name]
            })
    }

    /// The tests of the tree, without the groups.
    package var tests: [AudienceRule] {
        switch self {
        case .all(let members), .any(let members): members.flatMap(\.tests)
        case .not(let member): member.tests
        case .event, .property, .reach, .bucket, .segment: [self]
        }
    }
}
