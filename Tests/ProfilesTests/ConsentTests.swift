import Core
import Profiles
import Storage
import StorageTesting
import Testing

struct ConsentTests {
    private let phone = PhoneNumber(digits: "919812345678")

    private func change(_ flag: Bool?, block: Bool? = nil) -> ProfileChange {
        ProfileChange(
            phone: phone.map { .set($0) }, consents: flag.map { [.whatsApp: $0] } ?? [:], numberBlocked: block)
    }

    @Test(arguments: TestEngine.available)
    func `nobody is reachable without a number, an opt-in and an open number`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let phone = try #require(phone)
        let other = ProfileChange(phone: .set(try #require(PhoneNumber("+14155551234"))), consents: [.whatsApp: true])
        try await fixture.apply(
            .profile([.identity: "default"], change(nil)), .profile([.identity: "in"], change(true)),
            .profile([.identity: "no phone"], ProfileChange(consents: [.whatsApp: true])), .profile([.identity: "other"], other))
        let ids = (1...4).map { ProfileID(rawValue: $0) }
        let open = PhoneNumber(digits: "14155551234").map(Reachability.reachable)
        #expect(
            try await fixture.reachability(ids + [ProfileID(rawValue: 99)]) == [
                ids[0]: .notOptedIn, ids[1]: .reachable(phone), ids[2]: .noPhone, ids[3]: try #require(open),
            ])
        try await fixture.apply(.profile([.identity: "in"], ProfileChange(numberBlocked: true)))
        #expect(try await fixture.reachability(ids)[ids[1]] == .numberBlocked)
        let loaded = try await fixture.engine.read { session throws in
            let blocked = try fixture.consents.blockedNumbers(among: [phone], account: fixture.account, in: session)
            return try fixture.profiles.profiles(ids, of: fixture.account, in: session)
                .mapValues { fixture.consents.reachability(of: $0, blocked: blocked) }
        }
        #expect(try await fixture.reachability(ids) == loaded)
    }

