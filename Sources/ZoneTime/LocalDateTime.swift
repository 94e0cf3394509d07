import Core

/// A day and what the clock shows on it. With the name of a zone it is how a plan is stored; the moment is worked out late,
/// by the rules that hold then.
package struct LocalDateTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var day: Day
    package var time: LocalTime

    package init(day: Day, time: LocalTime) { (self.day, self.time) = (day, time) }

    /// Reads `2026-11-02T09:00`, also with seconds. Nil when there is no such date or time, and when a zone is given.
    package init?(_ text: String) {
        let length = text.utf8.count
        guard length == 16 || length == 19, let time = Timestamp(iso8601: text + (length == 16 ? ":00Z" : "Z")) else { return nil }
        self.init(wall: time.seconds)
    }

    /// - Parameter wall: seconds since 1970 as if the zone were UTC.
    init(wall: Int64) {
        let (days, rest) = wall.flooredDivision(by: 86_400)
        self.init(day: Day(number: days), time: LocalTime(second: Int(rest)))
    }

    /// Seconds since 1970 as if the zone were UTC.
    var wall: Int64 { day.number * 86_400 + Int64(time.second) }

    /// `2026-11-02T09:00`, and with seconds when it is not a whole minute.
    package var description: String { "\(day)T\(time)" }

    package static func < (a: Self, b: Self) -> Bool { a.wall < b.wall }
}
