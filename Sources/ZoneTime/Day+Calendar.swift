import Core

extension Day {
    package var weekday: Weekday { Weekday(sinceMonday: daysSinceMonday) }

    /// 0...6; 1970 began on a Thursday.
    var daysSinceMonday: Int { Int((number + 3).flooredDivision(by: 7).remainder) }

    package func adding(days: Int) -> Day { Day(number: number + Int64(days)) }

    /// The same day of another month, or that month's last day when it is shorter: 31 January and a month is
    /// 28 February, or the 29th in a leap year.
    package func adding(months: Int) -> Day {
        let (year, month, day) = date
        let first = Self.first(ofMonth: year * 12 + month - 1 + Int64(months))
        let next = Self.first(ofMonth: year * 12 + month + Int64(months))
        return Day(number: min(first.number + day - 1, next.number - 1))
    }

    /// The same date of another year; 29 February becomes the 28th in a common year.
    package func adding(years: Int) -> Day { adding(months: 12 * years) }

    /// The day on which a yearly occasion is kept: the same date, and 28 February for the 29th in a common year.
    package func anniversary(in year: Int) -> Day { adding(years: year - Int(date.year)) }

    /// The Monday of its week.
    package var startOfWeek: Day { adding(days: -daysSinceMonday) }

    package var startOfMonth: Day { Day(number: number - date.day + 1) }

    package var startOfYear: Day { Self.first(ofMonth: date.year * 12) }

    /// - Parameter month: months since January of the year 0.
    private static func first(ofMonth month: Int64) -> Day {
        let (year, rest) = month.flooredDivision(by: 12)
        return Day(number: Timestamp.days(year: year, month: rest + 1, day: 1))
    }
}
