import Audience
import Core
import CoreTesting
import Testing
import ZoneTime

@Suite struct TimeWindowTests {
    /// A window at a local time of a zone, and what it covers in UTC.
    struct Golden: Sendable {
        let window: JSONValue
        let zone: String
        let now: String
        /// Empty for no bound.
        let from: String
        /// Empty for now itself, which is the last that counts.
        let to: String

        init(_ window: JSONValue, _ zone: String, _ now: String, _ from: String, _ to: String = "") {
            (self.window, self.zone, self.now, self.from, self.to) = (window, zone, now, from, to)
        }
    }

    private static let zones = Zones()

    private static func moment(_ zone: String, _ now: String) throws -> RuleMoment {
        let zone = try #require(zones.zone(named: zone))
        return RuleMoment(now: zone.timestamp(of: try #require(LocalDateTime(now))), zone: zone)
    }

    private static let (kolkata, newYork, lordHowe, saoPaulo) = (
        "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo"
    )

    static let golden: [Golden] = [
        // The vendor's own examples (`clevertap.md` 5.2): 8 to 15 January; 1 January 00:00 to the run; a rolling day.
        Golden(["last": ["days": 7]], "UTC", "2026-01-15T10:00", "2026-01-08T00:00:00Z"),
        Golden(["last": ["days": 1]], "UTC", "2026-01-02T16:00", "2026-01-01T00:00:00Z"),
        Golden(["last": ["hours": 24]], "UTC", "2026-01-02T16:00", "2026-01-01T16:00:00Z"),
        Golden(["last": ["minutes": 90]], kolkata, "2026-01-02T16:00", "2026-01-02T09:00:00Z"),
        Golden(["last": ["weeks": 2]], "UTC", "2026-01-15T10:00", "2026-01-01T00:00:00Z"),
        Golden(["last": ["months": 2]], "UTC", "2026-01-31T10:00", "2025-11-30T00:00:00Z"),
        Golden(["last": ["years": 1]], "UTC", "2028-02-29T10:00", "2027-02-28T00:00:00Z"),
        Golden("ever", kolkata, "2026-01-15T10:00", ""),
        Golden("today", kolkata, "2026-01-15T00:30", "2026-01-14T18:30:00Z"),
        Golden("this_month", kolkata, "2026-01-15T10:00", "2025-12-31T18:30:00Z"),
        Golden("previous_month", kolkata, "2026-03-31T10:00", "2026-01-31T18:30:00Z", "2026-02-28T18:30:00Z"),
        Golden("previous_month", kolkata, "2026-01-01T00:00", "2025-11-30T18:30:00Z", "2025-12-31T18:30:00Z"),
        Golden(["days_ago": 3], kolkata, "2026-01-15T10:00", "2026-01-11T18:30:00Z", "2026-01-12T18:30:00Z"),
        Golden(["days_ago": 0], kolkata, "2026-01-15T10:00", "2026-01-14T18:30:00Z"),
        Golden(["days_ago": ["from": 2, "to": 5]], kolkata, "2026-01-15T10:00", "2026-01-09T18:30:00Z", "2026-01-13T18:30:00Z"),
        Golden(["from": 20_260_101, "to": 20_260_103], kolkata, "2026-01-15T10:00", "2025-12-31T18:30:00Z", "2026-01-03T18:30:00Z"),
        Golden(["from": 20_260_101, "to": 20_260_115], kolkata, "2026-01-15T10:00", "2025-12-31T18:30:00Z"),
        Golden(["to": 20_260_103], kolkata, "2026-01-15T10:00", "", "2026-01-03T18:30:00Z"),
        Golden(["before": 20_260_103], kolkata, "2026-01-15T10:00", "", "2026-01-02T18:30:00Z"),
        Golden(["after": 20_260_103], kolkata, "2026-01-15T10:00", "2026-01-03T18:30:00Z"),
        Golden(["on": 20_260_103], kolkata, "2026-01-15T10:00", "2026-01-02T18:30:00Z", "2026-01-03T18:30:00Z"),
        Golden(["next": ["days": 3]], kolkata, "2026-01-15T10:00", "2026-01-15T04:30:00Z", "2026-01-18T18:30:00Z"),
        // New York: forward at 02:00 on 8 March 2026, back at 02:00 on 1 November.
        Golden(["last": ["days": 7]], newYork, "2026-03-10T12:00", "2026-03-03T05:00:00Z"),
        Golden(["last": ["days": 1]], newYork, "2026-03-09T12:00", "2026-03-08T05:00:00Z"),
        Golden(["on": 20_260_308], newYork, "2026-03-20T12:00", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
        Golden(["days_ago": 1], newYork, "2026-11-02T08:00", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"),
        Golden(["last": ["hours": 24]], newYork, "2026-11-01T12:00", "2026-10-31T17:00:00Z"),
        Golden("today", newYork, "2026-11-01T23:00", "2026-11-01T04:00:00Z"),
        Golden("this_month", newYork, "2026-11-20T12:00", "2026-11-01T04:00:00Z"),
        Golden("previous_month", newYork, "2026-04-02T12:00", "2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z"),
        // Lord Howe moves by half an hour: forward at 02:00 on 4 October 2026, back at 02:00 on 5 April.
        Golden(["on": 20_261_004], lordHowe, "2026-10-10T12:00", "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z"),
        Golden(["days_ago": 2], lordHowe, "2026-04-07T09:00", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z"),
        Golden(["last": ["days": 7]], lordHowe, "2026-10-08T12:00", "2026-09-30T13:30:00Z"),
        // São Paulo put its clocks forward at midnight of 4 November 2018, a day that began at 01:00.
        Golden(["on": 20_181_104], saoPaulo, "2018-12-01T12:00", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"),
        Golden("today", saoPaulo, "2018-11-04T10:00", "2018-11-04T03:00:00Z"),
        Golden(["last": ["days": 1]], saoPaulo, "2018-11-05T10:00", "2018-11-04T03:00:00Z"),
        // And back at midnight of 17 February 2019, so that the 16th had 25 hours.
        Golden(["on": 20_190_216], saoPaulo, "2019-03-01T12:00", "2019-02-16T02:00:00Z", "2019-02-17T03:00:00Z"),
    ]

    @Test(arguments: golden)
    func `a window covers the days of the account's zone`(golden: Golden) throws {
        let moment = try Self.moment(golden.zone, golden.now)
        let bounds = try Self.window(golden.window).bounds(at: moment)
        #expect(bounds.from == Timestamp(iso8601: golden.from))
        #expect(bounds.to == Timestamp(iso8601: golden.to) ?? moment.now + .microseconds(1))
    }

    /// Windows for dates among properties alone are read as filters.
    private static func window(_ json: JSONValue) throws -> TimeWindow {
        let filter = try PropertyFilter(json: ["name": "P", "operator": "within", "value": json], path: "f")
        guard case .within(let window) = filter.test else { throw InputError(code: "test", "no window") }
        return window
    }

    private static let dates: [Golden] = [
        Golden("today", kolkata, "2026-01-15T10:00", "2026-01-14T18:30:00Z", "2026-01-15T18:30:00Z"),
        Golden("this_month", newYork, "2026-11-20T12:00", "2026-11-01T04:00:00Z", "2026-12-01T05:00:00Z"),
        Golden(["days_ago": 0], kolkata, "2026-01-15T10:00", "2026-01-14T18:30:00Z", "2026-01-15T18:30:00Z"),
        Golden(["on": 20_270_101], "UTC", "2026-01-15T10:00", "2027-01-01T00:00:00Z", "2027-01-02T00:00:00Z"),
        Golden(["last": ["days": 1]], "UTC", "2026-01-02T16:00", "2026-01-01T00:00:00Z"),
        Golden(["next": ["hours": 2]], "UTC", "2026-01-02T16:00", "2026-01-02T16:00:00Z", "2026-01-02T18:00:00.000001Z"),
        Golden(["next": ["months": 1]], "UTC", "2026-01-31T16:00", "2026-01-31T16:00:00Z", "2026-03-01T00:00:00Z"),
    ]

    @Test(arguments: dates)
    func `a date among the properties may lie ahead`(golden: Golden) throws {
        let moment = try Self.moment(golden.zone, golden.now)
        let bounds = try Self.window(golden.window).dates(at: moment)
        #expect(bounds.from == Timestamp(iso8601: golden.from))
        #expect(bounds.to == Timestamp(iso8601: golden.to) ?? moment.now + .microseconds(1))
    }

    @Test(arguments: [["after": 20_270_101], "ever"] as [JSONValue])
    func `a date without an end has none`(json: JSONValue) throws {
        #expect(try Self.window(json).dates(at: Self.moment("UTC", "2026-01-15T10:00")).to == nil)
    }

    @Test func `the next moment and what a wrong clock dates ahead do not count`() throws {
        let moment = try Self.moment(Self.kolkata, "2026-01-15T10:00")
        for json in ["ever", "today", "this_month", ["last": ["hours": 1]], ["from": 20_260_101], ["days_ago": 0]] as [JSONValue] {
            let bounds = try Self.window(json).bounds(at: moment)
            #expect(bounds.contains(moment.now), "\(json.text)")
            #expect(!bounds.contains(moment.now + .microseconds(1)), "\(json.text)")
        }
    }

    /// Random moments of twelve years in zones that change their clocks in all ways.
    @Test func `days that lie back follow each other without a gap, and are the last days together`() throws {
        var dice = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let name = [Self.kolkata, Self.newYork, Self.lordHowe, Self.saoPaulo, "Africa/Cairo"].randomElement(using: &dice) ?? "UTC"
            let zone = try #require(Self.zones.zone(named: name))
            let now = Timestamp(microseconds: Int64.random(in: 1_450_000_000_000_000...1_830_000_000_000_000, using: &dice))
            let moment = RuleMoment(now: now, zone: zone)
            let back = Int.random(in: 1...400, using: &dice)
            let day = TimeWindow.daysAgo(back...back).bounds(at: moment)
            #expect(day.to == TimeWindow.daysAgo(back - 1...back - 1).bounds(at: moment).from)
            let since = TimeWindow.days(from: moment.today.adding(days: -back), to: nil)
            #expect(since.bounds(at: moment).from == day.from)
            #expect(TimeWindow.last(back, .days).bounds(at: moment) == TimeWindow.daysAgo(0...back).bounds(at: moment))
            #expect(TimeWindow.previousMonth.bounds(at: moment).to == TimeWindow.thisMonth.bounds(at: moment).from)
        }
    }
}
