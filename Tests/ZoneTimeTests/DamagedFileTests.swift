import Core
import CoreTesting
import Testing
import ZoneTime

struct DamagedFileTests {
    static let wrong: [(String, [UInt8])] = [
        ("nothing", []),
        ("other text", Array("# tzdb links".utf8)),
        ("no version", TZif(version: "A").bytes),
        ("leap seconds", TZif(leapSeconds: [78_796_800]).bytes),
        ("changes out of order", TZif(changes: [(9, 60), (8, 0)]).bytes),
        ("the same change twice", TZif(changes: [(9, 60), (9, 0)]).bytes),
        ("an offset of more than a day", TZif(changes: [(9, 100_000)]).bytes),
        ("the least offset there is", TZif(changes: [(9, .min)]).bytes),
        ("a change before the world", TZif(changes: [(.min, 0)]).bytes),
        ("no end of the footer", TZif(footer: "UTC0").bytes.dropLast()),
    ]

    @Test(arguments: wrong)
    func `a wrong file is no zone`(what: String, file: [UInt8]) { #expect(Zone(identifier: "T", file: file) == nil, "\(what)") }

    @Test(arguments: [
        "E5", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
        "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J5", "EST5EDT,J366,J5", "EST5EDT,366,5", "EST5EDT,M3.2.0/168,M11.1.0", "<+>5", "<+05-5",
        "EST25", "EST5:60", "EST99999999999999999999", " EST5", "EST5 ", "EST5EDT,M3.2.0/,M11.1.0",
    ])
    func `a wrong footer is no zone`(footer: String) { #expect(Zone(identifier: "T", file: TZif(footer: footer).bytes) == nil) }

    @Test func `a real file that counts leap seconds is no zone`() throws {
        let file = try #require(RuleFiles.bytes["right/Europe/Paris"])
        #expect(file.count > 500)
        #expect(Zone(identifier: "T", file: file) == nil)
    }

    @Test(arguments: RuleFiles.names)
    func `a file that was cut off is no zone`(name: String) throws {
        let file = try #require(RuleFiles.bytes[name])
        for length in 0..<file.count { #expect(Zone(identifier: "T", file: Array(file.prefix(length))) == nil, "\(length)") }
    }

    @Test(arguments: 0..<20)
    func `whatever a damaged file is read as, every question has an answer`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let name = try #require(RuleFiles.names.randomElement(using: &random))
        let file = try #require(RuleFiles.bytes[name])
        for _ in 0..<100 {
            var damaged = file
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                damaged[Int.random(in: 0..<file.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let zone = Zone(identifier: "T", file: damaged) else { continue }
            for _ in 0..<10 { try check(zone, Timestamp(seconds: .random(in: Timestamp.writableSeconds, using: &random))) }
        }
    }

    private func check(_ zone: Zone, _ time: Timestamp) throws {
        let moment = zone.timestamp(of: zone.local(of: time))
        #expect(moment <= time)
        #expect(zone.local(of: moment) >= zone.local(of: time))
        let eight = try #require(LocalTime("08:00"))
        let range = try #require(WeeklyHours.Range(days: Set(Weekday.allCases), from: .midnight, to: eight))
        let open = try #require(WeeklyHours([range]).nextOpen(from: time, in: zone))
        #expect(open >= time)
        #expect(!WeeklyHours([range]).isQuiet(at: open, in: zone))
    }
}
