package import Core

/// Wall clock and moment. One rule covers the hour that is left out in spring and the hour that comes twice in autumn: a
/// wall time means the first moment at which the clocks show it or a later time. So a time that is left out means the moment the
/// clocks are put forward, and of a time that comes twice the first is meant; a later wall time never means an earlier moment.
extension Zone {
    /// What the clocks show, to the second.
    package func local(of time: Timestamp) -> LocalDateTime {
        let seconds = time.seconds
        return LocalDateTime(wall: seconds + rules.stretch(at: seconds).offset)
    }

    /// The moment of a wall time, by the rule above.
    package func timestamp(of local: LocalDateTime) -> Timestamp {
        let wall = local.wall
        var from = wall - ZoneRules.largestOffset
        while true {
            let stretch = rules.stretch(at: from)
            let moment = max(from, wall - stretch.offset)
            if moment < stretch.end { return Timestamp(seconds: moment) }
            from = stretch.end
        }
    }

    package func timestamp(day: Day, time: LocalTime) -> Timestamp { timestamp(of: LocalDateTime(day: day, time: time)) }

    /// The first moment of a day: 01:00 where the clocks are put forward at midnight.
    package func startOfDay(_ day: Day) -> Timestamp { timestamp(day: day, time: .midnight) }

    /// The first moment, not before `start`, of a day of `days` at which the clocks show `time`. A day that the zone leaves out
    /// does not count. Nil when `days` is empty.
    package func next(_ time: LocalTime, on days: Set<Weekday> = Set(Weekday.allCases), from start: Timestamp) -> Timestamp? {
        let today = local(of: start).day
        // Two weeks, because the only such weekday of the next seven may be one that the zone leaves out.
        return (0...14).lazy.map { today.adding(days: $0) }.filter { days.contains($0.weekday) }
            .map { (day: $0, moment: timestamp(day: $0, time: time)) }
            .first { $0.moment >= start && ($0.day == local(of: $0.moment).day || time == .endOfDay) }?.moment
    }
}
