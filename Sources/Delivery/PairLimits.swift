/// How often one person may be written to over one channel: Meta answers 131056 beyond one message in about six seconds
/// after a burst (`providers.md` 2.8). A value: it never sleeps and asks no clock.
package struct PairLimits: Sendable {
    /// When each person's allowance is whole again. Whoever is not here has it whole.
    private var wholeAt: [String: ContinuousClock.Instant] = [:]
    private var sweepAt = 4096

    package init() {}

    /// Takes one message to `address`, or says how long until one may go.
    /// - Parameters:
    ///   - interval: between two messages in the long run; zero for no limit.
    ///   - burst: how many may go at once after a rest, at least 1.
    package mutating func take(
        _ address: String, interval: Duration, burst: Int, at now: ContinuousClock.Instant
    ) -> Duration? {
        guard interval > .zero else { return nil }
        let whole = max(wholeAt[address] ?? now, now)
        let wait = (whole - now) - interval * (burst - 1)
        guard wait <= .zero else { return wait }
        wholeAt[address] = whole + interval
        sweep(at: now)
        return nil
    }

    /// Forgets those whose allowance is whole, whenever the number of those remembered has doubled.
    private mutating func sweep(at now: ContinuousClock.Instant) {
        guard wholeAt.count >= sweepAt else { return }
        wholeAt = wholeAt.filter { $0.value > now }
        sweepAt = max(4096, wholeAt.count * 2)
    }
}
