import Core
import CoreTesting
import Testing
import ZoneTime

struct ZoneRulesTests {
    @Test(arguments: RuleFiles.names)
    func `offsets are those that Python reads, up to 2045`(name: String) throws {
        let zone = try RuleFiles.zone(name)
        let changes = try #require(RuleFiles.changes[name])
        for (index, change) in changes.enumerated() {
            #expect(zone.offset(at: Timestamp(seconds: change.second)) == change.offset)
            guard index > 0 else { continue }
            #expect(zone.offset(at: Timestamp(seconds: change.second - 1)) == changes[index - 1].offset)
            #expect(zone.offset(at: Timestamp(microseconds: change.second * 1_000_000 - 1)) == changes[index - 1].offset)
        }
    }

    @Test func `a file that lists all changes to 2037 says the same as a short one with a rule`() throws {
        let (short, long) = (try RuleFiles.zone("America/New_York"), try RuleFiles.zone("fat/America/New_York"))
        for day in stride(from: -40_000, to: 60_000, by: 1) {
            let time = Timestamp(seconds: Int64(day) * 86_400 + 25_000)
            #expect(short.offset(at: time) == long.offset(at: time))
        }
    }

    @Test(arguments: [
        ("2026-03-08T06:59:59Z", -18_000), ("2026-03-08T07:00:00Z", -14_400), ("2026-11-01T05:59:59Z", -14_400),
        ("2026-11-01T06:00:00Z", -18_000), ("2399-07-01T00:00:00Z", -14_400), ("2426-03-08T06:59:59Z", -18_000),
        ("2426-03-08T07:00:00Z", -14_400), ("9998-01-01T00:00:00Z", -18_000), ("9998-07-01T00:00:00Z", -14_400),
        ("1883-11-18T16:59:59Z", -17_762), ("0001-01-01T00:00:00Z", -17_762),
    ])
    func `a rule holds for ever`(text: String, offset: Int) throws {
        #expect(try RuleFiles.zone("America/New_York").offset(at: Timestamp(text)) == offset)
    }

    @Test func `a rule repeats itself exactly after 400 years`() throws {
        let zone = try #require(Zone(identifier: "T", file: TZif(footer: "AAA3BBB,M3.2.0,M11.1.0").bytes))
        var random = SeededGenerator(seed: 1)
        for _ in 0..<5000 {
            let second = Int64.random(in: 0...20_000_000_000, using: &random)
            let later = Timestamp(seconds: second + Int64.random(in: 1...500, using: &random) * 146_097 * 86_400)
            #expect(zone.offset(at: later) == zone.offset(at: Timestamp(seconds: second)))
        }
    }

    /// Each with moments of 2026 and the offset then, in minutes.
    static let footers: [(String, [(String, Int)])] = [
        ("<+0330>-3:30", [("2026-07-01T00:00:00Z", 210)]),
        (
            "IST-1GMT0,M10.5.0,M3.5.0/1",
            [("2026-03-29T00:59:59Z", 0), ("2026-03-29T01:00:00Z", 60), ("2026-10-25T00:59:59Z", 60), ("2026-10-25T01:00:00Z", 0)]
        ),
        (
            "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
            [("2026-03-29T00:59:59Z", -120), ("2026-03-29T01:00:00Z", -60), ("2026-10-25T00:59:59Z", -60), ("2026-10-25T01:00:00Z", -120)]
        ),
        (
            "EET-2EEST,M3.4.4/50,M10.4.4/50",
            [("2026-03-27T23:59:59Z", 120), ("2026-03-28T00:00:00Z", 180), ("2026-10-23T22:59:59Z", 180), ("2026-10-23T23:00:00Z", 120)]
        ),
        (
            "AAA0BBB,J60,J300/0",
            [
                ("2026-03-01T01:59:59Z", 0), ("2026-03-01T02:00:00Z", 60), ("2028-03-01T01:59:59Z", 0), ("2028-03-01T02:00:00Z", 60),
                ("2026-10-26T22:59:59Z", 60), ("2026-10-26T23:00:00Z", 0),
            ]
        ),
        ("AAA0BBB,59,300", [("2026-03-01T02:00:00Z", 60), ("2028-02-29T01:59:59Z", 0), ("2028-02-29T02:00:00Z", 60)]),
        (
            "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
            [("2026-01-01T00:00:00Z", 660), ("2026-04-04T15:00:00Z", 630), ("2026-10-03T15:29:59Z", 630), ("2026-10-03T15:30:00Z", 660)]
        ),
        (
            "EST5EDT,0/0,J365/25",
            [
                ("2026-01-01T04:59:59Z", -240), ("2026-01-01T05:00:00Z", -240), ("2026-07-01T00:00:00Z", -240),
                ("2028-12-31T23:59:59Z", -240),
            ]
        ),
    ]

    @Test(arguments: footers)
    func `a footer is read in all its forms`(footer: String, moments: [(String, Int)]) throws {
        let file = TZif(footer: footer).bytes
        let zone = try #require(Zone(identifier: "T", file: file))
        for (text, minutes) in moments { #expect(try zone.offset(at: Timestamp(text)) == minutes * 60, "\(text)") }
    }

    @Test(arguments: ["1", "2", "3", "4"] as [Character])
    func `changes are read in every version`(version: Character) throws {
        let file = TZif(version: version, first: -100, changes: [(-50, 200), (7, -300)]).bytes
        let zone = try #require(Zone(identifier: "T", file: file))
        for (second, offset) in [(-51, -100), (-50, 200), (6, 200), (7, -300), (9_000_000_000, -300)] as [(Int64, Int)] {
            #expect(zone.offset(at: Timestamp(seconds: second)) == offset)
        }
    }
}
