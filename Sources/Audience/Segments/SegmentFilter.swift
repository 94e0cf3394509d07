package import Core

/// Which segments of a list are wanted, and in what order.
package struct SegmentFilter: Hashable, Sendable {
    package enum Order: String, Hashable, Sendable, CaseIterable { case name, created, updated }

    /// Part of the name, without regard to case, or the whole id. Nil for any.
    package var search: String?
    /// Empty for any.
    package var types: Set<SegmentType>
    package var order: Order
    package var isDescending: Bool
    /// Where the page before ended; nil from the start.
    package var after: SegmentPlace?

    package init(
        search: String? = nil, types: Set<SegmentType> = [], order: Order = .updated, isDescending: Bool = true, after: SegmentPlace? = nil
    ) {
        (self.search, self.types, self.order, self.isDescending, self.after) = (search, types, order, isDescending, after)
    }
}

/// A place in an ordered list of segments: what it is ordered by, and the id. Means something only for the same order.
package struct SegmentPlace: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case name(String)
        case time(Timestamp)
    }

    package var value: Value
    package var id: SegmentID

    package init(_ value: Value, _ id: SegmentID) { (self.value, self.id) = (value, id) }

    /// The place of a segment in a list of this order.
    package init(of segment: Segment, in order: SegmentFilter.Order) {
        id = segment.id
        value =
            switch order {
            case .name: .name(SegmentName(segment.name).key)
            case .created: .time(segment.createdAt)
            case .updated: .time(segment.updatedAt)
            }
    }

    /// Whether it is a place in a list of this order.
    package func fits(_ order: SegmentFilter.Order) -> Bool {
        switch value {
        case .name: order == .name
        case .time: order != .name
        }
    }
}
