package import Core
import ZoneTime

extension CampaignWhen {
    private static let keys = [
        "start", "end", "delay", "time_zone", "passed", "quiet_hours", "cutoff", "throttle", "late_start",
    ]

    /// Reads `{start, end?, delay?, time_zone?, passed?, quiet_hours?, cutoff?, throttle?, late_start?}`; which of them a
    /// campaign may have depends on its type.
    init(_ campaign: InputObject, type: CampaignType) throws(InputError) {
        let input = try campaign.object("when", keys: Self.keys)
        try Self.checkMembers(of: input, type)
        start = try Self.start(input)
        end = try Self.end(input, after: start)
        delay = input["delay"] == nil ? nil : try Self.delay(input)
        clock = try Self.clock(input, start: start)
        quietHours = try QuietHours(input)
        cutoff = try Self.cutoff(input)
        throttle = try CampaignThrottle(input, clock: clock)
        lateStart = try Self.lateStart(input)
    }

    /// The form that `init(_:type:)` reads, without what is as usual.
    package var json: JSONValue {
        var members: [String: JSONValue] = ["start": start.json]
        members["end"] = end?.json
        members["delay"] = delay?.json
        if case .person(let passed) = clock {
            members["time_zone"] = "person"
            members["passed"] = .string(passed.rawValue)
        }
        members["quiet_hours"] = quietHours?.json
        members["cutoff"] = cutoff.map { .string($0.description) }
        members["throttle"] = throttle?.json
        if lateStart != Self.standardLateStart { members["late_start"] = ["minutes": .int(Int64(lateStart))] }
        return .object(members)
    }

    private static func checkMembers(of input: InputObject, _ type: CampaignType) throws(InputError) {
        if type != .singleAction, input["delay"] != nil {
            throw input.error("delay", "A delay belongs to single_action campaigns.")
        }
        if !type.isLive, input["end"] != nil {
            throw input.error("end", "An end belongs to the live types; one_time ends by itself.")
        }
        for key in ["time_zone", "passed", "cutoff", "throttle", "late_start"] where type.isLive && input[key] != nil {
            throw input.error(key, "\(key) belongs to one_time campaigns; the live types write to people when they qualify.")
        }
    }

    private static func start(_ input: InputObject) throws(InputError) -> CampaignStart {
        if input["start"]?.string == "now" { return .now }
        guard let time = input["start"]?.string.flatMap(Timestamp.init(iso8601:)) else {
            throw input.error("start", #"start must be "now" or an ISO 8601 time with zone, as in 2026-11-02T10:00:00+05:30."#)
        }
        return .at(time)
    }

    private static func end(_ input: InputObject, after start: CampaignStart) throws(InputError) -> Timestamp? {
        guard let value = input["end"] else { return nil }
        guard let end = value.string.flatMap(Timestamp.init(iso8601:)) else {
            throw input.error(
                "end", "end must be an ISO 8601 time with zone, as in 2026-11-02T10:00:00+05:30; without it the campaign never ends.")
        }
        if case .at(let time) = start, end <= time { throw input.error("end", "end must be after start.") }
        return end
    }

    private static func delay(_ input: InputObject) throws(InputError) -> Span {
        try input.length(
            "delay", [.seconds, .minutes, .hours, .days], from: .seconds(1), to: .seconds(30 * 86_400), words: "1 second to 30 days")
    }

    private static func clock(_ input: InputObject, start: CampaignStart) throws(InputError) -> CampaignClock {
        guard try input.word("time_zone", default: ClockWord.account) == .person else {
            guard input["passed"] == nil else {
                throw input.error("passed", #"passed belongs to "time_zone": "person"."#)
            }
            return .account
        }
        guard start != .now else {
            throw input.error("time_zone", "A campaign by each person's clock needs a time as its start, not now.")
        }
        return .person(passed: try input.word("passed", default: PassedHour.nextDay))
    }

    private static func cutoff(_ input: InputObject) throws(InputError) -> LocalTime? {
        guard let value = input["cutoff"] else { return nil }
        guard let time = value.string.flatMap(LocalTime.init(_:)) else {
            throw input.error("cutoff", "cutoff must be a time of the day such as 22:00.")
        }
        return time
    }

    private static func lateStart(_ input: InputObject) throws(InputError) -> Int {
        guard input["late_start"] != nil else { return standardLateStart }
        return try input.object("late_start", keys: ["minutes"]).whole("minutes", in: 0...10_080)
    }
}

private enum ClockWord: String, CaseIterable { case account, person }

extension CampaignStart {
    fileprivate var json: JSONValue {
        switch self {
        case .now: "now"
        case .at(let time): time.json
        }
    }
}

extension Timestamp {
    fileprivate var json: JSONValue { .string(iso8601(fraction: microseconds % 1_000_000 != 0)) }
}

extension QuietHours {
    /// Nil when the campaign has none.
    fileprivate init?(_ when: InputObject) throws(InputError) {
        guard when["quiet_hours"] != nil else { return nil }
        let input = try when.object("quiet_hours", keys: ["hours", "otherwise"])
        hours = try WeeklyHours(input["hours"] ?? .null, path: input.field("hours"), code: "invalid_campaign")
        otherwise = try input.word("otherwise", default: Otherwise.delay)
        guard !hours.ranges.isEmpty, !hours.isAlways else {
            throw input.error("hours", "Quiet hours must be some hours of the week and not all of them.")
        }
    }

    fileprivate var json: JSONValue { ["hours": hours.json, "otherwise": .string(otherwise.rawValue)] }
}

extension CampaignThrottle {
    /// Nil when the campaign has none.
    fileprivate init?(_ when: InputObject, clock: CampaignClock) throws(InputError) {
        guard when["throttle"] != nil else { return nil }
        guard clock == .account else {
            throw when.error("throttle", "There is no throttle by each person's clock, because it would make people late.")
        }
        let input = try when.object("throttle", keys: ["messages", "minutes"])
        messages = try input.whole("messages", in: 100...10_000_000)
        minutes = try input.whole("minutes", in: 1...1440)
    }

    fileprivate var json: JSONValue { ["messages": .int(Int64(messages)), "minutes": .int(Int64(minutes))] }
}
