package import Core
package import ZoneTime

/// When an event must have happened to count. Days are whole days in UTC; what lies in the future never counts.
package enum TimeWindow: Hashable, Sendable {
    case ever
    /// From the start of the day that many days ago: on 15 January the last 7 days begin with the 8th
    /// (`clevertap.md` 5.2).
    case lastDays(Int)
    /// Both included; a missing end is open.
    case days(from: Day?, to: Day?)
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
