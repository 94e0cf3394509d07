import Core
import Testing

@Suite struct TimestampTests {
    private static let known: [(String, Int64)] = [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:01Z", 1), ("1969-12-31T23:59:59Z", -1), ("2000-02-29T12:34:56Z", 951_827_696),
        ("2001-09-09T01:46:40Z", 1_000_000_000), ("2038-01-19T03:14:08Z", 2_147_483_648), ("1900-03-01T00:00:00Z", -2_203_891_200),
        ("1600-02-29T00:00:00Z", -11_670_998_400), ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ("0000-01-01T00:00:00Z", -62_167_219_200),
        ("2024-12-31T23:59:59Z", 1_735_689_599), ("2026-11-02T10:00:00Z", 1_793_613_600), ("2100-02-28T00:00:00Z", 4_107_456_000),
    ]

    @Test(arguments: known)
    func `known moments are read and written`(text: String, seconds: Int64) {
        #expect(Timestamp(iso8601: text) == Timestamp(seconds: seconds))
        #expect(Timestamp(seconds: seconds).iso8601() == text)
        #expect(Timestamp(microseconds: seconds * 1_000_000 + 7).iso8601(fraction: true) == text.dropLast() + ".000007Z")
    }

    @Test(arguments: [
        ("2026-11-02T10:00:00+05:30", "2026-11-02T04:30:00Z"), ("2026-11-02T10:00:00-08:00", "2026-11-02T18:00:00Z"),
        ("2026-11-02T10:00:00+0530", "2026-11-02T04:30:00Z"), ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
        ("2026-11-02t10:00:00z", "2026-11-02T10:00:00Z"), ("2026-11-02 10:00:00Z", "2026-11-02T10:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"), ("2024-02-29T00:00:00-00:00", "2024-02-29T00:00:00Z"),
    ])
    func `offsets are taken off`(text: String, utc: String) {
        #expect(Timestamp(iso8601: text)?.iso8601() == utc)
    }

    @Test(
        arguments: [
            (".5", 500_000), (".123456", 123_456), (".1234567890123", 123_456), (",25", 250_000), (".000001", 1), ("", 0),
            (".999999999", 999_999),
        ] as [(String, Int64)])
    func `a fraction has six digits that count`(fraction: String, microseconds: Int64) {
        #expect(Timestamp(iso8601: "1970-01-01T00:00:00\(fraction)Z") == Timestamp(microseconds: microseconds))
        #expect(Timestamp(iso8601: "1969-12-31T23:59:59\(fraction)Z") == Timestamp(microseconds: microseconds - 1_000_000))
    }

    @Test(arguments: [
        "", "2026-11-02", "2026-11-02T10:00:00", "2026-11-02T10:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-02T24:00:00Z", "2026-11-02T10:60:00Z",
        "2026-11-02T10:00:61Z", "2026-11-02T10:00:00.Z", "2026-11-02T10:00:00+24:00", "2026-11-02T10:00:00+05:60", "2026-11-02T10:00:00+5",
        "2026-11-02T10:00:00Z ", " 2026-11-02T10:00:00Z", "26-11-02T10:00:00Z", "2026-1-2T10:00:00Z", "+2026-11-02T10:00:00Z",
        "9999-12-31T23:59:59-01:00", "9999-12-31T23:59:60Z", "0000-01-01T00:00:00+00:01",
        "2026-11-02T10:00:00 Z", "2026/11/02T10:00:00Z", "2026-11-02T10:00:00UTC", "２026-11-02T10:00:00Z",
    ])
    func `anything else is refused`(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test func `every day of five centuries goes to its date and back`() {
        var (year, month, day): (Int64, Int64, Int64) = (1600, 1, 1)
        let first = Timestamp.days(year: 1600, month: 1, day: 1)
        for number in first..<first + 500 * 365 {
            let date = Timestamp.civil(fromDays: number)
            #expect(date == (year, month, day))
            #expect(Timestamp.days(year: year, month: month, day: day) == number)
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let length: Int64 = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
            day += 1
            if day > length { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test func `whole seconds round down`() {
        #expect(Timestamp(microseconds: -1).seconds == -1)
        #expect(Timestamp(microseconds: 1_999_999).seconds == 1)
        #expect(Timestamp(microseconds: -1).iso8601(fraction: true) == "1969-12-31T23:59:59.999999Z")
    }

    @Test func `moments and lengths add up`() {
        let time = Timestamp(seconds: 100)
        #expect(time + .milliseconds(1500) == Timestamp(microseconds: 101_500_000))
        #expect(time - .seconds(101) == Timestamp(seconds: -1))
        #expect(Timestamp(seconds: 5) - time == .seconds(-95))
        #expect(Duration.milliseconds(-1500).microseconds == -1_500_000 && Duration.milliseconds(250).inSeconds == 0.25)
        #expect(Timestamp(seconds: 1) < time)
    }

    @Test func `the system's clock tells this century`() {
        let now = WallClock.system.now()
        #expect(now > Timestamp(seconds: 1_700_000_000) && now < Timestamp(seconds: 4_000_000_000))
    }
}

@Suite struct WallClockTests {
    @Test(arguments: [(-5, -5), (0, 0), (1, 60), (90, 5400)])
    func `a clock for trials goes so many times as fast from its origin on`(passed: Int, shown: Int) {
        let origin = Timestamp(seconds: 1_800_000_000)
        let clock = WallClock.fixed(origin + .seconds(passed)).scaled(by: 60, since: origin)
        #expect(clock.now() == origin + .seconds(shown) && clock.rate == 60)
        #expect(clock.sleep(for: .seconds(30)) == .milliseconds(500))
    }

    @Test func `a rate of one changes nothing`() {
        let clock = WallClock.fixed(Timestamp(seconds: 7)).scaled(by: 1, since: Timestamp(seconds: 1))
        #expect(clock.now() == Timestamp(seconds: 7) && clock.sleep(for: .seconds(3)) == .seconds(3))
    }
}
