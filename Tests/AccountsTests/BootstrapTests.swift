import Accounts
import Core
import StorageTesting
import Testing

@Suite struct BootstrapTests {
    @Test(arguments: TestEngine.available)
    func `what is missing is made up and works`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let store = fixture.store()
        let made = try #require(try await store.bootstrap(FirstAccount()))
        for value in [made.accountID, made.passcode, made.adminEmail, made.adminPassword] { #expect(value.isGenerated) }
        #expect(made.passcode.text.count >= 25)
        #expect(made.adminPassword.text.count >= 20)
        #expect(try await store.authenticate(publicID: made.accountID.text, passcode: made.passcode.text) == made.account)
        _ = try await fixture.signIns().signIn(email: made.adminEmail.text, password: made.adminPassword.text, from: "here")
    }

    @Test(arguments: TestEngine.available)
    func `two databases get different secrets`(kind: TestEngine) async throws {
        let first = try #require(try await Fixture(kind).store().bootstrap(FirstAccount()))
        let second = try #require(try await Fixture(kind).store().bootstrap(FirstAccount()))
        #expect(first.passcode.text != second.passcode.text)
        #expect(first.adminPassword.text != second.adminPassword.text)
    }

    @Test(arguments: TestEngine.available)
    func `a second start touches nothing`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let (store, account) = try await fixture.bootstrapped()
        #expect(try await store.bootstrap(FirstAccount(accountID: "OTHER", adminPassword: "admin")) == nil)
        #expect(try await store.accounts() == [account])
        #expect(try await fixture.count("passcode") == 1)
        #expect(try await fixture.count("app_user") == 1)
    }

    @Test(arguments: TestEngine.available)
    func `of many that start together one makes the account`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let made = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { try await fixture.store().bootstrap(FirstAccount()) != nil } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(made == 1)
        #expect(try await fixture.count("account") == 1)
        #expect(try await fixture.count("app_user") == 1)
    }

    struct Refused: CustomTestStringConvertible, Sendable {
        var wish: FirstAccount
        var code: String
        var testDescription: String { code + (wish.adminPassword ?? "") + (wish.adminEmail ?? "") }
    }

    @Test(arguments: [
        Refused(wish: FirstAccount(accountID: "two words"), code: "invalid_account_id"),
        Refused(wish: FirstAccount(accountID: ""), code: "invalid_account_id"),
        Refused(wish: FirstAccount(passcode: "short"), code: "invalid_passcode"),
        Refused(wish: FirstAccount(passcode: "with space"), code: "invalid_passcode"),
        Refused(wish: FirstAccount(passcode: "Password"), code: "weak_passcode"),
        Refused(wish: FirstAccount(adminEmail: "nobody"), code: "invalid_email"),
        Refused(wish: FirstAccount(adminEmail: "a@b@c"), code: "invalid_email"),
        Refused(wish: FirstAccount(adminEmail: "a\u{0}@example.com"), code: "invalid_email"),
        Refused(wish: FirstAccount(adminPassword: "admin"), code: "weak_password"),
        Refused(wish: FirstAccount(adminPassword: "password"), code: "weak_password"),
        Refused(wish: FirstAccount(adminPassword: "123456789"), code: "weak_password"),
        Refused(wish: FirstAccount(adminPassword: "Password123"), code: "weak_password"),
        Refused(wish: FirstAccount(adminPassword: "aaaaaaaaaaaa"), code: "weak_password"),
        Refused(wish: FirstAccount(adminEmail: "ann@example.com", adminPassword: "ANN@example.com"), code: "weak_password"),
    ])
    func `a wish against the rules makes nothing`(row: Refused) async throws {
        let fixture = try await Fixture(.sqlite)
        let error = await #expect(throws: InputError.self) { try await fixture.store().bootstrap(row.wish) }
        #expect(error?.code == row.code)
        #expect(error?.field != nil)
        #expect(try await fixture.count("account") == 0)
    }
}