    @Test(arguments: TestEngine.available)
    func `only real changes get a line`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        for flag in [nil, false, true, true, false, true] {
            try await fixture.apply(.profile([.identity: "a"], change(flag)))
        }
        let lines = try await fixture.history(ProfileID(rawValue: 1))
        #expect(lines.map(\.granted) == [true, false, true])
        #expect(lines.allSatisfy { $0.kind == "MSG-whatsapp" && $0.source == "test" && $0.recordedAt == Fixture.now })
        #expect(lines[0].evidence == ["record": 1, "fields": ["MSG-whatsapp", "Phone"]])
    }

    @Test(arguments: TestEngine.available)
    func `blocking a number shuts it for all and is lifted for all`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let phone = try #require(phone)
        try await fixture.apply(.profile([.identity: "a"], change(true)), .profile([.identity: "b"], change(true, block: true)))
        try await fixture.apply(.profile([.identity: "b"], change(true, block: true)))
        let ids = [1, 2].map { ProfileID(rawValue: $0) }
        #expect(try await fixture.reachability(ids) == [ids[0]: .numberBlocked, ids[1]: .numberBlocked])
        let older = ProfileRecord.profile([.identity: "a"], ProfileChange(numberBlocked: false), at: Timestamp(seconds: 5))
        try await fixture.apply(older)
        #expect(try await fixture.reachability(ids)[ids[0]] == .numberBlocked)
        try await fixture.apply(.profile([.identity: "a"], ProfileChange(numberBlocked: false)))
        #expect(try await fixture.reachability(ids) == [ids[0]: .reachable(phone), ids[1]: .reachable(phone)])
    }

    @Test(arguments: TestEngine.available)
    func `everyone who has the number gets the line of a block`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let other = ProfileChange(phone: .set(try #require(PhoneNumber("+14155551234"))))
        try await fixture.apply(
            .profile([.identity: "a"], change(nil)), .profile([.identity: "b"], change(nil)), .profile([.identity: "other"], other))
        try await fixture.apply(.profile([.identity: "a"], change(nil, block: true)), .profile([.identity: "new"], change(nil)))
        try await fixture.apply(.profile([.identity: "b"], change(nil, block: false)))
        for id in [1, 2, 4] as [Int64] {
            let lines = try await fixture.history(ProfileID(rawValue: id))
            #expect(lines.map(\.kind) == ["MSG-dndWhatsApp", "MSG-dndWhatsApp"])
            #expect(lines.map(\.granted) == [false, true])
            #expect(lines.first?.evidence == ["record": 1, "fields": ["MSG-dndWhatsApp", "Phone"], "number": "+919812345678"])
        }
        #expect(try await fixture.history(ProfileID(rawValue: 3)).isEmpty)
    }

    @Test(arguments: TestEngine.available)
    func `a number of very many people gets all its lines`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let people = (1...1001).map { ProfileRecord.profile([.identity: "p\($0)"], change(nil)) }
        _ = try await fixture.engine.write { try fixture.profiles.apply(people, to: fixture.account, source: "t", in: $0) }
        try await fixture.apply(.profile([.identity: "p7"], change(nil, block: true)))
        for id in [1, 7, 1000, 1001] { #expect(try await fixture.history(ProfileID(rawValue: Int64(id))).count == 1) }
    }

    @Test(arguments: TestEngine.available)
    func `a late record does not lift a block that was said again after it`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let id = ProfileID(rawValue: 1)
        for (block, seconds) in [(true, 300), (true, 900), (true, 500), (false, 600)] {
            let time = Timestamp(seconds: Int64(seconds))
            try await fixture.apply(.profile([.identity: "a"], change(true, block: block), at: time))
        }
        #expect(try await fixture.reachability([id]) == [id: .numberBlocked])
        #expect(try await fixture.history(id).map(\.kind) == ["MSG-whatsapp", "MSG-dndWhatsApp"])
        try await fixture.apply(.profile([.identity: "a"], change(true, block: false), at: Timestamp(seconds: 900)))
        #expect(try await fixture.reachability([id]) == [id: .reachable(try #require(phone))])
    }

    @Test(arguments: TestEngine.available)
    func `what is said without a time is said now, also after a clock that was ahead`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let (id, behind) = (ProfileID(rawValue: 1), fixture.at(Fixture.now - .seconds(60)))
        var said = change(true, block: true)
        said.properties["City"] = .replace("Pune")
        try await fixture.apply(.profile([.identity: "a"], said, at: nil))
        said = change(false, block: false)
        said.properties["City"] = .replace("Goa")
        try await behind.apply(.profile([.identity: "a"], said, at: nil))
        #expect(try await fixture.find("a")?.properties == ["City": "Goa"])
        #expect(try await fixture.reachability([id]) == [id: .notOptedIn])
        try await fixture.apply(.profile([.identity: "a"], change(true), at: nil))
        #expect(try await fixture.reachability([id]) == [id: .reachable(try #require(phone))])
        let stop = ConsentChange(profileID: id, granted: false, occurredAt: nil, source: "subscribe_api", evidence: nil)
        #expect(try await behind.engine.write { try behind.consents.record([stop], account: fixture.account, in: $0) } == [stop])
    }

    @Test(arguments: TestEngine.available)
    func `leaving and coming back raise an event, the first opt-in does not`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let id = ProfileID(rawValue: 1)
        try await fixture.apply(.profile([.identity: "a"], change(true)), .profile([.identity: "a"], change(true)))
        #expect(try await fixture.summary(id).isEmpty)
        for flag in [false, false, true, true, false] { try await fixture.apply(.profile([.identity: "a"], change(flag))) }
        #expect(try await fixture.summary(id).mapValues(\.count) == ["Channel Unsubscribed": 2, "Channel Subscribed": 1])
        let found = try await fixture.engine.read {
            try fixture.events.occurrences(
                of: "Channel Subscribed", account: fixture.account, profiles: id...id, from: nil, to: nil, in: $0)
        }
        #expect(found[id] == [Occurrence(occurredAt: Fixture.now, properties: ["Type": "WhatsApp", "Identity": "+919812345678"])])
    }

    @Test(arguments: TestEngine.available)
    func `an opt-out is taken back only by the one who made it last`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let (id, later) = (ProfileID(rawValue: 1), fixture.at(Fixture.now + .seconds(60)))
        func said(_ granted: Bool, by source: String) -> ConsentChange {
            ConsentChange(
                profileID: id, granted: granted, occurredAt: nil, source: source, evidence: nil, onlyTakesBack: granted)
        }
        func settle(_ changes: ConsentChange..., in fixture: Fixture) async throws -> [ConsentEffect] {
            try await fixture.engine.write { try fixture.consents.settle(changes, account: fixture.account, in: $0) }
        }
        try await fixture.apply(.profile([.identity: "a"], change(nil)))
        #expect(try await settle(said(true, by: "us"), in: fixture) == [.withheld])
        try await fixture.apply(.profile([.identity: "a"], change(true)))
        let (out, back) = (said(false, by: "us"), said(true, by: "us"))
        #expect(try await settle(back, out, out, back, in: fixture) == [.unchanged, .changed, .unchanged, .changed])
        #expect(try await settle(said(false, by: "provider"), out, back, in: fixture) == [.changed, .unchanged, .withheld])
        try await fixture.apply(.profile([.identity: "a"], change(true)))
        #expect(try await settle(out, in: fixture) == [.changed])
        #expect(try await settle(said(false, by: "provider"), in: later) == [.unchanged])
        #expect(try await settle(back, in: later) == [.withheld])
        #expect(try await fixture.find("a")?.whatsApp == false)
    }

    @Test(arguments: TestEngine.available)
    func `recording from elsewhere keeps to the same rules`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        func ago(_ seconds: Int) -> Timestamp { Fixture.now - .seconds(seconds) }
        func stop(at time: Timestamp) -> ConsentChange {
            ConsentChange(
                profileID: ProfileID(rawValue: 1), granted: false, occurredAt: time, source: "provider", evidence: ["code": "1340"])
        }
        try await fixture.apply(.profile([.identity: "a"], change(true), at: ago(10)))
        let stranger = ConsentChange(
            profileID: ProfileID(rawValue: 9), granted: true, occurredAt: ago(1), source: "provider", evidence: nil)
        let changes = [stop(at: ago(20)), stop(at: ago(5)), stop(at: ago(4)), stranger]
        let effective = try await fixture.engine.write { try fixture.consents.record(changes, account: fixture.account, in: $0) }
        #expect(effective == [changes[1]])
        let id = ProfileID(rawValue: 1)
        #expect(try await fixture.history(id).map(\.source) == ["test", "provider"])
        try await fixture.apply(.profile([.identity: "a"], change(true), at: ago(7)))
        #expect(try await fixture.reachability([id]) == [id: .notOptedIn])
    }

    @Test(arguments: TestEngine.available)
    func `an opt-out from a clock that is ahead does not outlast a later opt-in`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        try await fixture.apply(.profile([.identity: "a"], change(true)))
        let id = ProfileID(rawValue: 1)
        let stop = ConsentChange(
            profileID: id, granted: false, occurredAt: Fixture.now + .seconds(9999), source: "provider", evidence: nil)
        #expect(try await fixture.engine.write { try fixture.consents.record([stop], account: fixture.account, in: $0) } == [stop])
        try await fixture.apply(.profile([.identity: "a"], change(true)))
        #expect(try await fixture.reachability([id]) == [id: .reachable(try #require(phone))])
    }
}
