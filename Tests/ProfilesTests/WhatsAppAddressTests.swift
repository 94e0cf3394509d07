import Core
import Profiles
import Storage
import StorageTesting
import Testing

@Suite struct WhatsAppAddressTests {
    private let addresses = WhatsAppAddresses(clock: .fixed(Fixture.now))

    private func learn(_ address: String, _ kind: WhatsAppAddresses.Kind, of profile: ProfileID, in fixture: Fixture) async throws {
        try await fixture.engine.write { try addresses.learn(address, kind, of: profile, account: fixture.account, in: $0) }
    }

    private func owner(of address: String, in fixture: Fixture, account: AccountID? = nil) async throws -> ProfileID? {
        let account = account ?? fixture.account
        return try await fixture.engine.read { try addresses.owner(of: address, account: account, in: $0) }
    }

    /// Two people, opted in, of whom the first has a number.
    private func people(_ kind: TestEngine) async throws -> (Fixture, ProfileID, ProfileID, PhoneNumber) {
        let fixture = try await Fixture(kind)
        let phone = try #require(PhoneNumber("+37060000001"))
        try await fixture.apply(
            .profile([.identity: "a"], ProfileChange(phone: .set(phone), consents: [.whatsApp: true])),
            .profile([.identity: "b"], ProfileChange(consents: [.whatsApp: true])))
        return (fixture, try #require(try await fixture.find("a")).id, try #require(try await fixture.find("b")).id, phone)
    }

    @Test(arguments: TestEngine.available)
    func `an address is the one's whom WhatsApp named last`(kind: TestEngine) async throws {
        let (fixture, a, b, _) = try await people(kind)
        #expect(try await owner(of: "LT.900", in: fixture) == nil)
        for _ in 1...2 { try await learn("LT.900", .user, of: a, in: fixture) }
        try await learn("5511999990000", .alias, of: a, in: fixture)
        #expect(try await owner(of: "LT.900", in: fixture) == a)
        try await learn("LT.900", .user, of: b, in: fixture)
        #expect(try await owner(of: "LT.900", in: fixture) == b)
        #expect(try await owner(of: "5511999990000", in: fixture) == a)
        #expect(try await owner(of: "LT.90", in: fixture) == nil)
        #expect(try await owner(of: "LT.900", in: fixture, account: AccountID(rawValue: 2)) == nil)
    }

    @Test(arguments: TestEngine.available)
    func `a person without a number is reached by the id, and by the number once there is one`(kind: TestEngine) async throws {
        let (fixture, a, b, phone) = try await people(kind)
        #expect(try await fixture.reachability([a, b]) == [a: .reachable(phone), b: .noPhone])
        try await learn("LT.a", .user, of: a, in: fixture)
        try await learn("LT.b", .user, of: b, in: fixture)
        #expect(try await fixture.reachability([a, b]) == [a: .reachable(phone), b: .reachableByUserID("LT.b")])
        let number = try #require(PhoneNumber("+37060000002"))
        try await fixture.apply(.profile([.identity: "b"], ProfileChange(phone: .set(number))))
        #expect(try await fixture.reachability([b]) == [b: .reachable(number)])
    }

    @Test(arguments: TestEngine.available)
    func `an alias is no way to reach somebody`(kind: TestEngine) async throws {
        let (fixture, _, b, _) = try await people(kind)
        try await learn("5511999990000", .alias, of: b, in: fixture)
        #expect(try await fixture.reachability([b]) == [b: .noPhone])
    }

    @Test(arguments: TestEngine.available)
    func `an id opts nobody in`(kind: TestEngine) async throws {
        let (fixture, _, b, _) = try await people(kind)
        try await learn("LT.b", .user, of: b, in: fixture)
        try await fixture.apply(.profile([.identity: "b"], ProfileChange(consents: [.whatsApp: false]), at: Fixture.now + .seconds(1)))
        #expect(try await fixture.at(Fixture.now + .seconds(2)).reachability([b]) == [b: .notOptedIn])
    }

    private struct Known: Sendable, CustomTestStringConvertible {
        let isIn, isBlocked, isStruck, isQuiet: Bool
        var testDescription: String { "\([isIn, isBlocked, isStruck, isQuiet])" }

        static let all = (0..<16).map { bits in
            Known(isIn: bits & 1 > 0, isBlocked: bits & 2 > 0, isStruck: bits & 4 > 0, isQuiet: bits & 8 > 0)
        }

        func reachability(of phone: PhoneNumber) -> Reachability {
            guard isIn else { return .notOptedIn }
            if isBlocked { return .numberBlocked }
            if isStruck { return .unreachable }
            return isQuiet ? .marketingPaused(phone) : .reachable(phone)
        }
    }

    @Test(arguments: TestEngine.available, Known.all)
    private func `the first thing in the way is told, whatever else is known`(kind: TestEngine, known: Known) async throws {
        let (fixture, a, _, phone) = try await people(kind)
        let change = ProfileChange(consents: [.whatsApp: known.isIn], numberBlocked: known.isBlocked)
        try await fixture.apply(.profile([.identity: "a"], change, at: Fixture.now + .seconds(1)))
        let (trouble, account, now) = (NumberTrouble(), fixture.account, Fixture.now)
        try await fixture.engine.write { session in
            if known.isStruck { try trouble.strike(phone, isVague: false, code: "x", at: now, account: account, in: session) }
            if known.isQuiet { try trouble.quiet(phone, for: .seconds(3600), code: "q", at: now, account: account, in: session) }
        }
        #expect(try await fixture.at(now + .seconds(2)).reachability([a]) == [a: known.reachability(of: phone)])
    }
}
