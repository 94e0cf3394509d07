#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A moment in UTC microseconds since 1970, as the database keeps it.
package struct Timestamp: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    /// - Parameter seconds: since 1970, within about 290,000 years; what comes from outside is compared with
    ///   `writableSeconds` first.
    package init(seconds: Int64) { microseconds = seconds * 1_000_000 }

    /// Whole seconds, rounded down.
    package var seconds: Int64 { microseconds.flooredDivision(by: 1_000_000).quotient }

    package static func < (a: Self, b: Self) -> Bool { a.microseconds < b.microseconds }

    /// The moment that much later.
    package static func + (a: Self, b: Duration) -> Self { Self(microseconds: a.microseconds + b.microseconds) }

    /// The moment that much earlier.
    package static func - (a: Self, b: Duration) -> Self { Self(microseconds: a.microseconds - b.microseconds) }

    /// How long after `b` it is; negative when it is before.
    package static func - (a: Self, b: Self) -> Duration { .microseconds(a.microseconds - b.microseconds) }
}

extension Duration {
    /// Whole microseconds, towards zero.
    package var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }

    /// The same length as a floating-point number of seconds.
    package var inSeconds: Double { Double(microseconds) / 1_000_000 }
}

/// What time it is; tests pass their own.
package struct WallClock: Sendable {
    package var now: @Sendable () -> Timestamp
    /// How many times as fast as the machine's own time it goes; 1 but in trials.
    package let rate: Int

    package init(rate: Int = 1, now: @escaping @Sendable () -> Timestamp) { (self.now, self.rate) = (now, rate) }

    /// This clock until `origin`, and from there on so many times as fast. Everybody who counts from the same origin sees the
    /// same time.
    /// - Parameter rate: at least 1.
    package func scaled(by rate: Int, since origin: Timestamp) -> Self {
        guard rate > 1 else { return self }
        return Self(rate: rate) { [now] in
            let time = now()
            return time < origin ? time : origin + (time - origin) * rate
        }
    }

    /// How long to sleep for a length of time to pass on this clock.
    package func sleep(for length: Duration) -> Duration { length / rate }

    package static let system = Self {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// A clock that stands still.
    package static func fixed(_ time: Timestamp) -> Self { Self { time } }
}

extension Int64 {
    /// Division that rounds down, so that moments before 1970 fall on the right day.
    package func flooredDivision(by divisor: Self) -> (quotient: Self, remainder: Self) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
