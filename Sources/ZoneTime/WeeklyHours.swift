package import Core

/// Hours of the week by the clock on the wall in which nothing is sent: quiet hours, do not disturb.
package struct WeeklyHours: Hashable, Sendable {
    /// From a time, included, to a time, excluded. One that ends at or before its beginning goes on into the next day, and belongs
    /// to the day on which it begins.
    package struct Range: Hashable, Sendable {
        package let days: Set<Weekday>
        /// Never 24:00.
        package let from: LocalTime
        /// 24:00 for the end of the day.
        package let to: LocalTime

        /// Nil when `from` is 24:00 or the two are the same, which could mean all day as well as nothing.
        package init?(days: Set<Weekday>, from: LocalTime, to: LocalTime) {
            guard from != .endOfDay, from != to else { return nil }
            (self.days, self.from, self.to) = (days, from, to)
        }
    }

    package let ranges: [Range]
    /// The quiet seconds of the week from Monday 00:00, ascending, with something between any two.
    private let quiet: [Swift.Range<Int>]
    private static let week = 7 * 86_400

    package static let none = WeeklyHours([])

    package init(_ ranges: [Range]) {
        self.ranges = ranges
        quiet = Self.merged(ranges.flatMap(\.seconds).sorted { $0.lowerBound < $1.lowerBound })
    }

    /// Whether no hour of the week is left.
    package var isAlways: Bool { quiet.first == 0..<Self.week }

    package func isQuiet(at time: Timestamp, in zone: Zone) -> Bool { end(at: zone.local(of: time).secondOfWeek) != nil }

    /// The first moment, not before `time`, that is not quiet; nil when every hour of the week is quiet.
    package func nextOpen(from time: Timestamp, in zone: Zone) -> Timestamp? {
        guard !isAlways else { return nil }
        var moment = time
        while true {
            let stretch = zone.rules.stretch(at: moment.seconds)
            let second = LocalDateTime(wall: moment.seconds + stretch.offset).secondOfWeek
            guard let end = end(at: second) else { return moment }
            // The clocks may be changed before they show the end.
            moment = Timestamp(seconds: min(moment.seconds + Int64(end - second), stretch.end))
        }
    }

    /// The end of the quiet stretch that a second of the week is in; nil when it is in none.
    private func end(at second: Int) -> Int? { quiet.first { $0.contains(second) }?.upperBound }

    private static func merged(_ sorted: [Swift.Range<Int>]) -> [Swift.Range<Int>] {
        sorted.reduce(into: []) { merged, next in
            guard let last = merged.last, next.lowerBound <= last.upperBound else { return merged.append(next) }
            merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
        }
    }
}

extension WeeklyHours.Range {
    /// In seconds of the week from Monday 00:00; what goes beyond Sunday begins the week.
    fileprivate var seconds: [Swift.Range<Int>] {
        days.flatMap { day -> [Swift.Range<Int>] in
            let start = day.sinceMonday * 86_400 + from.second
            let end = start + to.second - from.second + (to > from ? 0 : 86_400)
            let week = 7 * 86_400
            return end <= week ? [start..<end] : [start..<week, 0..<end - week]
        }
    }
}

extension LocalDateTime {
    /// From Monday 00:00.
    fileprivate var secondOfWeek: Int { day.daysSinceMonday * 86_400 + time.second }
}
