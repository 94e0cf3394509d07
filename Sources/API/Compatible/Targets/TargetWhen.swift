import Core
import ZoneTime

/// The `when` of the vendor's call, as a campaign's.
struct TargetWhen {
    let json: JSONValue
    /// Whether a throttle can be had with it.
    let isByAccount: Bool

    /// Reads `"now"`, `"YYYYMMDD HH:MM"` in the account's zone, or `{type: "now" | "later", delivery_date_time, delivery_timezone,
    /// user_timezone_wrap_around, campaign_cutoff}`.
    init(_ value: JSONValue?, zone: Zone) throws(InputError) {
        guard let value, !value.isNull, value != "", value != [:] else { throw Fault.empty("when") }
        if let text = value.string {
            (json, isByAccount) = (["start": try Self.start(text, zone)], true)
            return
        }
        guard value.object != nil else { throw Self.wrongForm }
        let byPerson = value["delivery_timezone"]?.string == "user"
        var members: [String: JSONValue] = ["start": try Self.start(of: value, zone)]
        if byPerson {
            members["time_zone"] = "person"
            members["passed"] = value["user_timezone_wrap_around"]?.bool == true ? "next_day" : "drop"
        }
        if let cutoff = value["campaign_cutoff"]?.string { members["cutoff"] = .string(cutoff) }
        (json, isByAccount) = (.object(members), !byPerson)
    }

    private static func start(of value: JSONValue, _ zone: Zone) throws(InputError) -> JSONValue {
        switch value["type"]?.string {
        case "now": return "now"
        case "later":
            let times = value["delivery_date_time"]?.array ?? value["delivery_date_time"].map { [$0] } ?? []
            guard let first = times.first?.string else { throw Fault.empty("delivery_date_time", inside: "when") }
            guard times.count == 1 else {
                throw Fault.plain(
                    "WhatsApp has no campaigns on multiple dates, to prevent misuse and spam (delivery_date_time inside when)")
            }
            return try start(first, zone)
        case "recurring":
            throw Fault.plain("WhatsApp has no recurring campaigns, to prevent misuse and spam (type inside when)")
        default: throw wrongForm
        }
    }

    private static func start(_ text: String, _ zone: Zone) throws(InputError) -> JSONValue {
        if text == "now" { return "now" }
        let parts = text.split(separator: " ")
        guard parts.count == 2, let day = Int64(parts[0]).flatMap(Day.init(_:)), let time = LocalTime(String(parts[1])) else {
            throw wrongForm
        }
        return .string(zone.timestamp(day: day, time: time).iso8601())
    }

    private static let wrongForm = Fault.plain(
        #"when is "now", "YYYYMMDD HH:MM" or an object with the type now or later"#)
}
