import Accounts
import Core
import Foundation
import Testing

@Suite struct GuessingLimitTests {
    @Test func `the oldest attempt decides when there is room again`() {
        let hand = HandClock()
        let limit = GuessingLimit(limit: 2, period: .seconds(60), clock: hand.clock)
        #expect(limit.take("a") == nil)
        hand.advance(by: .seconds(20))
        #expect(limit.take("a") == nil)
        #expect(limit.take("a") == .seconds(40))
        #expect(limit.take("b") == nil)
        hand.advance(by: .seconds(40))
        #expect(limit.take("a") == nil)
        #expect(limit.take("a") == .seconds(20))
    }

    @Test func `what is given back does not count, what failed before does`() {
        let limit = GuessingLimit(limit: 2, period: .seconds(60), clock: HandClock().clock)
        #expect(limit.take("a") == nil)
        #expect(limit.take("a") == nil)
        limit.giveBack("a")
        #expect(limit.take("a") == nil)
        #expect(limit.take("a") != nil)
    }

    @Test func `many names do not fill the memory`() {
        let limit = GuessingLimit(limit: 1, clock: HandClock().clock)
        for number in 0..<50_000 { _ = limit.take("\(number)") }
        #expect(limit.take("49999") != nil)
    }

    @Test func `long names do not fill the memory`() throws {
        let limit = GuessingLimit(limit: 1, clock: HandClock().clock)
        let long = String(repeating: "a", count: 100_000)
        let before = try residentBytes()
        for number in 0..<2000 { _ = limit.take(long + "\(number)") }
        #expect(try residentBytes() - before < 100_000_000)
        #expect(limit.take(long + "1999") != nil)
        #expect(limit.take(long + "2000") == nil)
    }

    /// From /proc: the second number is in pages.
    private func residentBytes() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return (Int(text.split(separator: " ")[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
