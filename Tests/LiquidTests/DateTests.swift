import Core
import Liquid
import Testing

@Suite struct DateTests {
    private static let inputs: [LiquidCase] = [
        .init("{{ Profile.Born | date: '%a, %b %d, %y' }}", "Mon, May 29, 23"), .init("{{ 1685375700 | date: '%Y' }}", "2023"),
        .init("{{ '1685375700' | date: '%F %T' }}", "2023-05-29 15:55:00"), .init("{{ 1685375700.9 | date: '%S' }}", "00"),
        .init("{{ 'now' | date: '%Y-%m-%d %H:%M' }}", "2026-11-02 09:05"), .init("{{ 'today' | date: '%d' }}", "02"),
        .init("{{ 'March 14, 2016' | date: '%b %d, %y' }}", "Mar 14, 16"), .init("{{ '14 Mar 2016' | date: '%F' }}", "2016-03-14"),
        .init("{{ '2023-05-29' | date: '%d/%m/%Y %R' }}", "29/05/2023 00:00"), .init("{{ '2023-05-29 15:55' | date: '%R' }}", "15:55"),
        .init("{{ '2023-05-29T15:55:01' | date: '%T' }}", "15:55:01"), .init("{{ '2023-05-29T15:55:00+05:30' | date: '%R' }}", "10:25"),
        .init("{{ '2023-05-29T15:55:00Z' | date: '%R' }}", "15:55"), .init("{{ 'soon' | date: '%Y' }}", "soon"),
        .init("{{ '2023-02-30' | date: '%d' }}", "2023-02-30"), .init("{{ '2023-05-29 25:00' | date: '%d' }}", "2023-05-29 25:00"),
        .init("{{ Profile.Born | date: '' }}", "2023-05-29 15:55:00"), .init("{{ Profile.Gone | date: '%Y' | default: 'never' }}", "never"),
        .init("{{ 9223372036854775807 | date: '%Y' }}", "9223372036854775807"),
        .init("{{ '$D_99999999999999' | date: '%Y' }}", "$D_99999999999999"),
        .init("{{ -1 | date: '%F %T' }}", "1969-12-31 23:59:59"), .init("{{ Profile.Born | append: '!' }}", "2023-05-29 15:55:00!"),
        .init("{{ 'now' | date: '%s' | minus: 86400 | date: '%F' }}", "2026-11-01"),
    ]

    @Test(arguments: inputs)
    func `a moment is read`(row: LiquidCase) throws { #expect(try row.rendered == row.result) }

    /// For 2 November 2026, 09:05:07.
    private static let directives: [(form: String, text: String)] = [
        ("%Y %C %y %m %B %b %h %d %e %j", "2026 20 26 11 November Nov Nov 02  2 306"),
        ("%H %k %I %l %M %S %p %P", "09  9 09  9 05 07 AM am"),
        ("%A %a %u %w %U %W %V %G %g", "Monday Mon 1 1 44 44 45 2026 26"),
        ("%D %F %T %R %r", "11/02/26 2026-11-02 09:05:07 09:05 09:05:07 AM"),
        ("%c|%x|%X|%v", "Mon Nov  2 09:05:07 2026|11/02/26|09:05:07| 2-NOV-2026"), ("%s %L %N %3N", "1793610307 000 000000000 000"),
        ("%z %:z %Z %n%t%%", "+0000 +00:00 UTC \n\t%"), ("%-d/%-m/%-I %_m %0e %^a %^B %#p %#b", "2/11/9 11 02 MON NOVEMBER am NOV"),
        ("%10Y %5d %6a", "0000002026 00002    Mon"), ("%Q %! %", "%Q %! %"), ("%-", "%-"), ("é%dé", "é02é"),
    ]

    @Test(arguments: directives)
    func `a moment is written`(form: String, text: String) throws {
        #expect(try Template(parsing: "{{ t | date: '\(form)' }}").render(["t": "now"], at: LiquidCase.now) == .text(text))
    }

    @Test(
        arguments: [
            ("2021-01-03", "2020 53"), ("2021-01-04", "2021 01"), ("2024-12-30", "2025 01"), ("2020-12-31", "2020 53"),
            ("2016-01-01", "2015 53"), ("2022-01-01", "2021 52"),
        ])
    func `weeks are counted as ISO 8601 does`(day: String, week: String) throws {
        #expect(try Template(parsing: "{{ '\(day)' | date: '%G %V' }}").render([:], at: LiquidCase.now) == .text(week))
    }

    @Test func `dates are read and written in the zone that is asked for`() throws {
        let template = try Template(parsing: "{{ t }} {{ t | date: '%R %z %:z %Z' }} {{ '2023-05-29 15:55' | date: '%R %s' }}")
        let india = template.render(["t": "$D_1685375700"], at: LiquidCase.now) { _ in 19_800 }
        #expect(india == .text("2023-05-29 21:25:00 21:25 +0530 +05:30 +05:30 15:55 1685355900"))
        let west = try Template(parsing: "{{ t | date: '%F %R %z' }}").render(["t": "$D_3600"], at: LiquidCase.now) { _ in -12_600 }
        #expect(west == .text("1969-12-31 21:30 -0330"))
    }

    @Test func `a time without a zone is read on the right side of a change of clocks`() throws {
        // Berlin, 29 March 2026: one hour east until 01:00 UTC, then two.
        let template = try Template(parsing: "{{ '2026-03-29 04:00' | date: '%s' }} {{ '2026-03-29 01:30' | date: '%s' }}")
        let result = template.render([:], at: LiquidCase.now) { $0.seconds < 1_774_746_000 ? 3600 : 7200 }
        #expect(result == .text("1774749600 1774744200"))
    }
}
