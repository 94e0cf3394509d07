import Core
import CoreTesting
import Testing
import ZoneTime

struct LocalTimeTests {
    /// A wall time, and the moment it means.
    static let moments: [(zone: String, wall: String, moment: String)] = [
        ("America/New_York", "2026-03-08T01:59", "2026-03-08T06:59:00Z"),
        ("America/New_York", "2026-03-08T02:00", "2026-03-08T07:00:00Z"),
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00:00Z"),
        ("America/New_York", "2026-03-08T03:00", "2026-03-08T07:00:00Z"),
        ("America/New_York", "2026-11-01T00:59", "2026-11-01T04:59:00Z"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z"),
        ("America/New_York", "2026-11-01T02:00", "2026-11-01T07:00:00Z"),
        ("America/New_York", "2044-07-04T09:00", "2044-07-04T13:00:00Z"),
        ("Europe/Paris", "2026-03-29T02:30", "2026-03-29T01:00:00Z"),
        ("Europe/Paris", "2026-10-25T02:30", "2026-10-25T00:30:00Z"),
        ("Europe/Paris", "2045-12-24T18:00", "2045-12-24T17:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30:00Z"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z"),
        ("Australia/Lord_Howe", "2026-04-05T02:00", "2026-04-04T15:30:00Z"),
        ("Asia/Kolkata", "2026-11-25T09:00", "2026-11-25T03:30:00Z"),
        ("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T03:00:00Z"),
        ("America/Sao_Paulo", "2018-11-04T00:59", "2018-11-04T03:00:00Z"),
        ("America/Sao_Paulo", "2018-02-17T23:30", "2018-02-18T01:30:00Z"),
        ("America/Sao_Paulo", "2018-02-18T00:00", "2018-02-18T03:00:00Z"),
        ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30:00Z"),
        ("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:00:00Z"),
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00:00Z"),
    ]

    @Test(arguments: moments)
    func `a wall time means the first moment at which the clocks show it or later`(name: String, wall: String, moment: String) throws {
        #expect(try RuleFiles.zone(name).timestamp(of: LocalDateTime(written: wall)).iso8601() == moment)
    }

    @Test(arguments: [
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"), ("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z"),
        ("America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z"), ("Europe/Paris", "2026-03-29", "2026-03-28T23:00:00Z"),
    ])
    func `a day starts at its first moment, also where there is no midnight`(name: String, day: String, moment: String) throws {
        #expect(try RuleFiles.zone(name).startOfDay(#require(Day(day))).iso8601() == moment)
    }

    @Test(arguments: RuleFiles.names)
    func `the moment of a wall time is the first of all that show it`(name: String) throws {
        let zone = try RuleFiles.zone(name)
        var random = SeededGenerator(seed: 2)
        for _ in 0..<400 {
            let change = try #require(RuleFiles.changes[name]?.randomElement(using: &random))
            let wall = change.second + Int64(change.offset) + .random(in: -100_000...100_000, using: &random)
            let found = zone.timestamp(of: LocalDateTime(wall)).seconds
            // Changes are whole minutes apart from the wall time's second, so every sixtieth second is enough.
            let shown = stride(from: wall - 93_600, through: wall + 93_600, by: 60)
                .first { $0 + Int64(zone.offset(at: Timestamp(seconds: $0))) >= wall }
            let first = try #require(shown)
            #expect((first - 59...first).contains(found))
            #expect(zone.local(of: Timestamp(seconds: found)) >= LocalDateTime(wall))
            #expect(zone.local(of: Timestamp(seconds: found - 1)) < LocalDateTime(wall))
        }
    }

    @Test(arguments: RuleFiles.names)
    func `later wall times mean no earlier moments, and what the clocks show leads back`(name: String) throws {
        let zone = try RuleFiles.zone(name)
        var random = SeededGenerator(seed: 3)
        for _ in 0..<2000 {
            let time = Timestamp(seconds: .random(in: -5_000_000_000...5_000_000_000, using: &random))
            let local = zone.local(of: time)
            #expect(zone.timestamp(of: local) <= time)
            #expect(zone.local(of: zone.timestamp(of: local)) == local)
            let later = LocalDateTime(local.day.number * 86_400 + Int64(local.time.second) + .random(in: 0...100_000, using: &random))
            #expect(zone.timestamp(of: later) >= zone.timestamp(of: local))
        }
    }

    @Test func `what the clocks show is told to the second, before 1970 too`() throws {
        let local = try RuleFiles.zone("Asia/Kolkata").local(of: Timestamp(microseconds: -1))
        #expect(local == (try LocalDateTime(written: "1970-01-01T05:29:59")))
    }

    /// Weekdays only, 09:00, from a moment.
    @Test(arguments: [
        ("2026-11-21T09:13:00Z", "2026-11-23T00:00:00Z"), ("2026-11-20T00:00:00Z", "2026-11-20T00:00:00Z"),
        ("2026-11-20T00:00:01Z", "2026-11-23T00:00:00Z"), ("2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z"),
    ])
    func `the hour is right also when the day has to change`(start: String, expected: String) throws {
        let tokyo = try #require(Zone(fixedOffset: "+09:00"))
        let days = Set(Weekday.allCases).subtracting([.saturday, .sunday])
        let next = try tokyo.next(#require(LocalTime("09:00")), on: days, from: Timestamp(start))
        #expect(next?.iso8601() == expected)
    }

    @Test func `a weekday that was left out is not taken, and no weekday is never`() throws {
        let apia = try RuleFiles.zone("Pacific/Apia")
        let nine = try #require(LocalTime("09:00"))
        let start = try Timestamp("2011-12-28T00:00:00Z")
        // 30 December 2011 was left out there, a Friday.
        #expect(apia.next(nine, on: [.friday], from: start)?.iso8601() == "2012-01-05T19:00:00Z")
        #expect(apia.next(nine, on: [], from: start) == nil)
    }

    @Test(
        arguments: [
            ("00:00", 0), ("09:30", 34_200), ("23:59", 86_340), ("24:00", nil), ("23:60", nil), ("9:30", nil), ("09:3a", nil),
            ("09-30", nil),
            ("", nil), ("09:30:00", nil), ("０9:30", nil),
        ] as [(String, Int?)])
    func `times of the day are read`(text: String, second: Int?) {
        #expect(LocalTime(text)?.second == second)
        if second != nil { #expect(LocalTime(text)?.description == text) }
    }

    @Test(arguments: [
        ("2026-11-02T09:00", true), ("2026-11-02T09:00:15", true), ("2026-02-29T09:00", false), ("2026-11-02", false),
        ("2026-11-02T09:00Z", false), ("2026-11-02T24:00", false), ("", false),
    ])
    func `wall times are read as they are written`(text: String, isRight: Bool) {
        #expect((LocalDateTime(text)?.description == text) == isRight)
    }
}

extension LocalDateTime {
    /// - Parameter wall: seconds since 1970 as if the zone were UTC.
    fileprivate init(_ wall: Int64) { self = Zone.utc.local(of: Timestamp(seconds: wall)) }
}
