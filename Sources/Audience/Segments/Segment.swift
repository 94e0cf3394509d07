package import Core

/// A saved rule that says who, or a list of people (`clevertap.md` 5.1).
package struct Segment: Hashable, Sendable {
    package let id: SegmentID
    package let accountID: AccountID
    /// Unique in the account, without regard to case.
    package var name: String
    package var content: SegmentContent
    /// Who saved it first, as the page shows it; nil for a call of the API.
    package var createdBy: String?
    package var updatedBy: String?
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package var type: SegmentType { content.type }
}

/// What a segment is made of.
package enum SegmentContent: Hashable, Sendable {
    /// Judged when somebody asks.
    case past(AudienceRule)
    /// What makes people qualify as it happens; a live campaign begins with it.
    case live(LiveRule)
    /// People by name, uploaded as a file.
    case list

    package var type: SegmentType {
        switch self {
        case .past: .pastBehaviour
        case .live(let rule): SegmentType(rule.trigger.kind)
        case .list: .customList
        }
    }

    /// The other segments that it needs.
    var needs: Set<SegmentID> {
        switch self {
        case .past(let rule): rule.segments
        case .live(let rule): rule.filter.segments
        case .list: []
        }
    }
}

/// The kinds of segments, by their names in the API and in the table.
package enum SegmentType: String, Hashable, Sendable, CaseIterable {
    case pastBehaviour = "past_behaviour"
    case singleAction = "single_action"
    case inaction
    case dateTime = "date_time"
    case customList = "custom_list"

    init(_ kind: LiveTrigger.Kind) {
        self =
            switch kind {
            case .singleAction: .singleAction
            case .inaction: .inaction
            case .dateTime: .dateTime
            }
    }

    /// Nil for segments that have people at any moment.
    package var trigger: LiveTrigger.Kind? { LiveTrigger.Kind(rawValue: rawValue) }

    /// Whether it has people at any moment, and so a size, and so may stand in a rule.
    package var hasPeople: Bool { trigger == nil }
}
