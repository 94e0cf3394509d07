package import Core

/// When an event must have happened to count. Days are whole days in UTC; what lies in the future never counts.
package enum TimeWindow: Hashable, Sendable {
    case ever
    /// From the start of the day that many days ago: on 15 January the last 7 days begin with the 8th
    /// (`clevertap.md` 5.2).
    case lastDays(Int)
    /// Both included; a missing end is open.
    case days(from: Day?, to: Day?)
}

/// A date of the calendar, written 20260131.
package struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970.
    package let number: Int64

    /// Nil when there is no such date.
    package init?(_ written: Int64) {
        guard (19_000_101...29_991_231).contains(written) else { return nil }
        let (year, month, day) = (written / 10_000, written / 100 % 100, written % 100)
        number = Timestamp.days(year: year, month: month, day: day)
        guard Timestamp.civil(fromDays: number) == (year, month, day) else { return nil }
    }

    /// The day that a moment falls on.
    package init(of time: Timestamp) { number = Int64((Double(time.seconds) / 86_400).rounded(.down)) }

    package var written: Int64 {
        let date = Timestamp.civil(fromDays: number)
        return date.year * 10_000 + date.month * 100 + date.day
    }

    package var start: Timestamp { Timestamp(seconds: number * 86_400) }
    package var end: Timestamp { Timestamp(seconds: (number + 1) * 86_400) }

    package static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

/// A stretch of time.
package struct TimeBounds: Hashable, Sendable {
    /// The first moment that counts; nil for no bound.
    package var from: Timestamp?
    /// The first moment that no longer counts.
    package var to: Timestamp
}

extension TimeWindow {
    /// The moments that count. None of them lies after `now`: what a wrong clock dates ahead is not done yet.
    package func bounds(at now: Timestamp) -> TimeBounds {
        let end = now + .microseconds(1)
        return switch self {
        case .ever: TimeBounds(from: nil, to: end)
        case .days(let from, let to): TimeBounds(from: from?.start, to: min(to?.end ?? end, end))
        case .lastDays(let count): TimeBounds(from: Day(of: now).start - .seconds(86_400 * count), to: end)
        }
    }
}
