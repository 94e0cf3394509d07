/// Something people did: an event by its name, within a window, with filters on its properties, and how often or how much.
package struct EventRule: Hashable, Sendable {
    /// Which of a person's occurrences are looked at. First and last are taken among those that pass filters and hours,
    /// over all time up to now; then the window must hold the one that was taken.
    package enum Pick: String, Hashable, Sendable, CaseIterable { case every, first, last }

    /// Compared without regard to case and blanks, as event names are.
    package var event: String
    package var window: TimeWindow
    /// All must hold.
    package var filters: [PropertyFilter]
    /// When of the day and week, in the account's zone; nil means at any time.
    package var hours: HoursFilter?
    package var pick: Pick
    package var measure: Aggregate
    package var test: NumberTest
    /// People without any occurrence that counts are judged as having 0. Otherwise they never fit, also not "fewer than
    /// N" (`clevertap.md` 5.2).
    package var includesNever: Bool

    /// As it stands: at least once, ever.
    package init(
        event: String, window: TimeWindow = .ever, filters: [PropertyFilter] = [], hours: HoursFilter? = nil, pick: Pick = .every,
        measure: Aggregate = .count, test: NumberTest = .compare(.greaterThanEquals, 1), includesNever: Bool = false
    ) {
        (self.event, self.window, self.filters, self.hours, self.pick) = (event, window, filters, hours, pick)
        (self.measure, self.test, self.includesNever) = (measure, test, includesNever)
    }
}

/// What is added up over the occurrences that count. Where an occurrence lacks the property, or it is no number, it counts
/// as 0 (`clevertap.md` 5.2); the filter "exists" leaves those out.
package enum Aggregate: Hashable, Sendable {
    case count
    case sum(String)
    /// Sum divided by count; without an occurrence 0.
    case average(String)
}

/// A test on a number.
package enum NumberTest: Hashable, Sendable {
    case equals(Double)
    case notEquals(Double)
    case compare(Comparison, Double)
    /// Both ends included.
    case between(Double, Double)

    package func holds(_ value: Double) -> Bool {
        switch self {
        case .equals(let wanted): value == wanted
        case .notEquals(let wanted): value != wanted
        case .compare(let comparison, let bound): comparison.holds(value, bound)
        case .between(let low, let high): low <= value && value <= high
        }
    }
}

/// Hours of the day on some days of the week, in the account's zone.
package struct HoursFilter: Hashable, Sendable {
    /// 1 is Monday, 7 Sunday. All seven, if the day does not matter.
    package var weekdays: Set<Int>
    /// Minutes since midnight, 0 to 1440; the end is not included. Any of them; one range over the whole day, if the time
    /// does not matter. A range that begins later than it ends goes over midnight and is two.
    package var minutes: [Range<Int>]

    package init(weekdays: Set<Int> = Set(1...7), minutes: [Range<Int>] = [0..<1440]) {
        (self.weekdays, self.minutes) = (weekdays, minutes)
    }

    package func holds(weekday: Int, minute: Int) -> Bool {
        weekdays.contains(weekday) && minutes.contains { $0.contains(minute) }
    }
}
