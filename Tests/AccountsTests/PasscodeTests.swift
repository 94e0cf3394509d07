import Accounts
import Core
import StorageTesting
import Testing

@Suite struct PasscodeTests {
    static let keys: [(id: String, passcode: String, isRight: Bool)] = [
        ("ACME-1", "open-sesame", true),
        ("ACME-1", "open-sesamf", false),
        ("ACME-1", "open-sesam", false),
        ("ACME-1", "open-sesame ", false),
        ("ACME-1", "", false),
        ("acme-1", "open-sesame", false),
        ("ACME-2", "open-sesame", false),
        ("", "open-sesame", false),
        ("ACME-1' OR '1'='1", "open-sesame", false),
        ("ACME\u{0}-1", "open-sesame", false),
    ]

    @Test(arguments: TestEngine.available)
    func `only the right key opens`(kind: TestEngine) async throws {
        let (store, account) = try await Fixture(kind).bootstrapped()
        for key in Self.keys {
            let found = try await store.authenticate(publicID: key.id, passcode: key.passcode)
            #expect(found == (key.isRight ? account : nil), "\(key)")
        }
    }

    @Test(arguments: TestEngine.available)
    func `what is wrong is told apart`(kind: TestEngine) async throws {
        let (store, _) = try await Fixture(kind).bootstrapped()
        #expect(try await store.check(publicID: "ACME-1", passcode: "x") == .wrongPasscode)
        #expect(try await store.check(publicID: "ACME-9", passcode: "x") == .unknownAccount)
    }

    @Test(arguments: TestEngine.available)
    func `several passcodes are valid side by side, and each can be revoked`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let (store, account) = try await fixture.bootstrapped()
        #expect(try await store.authenticate(publicID: "ACME-1", passcode: "second-code") == nil)
        let id = try await store.addPasscode("second-code", label: "Shop", to: account.id)
        #expect(try await store.authenticate(publicID: "ACME-1", passcode: "second-code") == account)
        #expect(try await store.revokePasscode(id, of: account.id))
        #expect(try await store.authenticate(publicID: "ACME-1", passcode: "second-code") == nil)
        #expect(try await store.authenticate(publicID: "ACME-1", passcode: "open-sesame") == account)
        #expect(try await store.revokePasscode(id, of: account.id) == false)
    }

    @Test(arguments: TestEngine.available)
    func `a passcode of another account is not revoked`(kind: TestEngine) async throws {
        let (store, account) = try await Fixture(kind).bootstrapped()
        let id = try await store.addPasscode("second-code", label: "Shop", to: account.id)
        #expect(try await store.revokePasscode(id, of: AccountID(rawValue: 999)) == false)
        #expect(try await store.authenticate(publicID: "ACME-1", passcode: "second-code") == account)
    }

    @Test(arguments: TestEngine.available)
    func `a revocation reaches another process after ten seconds`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let (store, account) = try await fixture.bootstrapped()
        let other = fixture.store()
        let id = try await store.addPasscode("second-code", label: "Shop", to: account.id)
        #expect(try await other.authenticate(publicID: "ACME-1", passcode: "second-code") == account)
        _ = try await store.revokePasscode(id, of: account.id)
        #expect(try await other.authenticate(publicID: "ACME-1", passcode: "second-code") == account)
        fixture.hand.advance(by: .seconds(10))
        #expect(try await other.authenticate(publicID: "ACME-1", passcode: "second-code") == nil)
    }

    @Test(arguments: TestEngine.available)
    func `another secret key makes every passcode useless`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        _ = try await fixture.bootstrapped()
        let ids = IDMaker(clock: fixture.hand.clock)
        let other = AccountStore(engine: fixture.engine, ids: ids, secretKey: SecretKey(from: .system), hashing: cheap)
        #expect(try await other.authenticate(publicID: "ACME-1", passcode: "open-sesame") == nil)
    }

    @Test func `a hundred passcodes and no more`() async throws {
        let (store, account) = try await Fixture(.sqlite).bootstrapped()
        for number in 1..<100 { _ = try await store.addPasscode("passcode-\(number)", label: "", to: account.id) }
        let error = await #expect(throws: InputError.self) {
            try await store.addPasscode("one-too-many", label: "", to: account.id)
        }
        #expect(error?.kind == .conflict)
    }
}
