package import Core

package enum TimeUnit: String, CaseIterable, Hashable, Sendable {
    case seconds, minutes, hours, days, weeks, months, years
}

/// A length of time in a unit of the calendar, such as 3 days or -2 months.
package struct Span: Hashable, Sendable {
    /// At most `largestAmount` away from zero.
    package let amount: Int
    package let unit: TimeUnit

    package static let largestAmount = 100_000

    package init(_ amount: Int, _ unit: TimeUnit) {
        precondition(abs(amount) <= Self.largestAmount, "a span of \(amount) \(unit)")
        (self.amount, self.unit) = (amount, unit)
    }
}

extension Zone {
    /// Seconds, minutes and hours are exact; with days and longer units the clocks show the same time afterwards, by the rule of
    /// `timestamp(of:)`. Months and years keep the day of the month as `Day.adding(months:)` does.
    package func adding(_ span: Span, to time: Timestamp) -> Timestamp {
        let amount = span.amount
        return switch span.unit {
        case .seconds: time + .seconds(amount)
        case .minutes: time + .seconds(60 * amount)
        case .hours: time + .seconds(3600 * amount)
        case .days: moving(time, by: amount) { $0.adding(days: amount) }
        case .weeks: moving(time, by: amount) { $0.adding(days: 7 * amount) }
        case .months: moving(time, by: amount) { $0.adding(months: amount) }
        case .years: moving(time, by: amount) { $0.adding(years: amount) }
        }
    }

    private func moving(_ time: Timestamp, by amount: Int, _ move: (Day) -> Day) -> Timestamp {
        // Without this the second 01:30 of an autumn night would become the first.
        guard amount != 0 else { return time }
        let old = local(of: time)
        let fraction = time - Timestamp(seconds: time.seconds)
        return timestamp(day: move(old.day), time: old.time) + fraction
    }
}
