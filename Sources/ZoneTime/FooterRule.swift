import Core

/// The rule for the years after a zone's last known change, a POSIX TZ text: `EST5EDT,M3.2.0,M11.1.0`.
struct FooterRule: Hashable {
    /// Seconds east of UTC.
    let standard: Int32
    let daylight: Daylight?

    struct Daylight: Hashable {
        /// Seconds east of UTC.
        let offset: Int32
        let start: YearlyMoment
        let end: YearlyMoment
    }

    init(standard: Int32, daylight: Daylight?) { (self.standard, self.daylight) = (standard, daylight) }

    /// The changes after a second since 1970, ascending, with none that another undoes in the same second.
    func changes(ofYears years: ClosedRange<Int64>, after second: Int64) -> [ZoneChange] {
        guard let daylight else { return [] }
        let all = years.flatMap { year in
            [
                ZoneChange(second: daylight.end.second(inYear: year) - Int64(daylight.offset), offset: standard),
                ZoneChange(second: daylight.start.second(inYear: year) - Int64(standard), offset: daylight.offset),
            ]
        }
        // Where summer time ends in the second in which the next begins, it goes on.
        let order = all.sorted { ($0.second, $0.offset == daylight.offset ? 1 : 0) < ($1.second, $1.offset == daylight.offset ? 1 : 0) }
        return order.indices.filter { $0 + 1 == order.count || order[$0].second != order[$0 + 1].second }
            .map { order[$0] }.filter { $0.second > second }
    }
}

/// A moment of the wall clock that comes every year.
struct YearlyMoment: Hashable {
    enum Date: Hashable {
        /// 1...365; 29 February does not count.
        case julian(Int64)
        /// 0...365.
        case ordinal(Int64)
        /// The month 1...12, the week 1...5 of which 5 is the last, the weekday 0...6 from Sunday.
        case week(month: Int64, week: Int64, weekday: Int64)
    }

    let date: Date
    /// After the beginning of the day, within a week before or after it.
    let second: Int64

    /// Seconds since 1970, as if the zone were UTC.
    func second(inYear year: Int64) -> Int64 { day(inYear: year) * 86_400 + second }

    private func day(inYear year: Int64) -> Int64 {
        let first = Timestamp.days(year: year, month: 1, day: 1)
        switch date {
        case .julian(let day):
            let isLeap = Timestamp.days(year: year + 1, month: 1, day: 1) - first == 366
            return first + day - (isLeap && day >= 60 ? 0 : 1)
        case .ordinal(let day): return first + day
        case .week(let month, let week, let weekday): return Self.day(year: year, month: month, week: week, weekday: weekday)
        }
    }

    private static func day(year: Int64, month: Int64, week: Int64, weekday: Int64) -> Int64 {
        let first = Timestamp.days(year: year, month: month, day: 1)
        let next = month == 12 ? Timestamp.days(year: year + 1, month: 1, day: 1) : Timestamp.days(year: year, month: month + 1, day: 1)
        // 1970 began on a Thursday.
        let before = (weekday - first - 4).flooredDivision(by: 7).remainder
        let day = first + before + (week - 1) * 7
        return day < next ? day : day - 7
    }
}
