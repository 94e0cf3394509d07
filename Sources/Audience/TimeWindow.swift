package import Core
package import ZoneTime

/// When an event must have happened to count, or a date must lie. Days, weeks, months and years are those of the account's
/// zone (`clevertap.md` 5.2).
package enum TimeWindow: Hashable, Sendable {
    case ever
    case today
    /// At least 1. Seconds, minutes and hours roll back from now: "last 24 hours". Longer units begin with a day: the last
    /// 7 days on 15 January begin with the 8th, the last 2 months on 31 January with 30 November, where the month has no 31st.
    case last(Int, TimeUnit)
    case thisMonth
    case previousMonth
    /// Whole days, counted back from today, which is 0, and so not below it: `3...3` is exactly 3 days ago, `2...5` between 2 and 5 days ago.
    case daysAgo(ClosedRange<Int>)
    /// Both included; a missing end is open, and one of the two is there. "Before" and "after" a date, which exclude it, are
    /// one day off.
    case days(from: Day?, to: Day?)
    /// At least 1. From now on, for dates among properties alone, since no event lies ahead. Longer units than an hour end
    /// with a day: the next 3 days on the 15th end with the 18th.
    case next(Int, TimeUnit)
}

/// A stretch of time.
package struct TimeBounds: Hashable, Sendable {
    /// The first moment that counts; nil for no bound.
    package var from: Timestamp?
    /// The first moment that no longer counts; nil for no bound.
    package var to: Timestamp?

    package init(from: Timestamp?, to: Timestamp?) { (self.from, self.to) = (from, to) }

    package func contains(_ time: Timestamp) -> Bool { from.map { $0 <= time } ?? true && to.map { time < $0 } ?? true }
}

/// The moment at which rules are judged, and the zone whose days count.
package struct RuleMoment: Hashable, Sendable {
    package var now: Timestamp
    /// The account's.
    package var zone: Zone

    package init(now: Timestamp, zone: Zone) { (self.now, self.zone) = (now, zone) }
}
