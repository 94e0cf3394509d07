import Core
import Foundation
import Synchronization
import Testing
import ZoneTime

struct ZonesTests {
    /// A folder of rules and a clock that is put forward by hand.
    private final class Fixture: Sendable {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
        private let now = Mutex(Timestamp(seconds: 1_800_000_000))

        var zones: Zones { Zones(folders: ["/nowhere", folder.path], clock: WallClock { self.now.withLock { $0 } }) }

        func write(_ name: String, _ bytes: [UInt8]) throws {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file, options: .atomic)
        }

        func remove(_ name: String) throws { try FileManager.default.removeItem(at: folder.appending(path: name)) }

        func wait(_ duration: Duration) { now.withLock { $0 = $0 + duration } }

        deinit { try? FileManager.default.removeItem(at: folder) }
    }

    private func rules(_ offset: Int32) -> [UInt8] { TZif(first: offset).bytes }
    private let epoch = Timestamp(seconds: 0)

    @Test func `a changed file is read again after a minute`() throws {
        let fixture = Fixture()
        let zones = fixture.zones
        try fixture.write("Europe/Somewhere", rules(3600))
        let old = try #require(zones.zone(named: "Europe/Somewhere"))
        try fixture.write("Europe/Somewhere", rules(7200))
        fixture.wait(.seconds(59))
        #expect(zones.zone(named: "Europe/Somewhere")?.offset(at: epoch) == 3600)
        fixture.wait(.seconds(1))
        let new = try #require(zones.zone(named: "Europe/Somewhere"))
        #expect(new.offset(at: epoch) == 7200)
        #expect(new == old)
    }

    @Test func `a zone is found once its file is there, and kept when the file is damaged or gone`() throws {
        let fixture = Fixture()
        let zones = fixture.zones
        #expect(zones.zone(named: "Asia/New") == nil)
        try fixture.write("Asia/New", rules(60))
        #expect(zones.zone(named: "Asia/New") == nil)
        fixture.wait(.seconds(60))
        #expect(zones.zone(named: "Asia/New")?.offset(at: epoch) == 60)
        try fixture.write("Asia/New", [1, 2, 3])
        fixture.wait(.seconds(60))
        #expect(zones.zone(named: "Asia/New")?.offset(at: epoch) == 60)
        try fixture.remove("Asia/New")
        fixture.wait(.seconds(60))
        #expect(zones.zone(named: "Asia/New")?.offset(at: epoch) == 60)
        try fixture.write("Asia/New", rules(120))
        fixture.wait(.seconds(60))
        #expect(zones.zone(named: "Asia/New")?.offset(at: epoch) == 120)
    }

    @Test func `a clock that was put back does not keep old rules`() throws {
        let fixture = Fixture()
        let zones = fixture.zones
        try fixture.write("Asia/New", rules(60))
        #expect(zones.zone(named: "Asia/New")?.offset(at: epoch) == 60)
        try fixture.write("Asia/New", rules(120))
        fixture.wait(.seconds(-86_400))
        #expect(zones.zone(named: "Asia/New")?.offset(at: epoch) == 120)
    }

    @Test(arguments: [
        "../Secret", "Europe/../../Secret", "/etc/passwd", "Europe//Paris", "Europe/Paris/", "europe/paris", "Europe/Pa ris",
        "Europe/Paris\0",
        "Europe/Par\u{131}s", ".", "Folder", "Mars/Base", "", String(repeating: "A", count: 65), "localtime", "right/Europe/Paris", "Big",
    ])
    func `no other file is read`(name: String) throws {
        let fixture = Fixture()
        for there in [
            "Secret", "Europe/Paris", "europe/paris", "right/Europe/Paris", "localtime", "Folder/X", String(repeating: "A", count: 65),
        ] {
            try fixture.write(there, rules(60))
        }
        try fixture.write("Big", rules(60) + [UInt8](repeating: 0, count: 300_000))
        let inner = Zones(folders: [fixture.folder.appending(path: "Europe").path, fixture.folder.path])
        #expect(inner.zone(named: name) == nil)
        #expect(inner.zone(named: "Europe/Paris") != nil)
    }

    @Test func `any number of wrong names leaves the right ones right`() throws {
        let fixture = Fixture()
        let zones = fixture.zones
        try fixture.write("Asia/New", rules(60))
        for index in 0..<5000 {
            #expect(zones.zone(named: "Wrong\(index)") == nil)
            if index % 100 == 0 { #expect(zones.zone(named: "Asia/New")?.offset(at: epoch) == 60) }
        }
    }

    @Test(arguments: [
        ("UTC", "UTC", 0), ("GMT", "UTC", 0), ("Z", "UTC", 0), ("GMT+0", "UTC", 0), ("GMT+5:30", "+05:30", 330),
        ("UTC-03:00", "-03:00", -180),
        ("+05:30", "+05:30", 330), ("+0530", "+05:30", 330), ("-9", "-09:00", -540), ("UTC+14", "+14:00", 840), ("+00:30", "+00:30", 30),
    ])
    func `offsets are zones`(text: String, identifier: String, minutes: Int) throws {
        let zone = try #require(Zones(folders: []).zone(named: text))
        #expect(zone.identifier == identifier)
        #expect(zone.offset(at: epoch) == minutes * 60)
    }

    @Test(arguments: [
        "+14:01", "+15", "+5:60", "5:30", "+", "GMT5", "GMT+", "+5:", "+5:3", "+:30", "+-5", "+05:30:00", "UTC +5", "Z0", "+123456",
    ])
    func `wrong offsets are no zones`(text: String) { #expect(Zones(folders: []).zone(named: text) == nil) }

    @Test(arguments: ["Europe/Kiev", "Asia/Calcutta", "America/New_York", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "US/Pacific"])
    func `the system's names and aliases are known`(name: String) { #expect(Zones().zone(named: name)?.identifier == name) }

    @Test func `the zone of a calling code is one that the system knows, and stands in for a wrong one`() throws {
        let zones = Zones()
        let paris = try #require(zones.zone(named: "Europe/Paris"))
        let indian = try #require(PhoneNumber("+919812345678"))
        let american = try #require(PhoneNumber("+14155551234"))
        #expect(zones.choice(name: "Europe/Kiev", number: indian, account: paris).zone.identifier == "Europe/Kiev")
        #expect(zones.choice(name: "Europe/Kiev", number: indian, account: paris).source == .own)
        for wrong in ["Mars/Base", "", nil] {
            let choice = zones.choice(name: wrong, number: indian, account: paris)
            #expect((choice.zone.identifier, choice.source) == ("Asia/Kolkata", .number))
            #expect(zones.choice(name: wrong, number: american, account: paris) == ZoneChoice(zone: paris, source: .account))
            #expect(zones.choice(name: wrong, number: nil, account: paris).source == .account)
        }
    }

    @Test(
        arguments: [
            ("+12425551234", "America/Nassau"), ("+14155551234", nil), ("+16045551234", nil), ("+77012345678", "Asia/Almaty"),
            ("+79161234567", "Europe/Moscow"), ("+262639123456", "Indian/Mayotte"), ("+262692123456", "Indian/Reunion"),
            ("+5511987654321", "America/Sao_Paulo"), ("+491512345678", "Europe/Berlin"), ("+88212345678", nil),
            ("+67231234567", "Pacific/Norfolk"),
        ] as [(String, String?)])
    func `the longest beginning of a number tells the zone`(text: String, name: String?) throws {
        #expect(try Zones.name(ofNumber: #require(PhoneNumber(text))) == name)
    }

    @Test func `every zone of a number is one that the system knows`() throws {
        let zones = Zones()
        let names = (1...9999).compactMap { code in
            PhoneNumber(digits: "\(code)".padding(toLength: 12, withPad: "1", startingAt: 0)).flatMap(Zones.name(ofNumber:))
        }
        #expect(Set(names).count > 200)
        for name in Set(names) { #expect(zones.zone(named: name) != nil, "\(name)") }
    }
}
