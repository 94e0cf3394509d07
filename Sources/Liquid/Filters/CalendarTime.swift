import Core

/// A moment as a calendar and a clock show it in some zone.
struct CalendarTime {
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    let time: Timestamp
    /// Seconds east of UTC.
    let offset: Int
    let year: Int64
    let month: Int64
    let day: Int64
    /// From 0 for Sunday.
    let weekday: Int64
    /// From 1.
    let dayOfYear: Int64
    let secondOfDay: Int64

    init(_ time: Timestamp, offset: Int) {
        (self.time, self.offset) = (time, offset)
        let seconds = time.seconds + Int64(offset)
        secondOfDay = (seconds % 86_400 + 86_400) % 86_400
        let days = (seconds - secondOfDay) / 86_400
        (year, month, day) = Timestamp.civil(fromDays: days)
        weekday = ((days + 4) % 7 + 7) % 7
        dayOfYear = days - Timestamp.days(year: year, month: 1, day: 1) + 1
    }

    var hour: Int64 { secondOfDay / 3600 }
    var minute: Int64 { secondOfDay / 60 % 60 }
    var second: Int64 { secondOfDay % 60 }
    var microsecond: Int64 { time.microseconds - time.seconds * 1_000_000 }
    var hourOfTwelve: Int64 { (hour + 11) % 12 + 1 }
    /// From 1 for Monday.
    var isoWeekday: Int64 { weekday == 0 ? 7 : weekday }

    /// The week that begins with a Monday and has most of its days in its year.
    var isoWeek: (year: Int64, week: Int64) {
        let week = (dayOfYear - isoWeekday + 10) / 7
        if week < 1 { return (year - 1, Self.weeks(in: year - 1)) }
        return week > Self.weeks(in: year) ? (year + 1, 1) : (year, week)
    }

    private static func weeks(in year: Int64) -> Int64 {
        let first = ((Timestamp.days(year: year, month: 1, day: 1) + 3) % 7 + 7) % 7 + 1
        let last = ((Timestamp.days(year: year, month: 12, day: 31) + 3) % 7 + 7) % 7 + 1
        return first == 4 || last == 4 ? 53 : 52
    }
}
