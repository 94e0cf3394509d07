package import Core
package import Messages
import ZoneTime

/// The limits of an account as people write them.
extension AccountPolicy {
    /// Reads `{frequency?: {messages, days}, dwell?: {minutes | hours | days}, throttle?: {messages, minutes}}`.
    init(limits input: InputObject) throws(InputError) {
        self.init()
        if input["frequency"] != nil {
            let item = try input.object("frequency", keys: ["messages", "days"])
            frequency = Frequency(count: try item.whole("messages", in: 1...1000), days: try item.whole("days", in: 1...365))
        }
        if input["dwell"] != nil {
            dwell = try input.length(
                "dwell", [.minutes, .hours, .days], from: .seconds(300), to: .seconds(7 * 86_400), words: "5 minutes to 7 days"
            ).length
        }
        if input["throttle"] != nil {
            let item = try input.object("throttle", keys: ["messages", "minutes"])
            let minutes = try item.whole("minutes", in: 1...1440)
            throttle = Throttle(count: try item.whole("messages", in: 100...10_000_000), interval: .seconds(60 * minutes))
        }
    }

    static let limitKeys = ["frequency", "dwell", "throttle"]

    /// What `limits` of the settings reads.
    package var limits: JSONValue {
        var members: [String: JSONValue] = [:]
        members["frequency"] = frequency.map { ["messages": .int(Int64($0.count)), "days": .int(Int64($0.days))] } ?? JSONValue?.none
        members["dwell"] = dwell.map { ["minutes": .int($0.components.seconds / 60)] } ?? JSONValue?.none
        members["throttle"] =
            throttle.map { ["messages": .int(Int64($0.count)), "minutes": .int($0.interval.components.seconds / 60)] } ?? JSONValue?.none
        return .object(members)
    }
}
