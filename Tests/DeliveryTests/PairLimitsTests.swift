import CoreTesting
import Delivery
import Testing

@Suite struct PairLimitsTests {
    private let start = ContinuousClock.now

    /// An allowance as a vessel that fills up with time, in milliseconds.
    private struct Vessel {
        let interval: Int
        let burst: Int
        private var level: Int
        private var time = 0

        init(interval: Int, burst: Int) { (self.interval, self.burst, level) = (interval, burst, interval * burst) }

        /// How long to wait, nil when one was taken.
        mutating func take(at now: Int) -> Int? {
            level = min(level + now - time, interval * burst)
            time = now
            guard level >= interval else { return interval - level }
            level -= interval
            return nil
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `random times give what a naive model gives`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let (interval, burst) = (Int.random(in: 1...6000, using: &generator), Int.random(in: 1...10, using: &generator))
        var (limits, vessels, now) = (PairLimits(), [Int: Vessel](), 0)
        for _ in 0..<3000 {
            now += Int.random(in: 0...interval, using: &generator)
            let person = Int.random(in: 0..<4, using: &generator)
            let wait = limits.take("\(person)", interval: .milliseconds(interval), burst: burst, at: start + .milliseconds(now))
            let expected = vessels[person, default: Vessel(interval: interval, burst: burst)].take(at: now)
            #expect(wait == expected.map { .milliseconds($0) })
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `no stretch of time sees more than the burst and its share`(seed: UInt64) {
        var (generator, limits, taken) = (SeededGenerator(seed: seed), PairLimits(), [Int]())
        var now = 0
        for _ in 0..<2000 {
            now += Int.random(in: 0...3000, using: &generator)
            if limits.take("a", interval: .seconds(6), burst: 10, at: start + .milliseconds(now)) == nil { taken.append(now) }
        }
        for (index, first) in taken.enumerated() {
            for (count, last) in zip(1..., taken[index...]) { #expect(count <= 10 + (last - first) / 6000) }
        }
    }

    @Test func `a burst goes at once and the next waits for its share`() {
        var limits = PairLimits()
        for _ in 1...10 { #expect(limits.take("a", interval: .seconds(6), burst: 10, at: start) == nil) }
        #expect(limits.take("a", interval: .seconds(6), burst: 10, at: start) == .seconds(6))
        #expect(limits.take("b", interval: .seconds(6), burst: 10, at: start) == nil)
        #expect(limits.take("a", interval: .seconds(6), burst: 10, at: start + .seconds(5)) == .seconds(1))
        #expect(limits.take("a", interval: .seconds(6), burst: 10, at: start + .seconds(6)) == nil)
        #expect(limits.take("a", interval: .seconds(6), burst: 10, at: start + .seconds(6)) == .seconds(6))
    }

    @Test func `asking in vain costs nothing`() {
        var limits = PairLimits()
        _ = limits.take("a", interval: .seconds(6), burst: 1, at: start)
        for _ in 1...50 { #expect(limits.take("a", interval: .seconds(6), burst: 1, at: start + .seconds(1)) == .seconds(5)) }
        #expect(limits.take("a", interval: .seconds(6), burst: 1, at: start + .seconds(6)) == nil)
    }

    @Test func `no interval is no limit`() {
        var limits = PairLimits()
        for _ in 1...1000 { #expect(limits.take("a", interval: .zero, burst: 1, at: start) == nil) }
    }

    @Test func `a crowd is forgotten only when its allowance is whole`() {
        var limits = PairLimits()
        for number in 0..<20_000 {
            let now = start + .milliseconds(number)
            #expect(limits.take("\(number)", interval: .seconds(6), burst: 1, at: now) == nil)
            let earlier = max(0, number - 5000)
            guard earlier < number else { continue }
            #expect(limits.take("\(earlier)", interval: .seconds(6), burst: 1, at: now) == .seconds(6) - .milliseconds(number - earlier))
        }
    }
}
