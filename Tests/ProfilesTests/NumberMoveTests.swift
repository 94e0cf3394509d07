import Core
import Profiles
import Storage
import StorageTesting
import Testing

@Suite struct NumberMoveTests {
    private func phone(_ digits: String) throws -> PhoneNumber { try #require(PhoneNumber(digits: digits)) }

    private func move(_ old: String, _ new: String, in fixture: Fixture, account: AccountID? = nil) async throws {
        let (old, new, account) = (try phone(old), try phone(new), account ?? fixture.account)
        try await fixture.engine.write { try fixture.profiles.moveNumber(from: old, to: new, of: account, in: $0) }
    }

    /// The digits of each person's number.
    private func numbers(_ names: String..., in fixture: Fixture) async throws -> [String?] {
        var numbers: [String?] = []
        for name in names { numbers.append(try await fixture.find(name)?.phone?.digits) }
        return numbers
    }

    private func people(_ kind: TestEngine) async throws -> Fixture {
        let fixture = try await Fixture(kind)
        for (name, digits) in [("a", "37060000001"), ("b", "37060000001"), ("c", "37060000003")] {
            try await fixture.apply(
                .profile([.identity: name], ProfileChange(phone: .set(try phone(digits)), consents: [.whatsApp: name == "a"])))
        }
        return fixture
    }

    @Test(arguments: TestEngine.available)
    func `everyone with the old number gets the new one, and consent stays`(kind: TestEngine) async throws {
        let fixture = try await people(kind)
        let before = try #require(try await fixture.find("a"))
        let history = try await fixture.history(before.id)
        try await move("37060000001", "37060000002", in: fixture)
        #expect(try await numbers("a", "b", "c", in: fixture) == ["37060000002", "37060000002", "37060000003"])
        #expect(try await fixture.find("a")?.whatsApp == true)
        #expect(try await fixture.find("b")?.whatsApp == false)
        #expect(try await fixture.history(before.id) == history)
        #expect(try await fixture.reachability([before.id]) == [before.id: .reachable(try phone("37060000002"))])
    }

    @Test(arguments: TestEngine.available)
    func `again, to itself and from a number that nobody has changes nothing`(kind: TestEngine) async throws {
        let fixture = try await people(kind)
        try await move("37060000001", "37060000002", in: fixture)
        let moved = try await fixture.find("a")
        try await move("37060000001", "37060000002", in: fixture)
        try await move("37060000002", "37060000002", in: fixture)
        try await move("37060000009", "37060000003", in: fixture)
        #expect(try await fixture.find("a") == moved)
        #expect(try await numbers("a", "b", "c", in: fixture) == ["37060000002", "37060000002", "37060000003"])
    }

    @Test(arguments: TestEngine.available)
    func `another account's people keep their number`(kind: TestEngine) async throws {
        let fixture = try await people(kind)
        try await fixture.engine.write { try $0.execute(Fixture.secondAccount) }
        try await move("37060000001", "37060000002", in: fixture, account: AccountID(rawValue: 2))
        #expect(try await numbers("a", "b", in: fixture) == ["37060000001", "37060000001"])
    }

    @Test(arguments: TestEngine.available)
    func `a number that somebody else has already is shared`(kind: TestEngine) async throws {
        let fixture = try await people(kind)
        try await move("37060000001", "37060000003", in: fixture)
        let shared = try phone("37060000003")
        let owners = try await fixture.engine.read { try fixture.profiles.withPhone(shared, of: fixture.account, in: $0) }
        #expect(owners.count == 3)
    }
}
