import Core
import Testing
import ZoneTime

struct SpanTests {
    @Test(arguments: [
        ("2026-03-07T07:30:00Z", Span(1, .days), "2026-03-08T07:00:00Z"),
        ("2026-03-07T07:30:00Z", Span(24, .hours), "2026-03-08T07:30:00Z"),
        ("2026-03-07T14:00:00Z", Span(1, .days), "2026-03-08T13:00:00Z"),
        ("2026-03-08T13:00:00Z", Span(-1, .days), "2026-03-07T14:00:00Z"),
        ("2026-10-31T05:30:00Z", Span(1, .days), "2026-11-01T05:30:00Z"),
        ("2026-11-01T06:30:00Z", Span(0, .days), "2026-11-01T06:30:00Z"),
        ("2026-11-01T05:30:00Z", Span(60, .minutes), "2026-11-01T06:30:00Z"),
        ("2026-10-25T13:00:00Z", Span(1, .weeks), "2026-11-01T14:00:00Z"),
        ("2026-01-31T14:00:00Z", Span(1, .months), "2026-02-28T14:00:00Z"),
        ("2026-02-08T07:15:00Z", Span(1, .months), "2026-03-08T07:00:00Z"),
        ("2028-02-29T14:00:00Z", Span(1, .years), "2029-02-28T14:00:00Z"),
        ("2026-01-31T14:00:00Z", Span(-90, .seconds), "2026-01-31T13:58:30Z"),
    ])
    func `hours are exact, days keep the wall clock`(start: String, span: Span, expected: String) throws {
        #expect(try RuleFiles.zone("America/New_York").adding(span, to: Timestamp(start)).iso8601() == expected)
    }

    @Test func `a fraction of a second stays`() {
        #expect(Zone.utc.adding(Span(1, .days), to: Timestamp(microseconds: 5)) == Timestamp(microseconds: 86_400_000_005))
    }

    @Test(arguments: TimeUnit.allCases)
    func `the largest span works out from the last writable moment`(unit: TimeUnit) throws {
        let (first, last) = (
            Timestamp(seconds: Timestamp.writableSeconds.lowerBound), Timestamp(seconds: Timestamp.writableSeconds.upperBound)
        )
        let zone = try RuleFiles.zone("Europe/Paris")
        #expect(zone.adding(Span(Span.largestAmount, unit), to: last) > last)
        #expect(zone.adding(Span(-Span.largestAmount, unit), to: first) < first)
    }

    @Test func `a span is one unit and its amount`() throws {
        let span = try Span(["days": -1], path: "who.offset", code: "invalid")
        #expect(span == Span(-1, .days))
        #expect(span.json == ["days": -1])
    }

    @Test(
        arguments: [
            ([:], "who.offset"), (["days": 1, "hours": 2], "who.offset"), (["days": 1.5], "who.offset.days"),
            (["days": 31], "who.offset.days"),
            (["days": 0], "who.offset.days"), (["weeks": 1], "who.offset.weeks"), (["days": "1"], "who.offset.days"), (3, "who.offset"),
        ] as [(JSONValue, String)])
    func `a wrong span is refused with its place`(value: JSONValue, field: String) {
        let error = #expect(throws: InputError.self) {
            try Span(value, path: "who.offset", code: "invalid", units: [.hours, .days], amounts: 1...30)
        }
        #expect(error?.field == field)
        #expect(error?.code == "invalid")
    }
}
