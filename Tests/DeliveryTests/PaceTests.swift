import Delivery
import Testing

@Suite struct PaceTests {
    private let start = ContinuousClock.now

    @Test(arguments: [1.0, 20, 80, 500, 1000])
    func `no second sees more than the rate and its burst`(rate: Double) {
        var bucket = TokenBucket(perSecond: rate, at: start)
        var taken: [Int] = []
        for millisecond in 0..<3000 {
            taken.append(bucket.take(upTo: 1000, at: start + .milliseconds(millisecond)).taken)
        }
        for second in stride(from: 0, to: 2000, by: 100) {
            #expect(taken[second..<second + 1000].reduce(0, +) <= Int(rate + max(1, rate / 20)) + 1)
        }
        #expect(taken[1000...].reduce(0, +) >= Int(rate * 2 * 0.98) - 1)
    }

    @Test func `an empty bucket says how long to wait`() {
        var bucket = TokenBucket(perSecond: 4, at: start)
        #expect(bucket.take(upTo: 5, at: start) == (1, .zero))
        let (taken, wait) = bucket.take(upTo: 5, at: start)
        #expect(taken == 0)
        #expect(wait > .milliseconds(249) && wait <= .milliseconds(251))
        #expect(bucket.take(upTo: 5, at: start + wait).taken == 1)
    }

    @Test func `tokens that were not used can be given back, up to the burst`() {
        var bucket = TokenBucket(perSecond: 100, at: start)
        _ = bucket.take(upTo: 1, at: start)
        bucket.giveBack(50)
        #expect(bucket.take(upTo: 50, at: start).taken == 5)
    }

    @Test func `a clock that stands still or goes back gives nothing`() {
        var bucket = TokenBucket(perSecond: 10, at: start)
        _ = bucket.take(upTo: 1, at: start)
        #expect(bucket.take(upTo: 1, at: start - .seconds(5)).taken == 0)
    }

    @Test func `being too fast halves the rate and doubles the pause up to five minutes`() {
        var pace = ChannelPace(perSecond: 80, at: start)
        var (now, pauses, rates): (ContinuousClock.Instant, [Duration], [Double]) = (start, [], [])
        for _ in 0..<7 {
            pauses.append(pace.slowDown(at: now, retryAfter: nil))
            rates.append(pace.perSecond)
            now += pauses.last ?? .zero
        }
        #expect(pauses == [10, 20, 40, 80, 160, 300, 300].map { .seconds($0) })
        #expect(rates == [40, 20, 10, 5, 2.5, 1.25, 0.625])
    }

    @Test func `several hits inside one pause count once`() {
        var pace = ChannelPace(perSecond: 80, at: start)
        _ = pace.slowDown(at: start, retryAfter: nil)
        #expect(pace.slowDown(at: start + .seconds(4), retryAfter: nil) == .seconds(6))
        #expect(pace.perSecond == 40)
    }

    @Test func `the provider's own wait is kept`() {
        var pace = ChannelPace(perSecond: 80, at: start)
        #expect(pace.slowDown(at: start, retryAfter: .seconds(2)) == .seconds(2))
        #expect(pace.take(upTo: 1, at: start + .seconds(1)) == (0, .seconds(1)))
        #expect(pace.take(upTo: 1, at: start + .seconds(3)).taken == 1)
    }

    @Test func `the rate recovers a tenth of the full rate each minute without a hit, up to where it was`() {
        var pace = ChannelPace(perSecond: 80, at: start)
        _ = pace.slowDown(at: start, retryAfter: nil)
        var rates: [Double] = []
        for minute in 1...10 {
            _ = pace.take(upTo: 1, at: start + .seconds(60 * minute + minute))
            rates.append(pace.perSecond)
        }
        #expect(abs((rates.first ?? 0) - 48) < 0.001)
        #expect(rates.last == 80)
    }
}
