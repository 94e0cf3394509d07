import Core
import Profiles
import Storage
import StorageTesting
import Testing

struct IdentityTests {
    private func named(_ name: String) -> ProfileChange { ProfileChange(properties: ["Name": .replace(.string(name))]) }

    @Test(arguments: TestEngine.available)
    func `an unknown identity makes a profile with an object id of its own`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.apply(.event([.identity: "a"], "Signed Up"), .profile([.identity: "a"], named("Asha")))
        let profile = try #require(try await fixture.find("a"))
        #expect(profile.id == ProfileID(rawValue: 1))
        #expect(profile.objectID.count == 34 && profile.objectID.hasPrefix("__"))
        #expect(profile.property("Name") == "Asha")
        #expect(try await fixture.profiles.find(.objectID(profile.objectID), of: fixture.account) == profile)
        #expect(try await fixture.profiles.count(of: fixture.account) == 1)
    }

    @Test(arguments: TestEngine.available)
    func `an anonymous profile gets the identity that comes with its object id`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.apply(.event([.objectID: "device"], "Viewed"))
        try await fixture.apply(.profile([.objectID: "device", .identity: "a"], named("Asha")))
        try await fixture.apply(.event([.identity: "a"], "Viewed"))
        let profile = try #require(try await fixture.find("a"))
        #expect(profile.objectID == "device")
        #expect(try await fixture.summary(profile.id)["Viewed"]?.count == 2)
        #expect(try await fixture.profiles.count(of: fixture.account) == 1)
    }

    @Test(arguments: TestEngine.available)
    func `a new identity on somebody else's device is a person of its own`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.apply(
            .profile([.objectID: "device", .identity: "a"], named("Asha")), .profile([.objectID: "device", .identity: "b"], named("Ben")),
            .event([.objectID: "device"], "Viewed"))
        let (a, b) = (try #require(try await fixture.find("a")), try #require(try await fixture.find("b")))
        #expect(a.property("Name") == "Asha" && b.property("Name") == "Ben")
        #expect(b.objectID != "device")
        #expect(try await fixture.summary(a.id)["Viewed"]?.count == 1)
    }

    @Test(arguments: TestEngine.available)
    func `ids are looked up in order and never move`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.apply(.profile([.identity: "a"], named("Asha")), .profile([.objectID: "o"], named("Device")))
        try await fixture.apply(.profile([.identity: "a", .objectID: "o", .facebook: "f"], named("Asha 2")))
        try await fixture.apply(.event([.facebook: "f"], "Viewed"), .event([.objectID: "o"], "Opened"))
        let asha = try #require(try await fixture.find("a"))
        #expect(asha.property("Name") == "Asha 2")
        #expect(try await fixture.summary(asha.id).keys.sorted() == ["Viewed"])
        #expect(try await fixture.profiles.find(.objectID("o"), of: fixture.account)?.property("Name") == "Device")
    }

    @Test(arguments: TestEngine.available)
    func `ids are compared byte by byte and by kind`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let spellings = ["caf\u{E9}", "cafe\u{301}", "Caf\u{E9}"]
        for name in spellings { try await fixture.apply(.profile([.identity: name], named(name))) }
        try await fixture.apply(.profile([.google: "caf\u{E9}"], named("other kind")))
        #expect(try await fixture.profiles.count(of: fixture.account) == 4)
        for name in spellings {
            let found = try await fixture.find(name)?.property("Name")?.string
            #expect(found.map { Array($0.utf8) } == Array(name.utf8))
        }
    }

    @Test(arguments: TestEngine.available)
    func `two accounts do not see each other's people`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let other = AccountID(rawValue: 2)
        try await fixture.engine.write {
            try $0.execute("INSERT INTO account (id, public_id, name, time_zone, created_at) VALUES (2, 'B', 'B', 'UTC', 0)")
        }
        try await fixture.apply(.profile([.identity: "a"], named("Asha")))
        #expect(try await fixture.profiles.find(.identity("a"), of: other) == nil)
        try await fixture.engine.read { session throws in
            #expect(try fixture.profiles.page(of: other, after: nil, upTo: 10, in: session).isEmpty)
            #expect(try fixture.profiles.profiles([ProfileID(rawValue: 1)], of: other, in: session).isEmpty)
            #expect(try fixture.consents.reachability(of: [ProfileID(rawValue: 1)], account: other, in: session).isEmpty)
        }
    }
}
