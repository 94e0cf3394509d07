import Core
import CoreTesting
import Testing
import ZoneTime

struct WeeklyHoursTests {
    private func hours(_ json: JSONValue) throws -> WeeklyHours { try WeeklyHours(json, path: "quiet", code: "invalid") }

    private static let nights: JSONValue = [["from": "22:00", "to": "08:00"]]
    private static let sundays: JSONValue = [["days": ["sun"], "from": "00:00", "to": "24:00"]]
    private static let saturdayNights: JSONValue = [["days": ["sat"], "from": "22:00", "to": "08:00"]]
    private static let workdays: JSONValue = [
        ["days": ["mon", "tue", "wed", "thu", "fri"], "from": "20:00", "to": "08:00"],
        ["days": ["sat", "sun"], "from": "00:00", "to": "24:00"],
    ]

    /// Hours, a wall time in Paris, and when it is open next; the same when it is open.
    static let cases: [(JSONValue, String, String)] = [
        (nights, "2026-11-25T21:59", "2026-11-25T21:59"), (nights, "2026-11-25T22:00", "2026-11-26T08:00"),
        (nights, "2026-11-26T07:59", "2026-11-26T08:00"), (nights, "2026-11-26T08:00", "2026-11-26T08:00"),
        (nights, "2026-11-30T03:00", "2026-11-30T08:00"), (nights, "2026-03-29T01:30", "2026-03-29T08:00"),
        (nights, "2026-10-25T01:30", "2026-10-25T08:00"), (sundays, "2026-11-29T00:00", "2026-11-30T00:00"),
        (sundays, "2026-11-28T23:59", "2026-11-28T23:59"), (saturdayNights, "2026-11-28T23:00", "2026-11-29T08:00"),
        (saturdayNights, "2026-11-29T07:00", "2026-11-29T08:00"), (saturdayNights, "2026-11-28T07:00", "2026-11-28T07:00"),
        (saturdayNights, "2026-11-29T23:00", "2026-11-29T23:00"), (workdays, "2026-11-27T20:00", "2026-11-30T00:00"),
        (workdays, "2026-11-26T20:00", "2026-11-27T08:00"), ([], "2026-11-25T03:00", "2026-11-25T03:00"),
    ]

    @Test(arguments: cases)
    func `quiet hours end when they say`(json: JSONValue, wall: String, open: String) throws {
        let paris = try RuleFiles.zone("Europe/Paris")
        let time = try paris.timestamp(of: LocalDateTime(written: wall))
        let hours = try hours(json)
        #expect(hours.isQuiet(at: time, in: paris) == (wall != open))
        #expect(hours.nextOpen(from: time, in: paris).map(paris.local(of:))?.description == open)
    }

    @Test func `quiet hours that end in the hour left out end when the clocks are put forward`() throws {
        let zone = try RuleFiles.zone("America/New_York")
        let hours = try hours([["from": "22:00", "to": "02:30"]])
        #expect(try hours.nextOpen(from: Timestamp("2026-03-08T06:00:00Z"), in: zone)?.iso8601() == "2026-03-08T07:00:00Z")
    }

    @Test func `quiet hours in the hour that comes twice are quiet both times`() throws {
        let zone = try RuleFiles.zone("America/New_York")
        let hours = try hours([["from": "01:15", "to": "01:45"]])
        let opens = try ["05:10", "05:20", "05:50", "06:20", "06:50"].map { clock in
            try hours.nextOpen(from: Timestamp("2026-11-01T\(clock):00Z"), in: zone)?.iso8601()
        }
        #expect(opens == ["05:10", "05:45", "05:50", "06:45", "06:50"].map { "2026-11-01T\($0):00Z" })
    }

    @Test(
        arguments: [
            [["from": "00:00", "to": "24:00"]], [["from": "00:00", "to": "12:00"], ["from": "12:00", "to": "00:00"]],
            [["from": "18:00", "to": "17:59"], ["from": "17:00", "to": "18:00"]],
        ] as [JSONValue])
    func `a week without an open moment never opens`(json: JSONValue) throws {
        let hours = try hours(json)
        #expect(hours.isAlways)
        #expect(hours.nextOpen(from: Timestamp(seconds: 0), in: .utc) == nil)
    }

