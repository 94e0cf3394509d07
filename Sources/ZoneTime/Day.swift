package import Core

/// A date of the calendar, without a zone.
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970.
    package let number: Int64

    package init(number: Int64) { self.number = number }

    /// Reads the form 20260131. Nil when there is no such date in the years 1900 to 2999.
    package init?(_ written: Int64) {
        guard (19_000_101...29_991_231).contains(written) else { return nil }
        self.init(year: written / 10_000, month: written / 100 % 100, day: written % 100)
    }

    /// Nil when there is no such date in the years 0 to 9999.
    package init?(year: Int64, month: Int64, day: Int64) {
        guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        number = Timestamp.days(year: year, month: month, day: day)
        guard date == (year, month, day) else { return nil }
    }

    /// Reads the form `2026-01-31`. Nil when there is no such date.
    package init?(_ text: String) {
        guard text.utf8.count == 10, let midnight = Timestamp(iso8601: text + "T00:00:00Z") else { return nil }
        self.init(of: midnight)
    }

    /// The day that a moment falls on in UTC; `Zone.local(of:)` tells it elsewhere.
    package init(of time: Timestamp) { number = time.seconds.flooredDivision(by: 86_400).quotient }

    package var date: (year: Int64, month: Int64, day: Int64) { Timestamp.civil(fromDays: number) }

    /// The form 20260131.
    package var written: Int64 { date.year * 10_000 + date.month * 100 + date.day }

    /// `2026-01-31`.
    package var description: String { String(start.iso8601().prefix(10)) }

    /// The first moment in UTC.
    package var start: Timestamp { Timestamp(seconds: number * 86_400) }
    /// The first moment of the next day in UTC.
    package var end: Timestamp { Timestamp(seconds: (number + 1) * 86_400) }

    package static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}
