import Core
import CoreTesting
import Messages
import Storage
import StorageTesting
import Testing

@Suite struct ThrottleQueueTests {
    private let throttle = Throttle(count: 3, interval: .seconds(300))
    private func time(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_793_000_100 + seconds) }  // a whole multiple of 300

    @Test func `each interval has so many places, in the order of asking`() {
        var queue = ThrottleQueue(throttle)
        let places = (0..<8).map { _ in queue.next(at: time(10)) }
        #expect(places == [0, 0, 0, 300, 300, 300, 600, 600].map(time))
        #expect(queue.isCurrent(places[0], at: time(10)) && queue.isCurrent(places[0], at: time(299)))
        #expect(!queue.isCurrent(places[0], at: time(300)) && !queue.isCurrent(places[3], at: time(299)))
        #expect(queue.next(at: time(299)) == time(600))
        #expect(queue.next(at: time(301)) == time(900))
        #expect(queue.next(at: time(5000)) == time(4800))
    }

    @Test func `no interval ever gets more places than it has`() {
        for seed in 1...50 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let throttle = Throttle(
                count: Int.random(in: 1...5, using: &generator), interval: .seconds(Int.random(in: 1...60, using: &generator)))
            var (queue, now, given) = (ThrottleQueue(throttle), time(0), [Timestamp: Int]())
            for _ in 0..<200 {
                now = now + .milliseconds(Int.random(in: 0...20_000, using: &generator))
                let place = queue.next(at: now)
                #expect(place + throttle.interval > now, "seed \(seed)")
                given[place, default: 0] += 1
            }
            #expect(given.values.max() ?? 0 <= throttle.count, "seed \(seed)")
        }
    }

    @Test(arguments: TestEngine.available)
    func `a queue goes on where it was, for each campaign and channel its own`(kind: TestEngine) async throws {
        let engine = try await kind.makeWithAccount()
        let (throttle, now) = (throttle, time(0))
        let scopes: [ThrottleQueue.Scope] = [.campaign(CampaignID(rawValue: 1)), .channel(ChannelID(rawValue: 1))]
        for expected in [0, 0, 0, 300, 300] as [Int64] {
            for scope in scopes {
                let place = try await engine.write { session in
                    var queue = try ThrottleQueue(throttle, of: scope, in: session)
                    let place = queue.next(at: now)
                    try queue.save(as: scope, account: AccountID(rawValue: 1), in: session)
                    return place
                }
                #expect(place == time(expected))
            }
        }
    }
}