    @Test func `an open moment is taken as it is, a quiet one ends on the second`() throws {
        let hours = try hours(Self.nights)
        let open = Timestamp(microseconds: 12 * 3_600_000_000 + 7)
        #expect(hours.nextOpen(from: open, in: .utc) == open)
        #expect(hours.nextOpen(from: Timestamp(microseconds: 7), in: .utc) == Timestamp(seconds: 8 * 3600))
    }

    /// Mondays before a week in which the clocks are changed.
    @Test(arguments: [
        ("America/New_York", "2026-03-02"), ("America/New_York", "2026-10-26"), ("Europe/Paris", "2026-03-23"),
        ("Europe/Paris", "2026-10-19"),
        ("Australia/Lord_Howe", "2026-03-30"), ("Australia/Lord_Howe", "2026-09-28"), ("America/Sao_Paulo", "2018-10-29"),
        ("America/Sao_Paulo", "2018-02-12"), ("Pacific/Apia", "2011-12-26"), ("America/St_Johns", "2010-11-01"),
        ("Asia/Kolkata", "2026-11-23"),
    ])
    func `each minute of ten days is as a naive model says`(name: String, monday: String) throws {
        let zone = try RuleFiles.zone(name)
        let start = zone.startOfDay(try #require(Day(monday)))
        var random = SeededGenerator(seed: 4)
        for _ in 0..<4 {
            let ranges = (0..<Int.random(in: 1...4, using: &random)).compactMap { _ in Self.range(&random) }
            let hours = WeeklyHours(ranges)
            let minutes = (0..<10 * 1440).map { start + .seconds(60 * $0) }
            let quiet = minutes.map { isQuiet(ranges, zone.local(of: $0)) }
            #expect(minutes.map { hours.isQuiet(at: $0, in: zone) } == quiet)
            var next: Timestamp?
            for (minute, isQuiet) in zip(minutes, quiet).reversed() {
                if !isQuiet { next = minute }
                guard let next else { continue }
                try #require(hours.nextOpen(from: minute, in: zone) == next)
            }
        }
    }

    private static func range(_ random: inout SeededGenerator) -> WeeklyHours.Range? {
        let days = Set(Weekday.allCases.filter { _ in Bool.random(using: &random) })
        let times = (0..<2).compactMap { _ in
            LocalTime(hour: .random(in: 0...23, using: &random), minute: 15 * .random(in: 0...3, using: &random))
        }
        return WeeklyHours.Range(days: days, from: times[0], to: Int.random(in: 0...4, using: &random) == 0 ? .endOfDay : times[1])
    }

    /// Looks at the ranges of the day and of the day before.
    private func isQuiet(_ ranges: [WeeklyHours.Range], _ local: LocalDateTime) -> Bool {
        ranges.contains { range in
            let crosses = range.to <= range.from
            let today = range.days.contains(local.day.weekday) && local.time >= range.from && (crosses || local.time < range.to)
            return today || crosses && range.days.contains(local.day.adding(days: -1).weekday) && local.time < range.to
        }
    }

    @Test func `hours are written as they are read`() throws {
        let json: JSONValue = [
            ["days": ["mon", "sun"], "from": "22:00", "to": "08:00"], ["days": ["sat"], "from": "00:00", "to": "24:00"],
        ]
        #expect(try hours(json).json == json)
        #expect(try hours([["from": "22:00", "to": "08:00"]]).json.array?.first?["days"]?.array?.count == 7)
    }

    @Test(
        arguments: [
            ("x", "quiet"), ([["from": "22:00"]], "quiet[0].to"),
            ([["from": "22:00", "to": "08:00"], ["from": "24:00", "to": "08:00"]], "quiet[1].to"),
            ([["from": "08:00", "to": "08:00"]], "quiet[0].to"), ([["from": "8", "to": "08:00"]], "quiet[0].from"),
            ([["days": [], "from": "07:00", "to": "08:00"]], "quiet[0].days"),
            ([["days": ["Mon"], "from": "07:00", "to": "08:00"]], "quiet[0].days"),
            ([["days": "mon", "from": "07:00", "to": "08:00"]], "quiet[0].days"), ([["day": "mon"]], "quiet[0].day"), ([3], "quiet[0]"),
        ] as [(JSONValue, String)])
    func `wrong hours are refused with their place`(json: JSONValue, field: String) {
        let error = #expect(throws: InputError.self) { try hours(json) }
        #expect(error?.field == field)
        #expect(error?.code == "invalid")
    }
}
