import Core
import CoreTesting
import Testing
import ZoneTime

struct DayTests {
    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-03-31", -1, "2026-02-28"), ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"), ("2026-05-31", 13, "2027-06-30"), ("2026-05-31", -29, "2023-12-31"),
        ("2026-05-31", 0, "2026-05-31"),
        ("2000-02-29", 1200, "2100-02-28"),
    ])
    func `months keep the day, or end with the month`(start: String, months: Int, expected: String) throws {
        #expect(try day(start).adding(months: months) == day(expected))
    }

    @Test(arguments: [(2025, "2025-02-28"), (2026, "2026-02-28"), (2028, "2028-02-29"), (2100, "2100-02-28")])
    func `who was born on 29 February has a birthday on the 28th in common years`(year: Int, expected: String) throws {
        #expect(try day("1996-02-29").anniversary(in: year) == day(expected))
        #expect(try day("1996-02-29").adding(years: year - 1996) == day(expected))
    }

    @Test func `the days of a lifetime follow each other`() throws {
        var (number, weekday) = (try day("1900-01-01").number, 0)
        for year in 1900...2100 as ClosedRange<Int64> {
            for month in 1...12 as ClosedRange<Int64> {
                let length = try #require((28...31).last { Day(year: year, month: month, day: $0) != nil })
                for date in 1...length {
                    let day = try #require(Day(year: year, month: month, day: date))
                    try #require(day.number == number && day.weekday == Weekday.allCases[weekday])
                    try #require(day.written == year * 10_000 + month * 100 + date && day.date == (year, month, date))
                    (number, weekday) = (number + 1, (weekday + 1) % 7)
                }
            }
        }
        #expect(try day("2100-12-31").number == number - 1)
    }

    @Test(arguments: [
        ("2026-11-25", "2026-11-23", "2026-11-01", "2026-01-01"), ("2026-11-23", "2026-11-23", "2026-11-01", "2026-01-01"),
        ("2026-03-01", "2026-02-23", "2026-03-01", "2026-01-01"), ("1969-12-31", "1969-12-29", "1969-12-01", "1969-01-01"),
    ])
    func `weeks start on Monday`(text: String, week: String, month: String, year: String) throws {
        let day = try day(text)
        #expect([day.startOfWeek, day.startOfMonth, day.startOfYear].map(\.description) == [week, month, year])
    }

    @Test(arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "20260101", "2026-01-01T", "2026-01-00", ""])
    func `what is no date is refused`(text: String) { #expect(Day(text) == nil) }

    @Test func `the day of a moment is counted in UTC, before 1970 too`() throws {
        #expect(Day(of: Timestamp(microseconds: -1)).description == "1969-12-31")
        #expect(Day(of: Timestamp(seconds: 0)).description == "1970-01-01")
        #expect(Day(of: Timestamp(seconds: 86_399)).number == 0)
    }
}
