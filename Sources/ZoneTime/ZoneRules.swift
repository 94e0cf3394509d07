import Core

/// The offsets of a zone through all time, as stretches with one offset each.
///
/// What a footer says of the years after the last known change is written out for 400 years, after which the calendar repeats
/// itself to the weekday; later moments are looked up in those years.
final class ZoneRules: Sendable {
    /// A stretch of time in which the offset stays the same.
    struct Stretch {
        /// Seconds east of UTC.
        let offset: Int64
        /// The second since 1970 at which the next begins; `Int64.max` for never.
        let end: Int64
    }

    /// No offset is further from zero, in seconds.
    static let largestOffset: Int64 = 26 * 3600
    private static let cycle: Int64 = 146_097 * 86_400

    /// Where each stretch begins in seconds since 1970, ascending; the first is always.
    private let starts: [Int64]
    private let offsets: [Int32]
    /// From here on everything is as it was a cycle before.
    private let cycleEnd: Int64

    /// The same offset for ever.
    init(offset: Int) {
        (starts, offsets, cycleEnd) = ([.min], [Int32(offset)], .max)
    }

    /// - Parameters:
    ///   - first: the offset before the first change.
    ///   - changes: ascending in time.
    ///   - footer: what holds after the last change.
    init(first: Int32, changes: [ZoneChange], footer: FooterRule?) {
        guard let footer, footer.daylight != nil else {
            let first = changes.isEmpty ? footer?.standard ?? first : first
            (starts, offsets, cycleEnd) = ([.min] + changes.map(\.second), [first] + changes.map(\.offset), .max)
            return
        }
        let lastDay = (changes.last?.second ?? Self.firstSecond).flooredDivision(by: 86_400).quotient
        let year = Timestamp.civil(fromDays: lastDay).year
        let later = footer.changes(ofYears: year - 1...year + 402, after: changes.last?.second ?? .min)
        let all = changes + later
        (starts, offsets) = ([.min] + all.map(\.second), [first] + all.map(\.offset))
        cycleEnd = Timestamp.days(year: year + 402, month: 1, day: 1) * 86_400
    }

    /// A footer without changes before it counts from 1900 on.
    private static let firstSecond: Int64 = -2_208_988_800

    func stretch(at second: Int64) -> Stretch {
        let cycles = second < cycleEnd ? 0 : (second - cycleEnd) / Self.cycle + 1
        let index = index(at: second - cycles * Self.cycle)
        let end = index + 1 < starts.count ? starts[index + 1] + cycles * Self.cycle : .max
        return Stretch(offset: Int64(offsets[index]), end: end)
    }

    /// The last stretch that begins at or before a second.
    private func index(at second: Int64) -> Int {
        var (low, length) = (0, starts.count)
        while length > 1 {
            let half = length / 2
            low += starts[low + half] <= second ? half : 0
            length -= half
        }
        return low
    }
}

/// The second since 1970 from which on an offset holds.
struct ZoneChange: Hashable {
    var second: Int64
    /// Seconds east of UTC.
    var offset: Int32
}
