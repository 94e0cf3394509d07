/// The pace of one channel: its token bucket, slowed when the provider says "too fast". Figures from `providers.md`
/// 1.3: halve the rate and pause 10 s, doubling to 5 min; recover a tenth of the full rate each minute without a hit.
package struct ChannelPace: Sendable {
    private static let firstPause = Duration.seconds(10)
    private static let longestPause = Duration.seconds(300)

    private let fullRate: Double
    private var bucket: TokenBucket
    private var pausedUntil: ContinuousClock.Instant?
    private var lastHit: ContinuousClock.Instant?
    private var nextPause = Self.firstPause

    package init(perSecond: Double, at now: ContinuousClock.Instant) {
        fullRate = perSecond
        bucket = TokenBucket(perSecond: perSecond, at: now)
    }

    /// Messages a second right now.
    package var perSecond: Double { bucket.perSecond }

    /// Up to `wanted` messages may go out now; when none, how long to wait.
    package mutating func take(upTo wanted: Int, at now: ContinuousClock.Instant) -> (taken: Int, wait: Duration) {
        if let pause = pause(at: now) { return (0, pause) }
        pausedUntil = nil
        recover(at: now)
        return bucket.take(upTo: wanted, at: now)
    }

    /// How long the channel lets nothing out yet; nil when it may.
    package func pause(at now: ContinuousClock.Instant) -> Duration? {
        pausedUntil.flatMap { now < $0 ? $0 - now : nil }
    }

    /// Puts back what was taken and not used.
    package mutating func giveBack(_ count: Int) { bucket.giveBack(count) }

    /// The provider said that we are too fast. Several hits inside one pause count once.
    /// - Returns: how long nothing goes out.
    package mutating func slowDown(at now: ContinuousClock.Instant, retryAfter: Duration?) -> Duration {
        if let pause = pause(at: now) { return pause }
        let pause = min(max(retryAfter ?? nextPause, .milliseconds(100)), Self.longestPause)
        nextPause = min(nextPause * 2, Self.longestPause)
        bucket = TokenBucket(perSecond: max(bucket.perSecond / 2, min(fullRate, 0.1)), at: now)
        (lastHit, pausedUntil) = (now, now + pause)
        return pause
    }

    private mutating func recover(at now: ContinuousClock.Instant) {
        guard let hit = lastHit, now - hit >= .seconds(60) else { return }
        let rate = min(bucket.perSecond + fullRate / 10, fullRate)
        bucket = TokenBucket(perSecond: rate, at: now)
        lastHit = rate < fullRate ? now : nil
        if lastHit == nil { nextPause = Self.firstPause }
    }
}
