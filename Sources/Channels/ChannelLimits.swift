package import Core
import WhatsApp

/// How fast and how wide a channel sends. Defaults: the provider's own, and `providers.md` 7, 6.
package struct ChannelLimits: Hashable, Sendable {
    /// Messages a second, 0.1 to 10,000.
    package var perSecond: Double
    /// Requests under way at once; nil for as many as the program allows.
    package var concurrency: Int?
    /// To one person: a message in this time on average, zero for no limit …
    package var pairInterval = Duration.seconds(6)
    /// … after so many at once.
    package var pairBurst = 10
    /// New people in any 24 hours, together with the other channels of the same portfolio; nil for no limit.
    package var dailyPeople: Int?
    /// Numbers that share WhatsApp's messaging limit have the same word here.
    package var portfolio = "default"

    package init(perSecond: Double, concurrency: Int? = nil) { (self.perSecond, self.concurrency) = (perSecond, concurrency) }
}

extension ChannelLimits {
    static let keys = ["per_second", "concurrency", "pair_seconds", "pair_burst", "daily_people", "portfolio"]

    /// Lays `{per_second?, concurrency?, pair_seconds?, pair_burst?, daily_people?, portfolio?}` over these limits;
    /// `daily_people: 0` and `concurrency: 0` take the limit away.
    func changed(by input: InputObject) throws(InputError) -> ChannelLimits {
        var limits = self
        if let value = try Self.number(input, "per_second", 0.1...10_000) { limits.perSecond = value }
        if let value = try Self.whole(input, "concurrency", 0...10_000) { limits.concurrency = value == 0 ? nil : value }
        if let value = try Self.number(input, "pair_seconds", 0...3600) { limits.pairInterval = .microseconds(Int64(value * 1_000_000)) }
        if let value = try Self.whole(input, "pair_burst", 1...1000) { limits.pairBurst = value }
        if let value = try Self.whole(input, "daily_people", 0...100_000_000) { limits.dailyPeople = value == 0 ? nil : value }
        limits.portfolio = try input.lineIfPresent("portfolio", limit: 60) ?? limits.portfolio
        return limits
    }

    /// The form that `changed(by:)` reads; 0 where there is no limit.
    package var json: JSONValue {
        [
            "per_second": .double(perSecond), "concurrency": .int(Int64(concurrency ?? 0)), "pair_seconds": .double(pairInterval.inSeconds),
            "pair_burst": .int(Int64(pairBurst)), "daily_people": .int(Int64(dailyPeople ?? 0)), "portfolio": .string(portfolio),
        ]
    }

    private static func number(_ input: InputObject, _ key: String, _ range: ClosedRange<Double>) throws(InputError) -> Double? {
        guard let value = input[key] else { return nil }
        guard let number = value.number, range.contains(number) else {
            throw input.error(key, "\(key) must be a number from \(shown(range.lowerBound)) to \(shown(range.upperBound)).")
        }
        return number
    }

    private static func whole(_ input: InputObject, _ key: String, _ range: ClosedRange<Int>) throws(InputError) -> Int? {
        guard let value = input[key] else { return nil }
        guard let number = value.int.map(Int.init), range.contains(number) else {
            throw input.error(key, "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    private static func shown(_ number: Double) -> String { number == number.rounded() ? String(Int(number)) : String(number) }
}
