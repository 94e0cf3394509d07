/// How fast a channel may send, as a value: it never sleeps and asks no clock.
package struct TokenBucket: Sendable {
    package let perSecond: Double
    /// What may go out at once after a pause: a twentieth of a second's worth, so that no second sees more than
    /// 1.05 times the rate, and at least one.
    package let capacity: Double
    private var tokens: Double
    private var updated: ContinuousClock.Instant

    package init(perSecond: Double, at now: ContinuousClock.Instant) {
        self.perSecond = perSecond
        capacity = max(1, perSecond / 20)
        (tokens, updated) = (min(1, capacity), now)
    }

    /// Takes up to `wanted` tokens and says how many, or, when there is none, how long until there is one.
    package mutating func take(upTo wanted: Int, at now: ContinuousClock.Instant) -> (taken: Int, wait: Duration) {
        refill(at: now)
        let taken = min(wanted, Int(tokens))
        guard taken == 0 else {
            tokens -= Double(taken)
            return (taken, .zero)
        }
        return (0, .seconds((1 - tokens) / perSecond))
    }

    /// Puts tokens back that were not used.
    package mutating func giveBack(_ count: Int) { tokens = min(capacity, tokens + Double(count)) }

    private mutating func refill(at now: ContinuousClock.Instant) {
        tokens = min(capacity, tokens + perSecond * max(0, (now - updated).inSeconds))
        updated = now
    }
}

extension Duration {
    fileprivate var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
