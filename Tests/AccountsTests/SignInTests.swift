import Accounts
import Core
import Storage
import StorageTesting
import Testing

@Suite struct SignInTests {
    @Test(arguments: TestEngine.available)
    func `a sign-in lasts fourteen days, or until it is ended`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        let (_, account) = try await fixture.bootstrapped()
        let signIns = fixture.signIns()
        let begun = try await signIns.signIn(email: " ANN@example.com", password: "correct horse", from: "here")
        let found = try #require(try await signIns.signIn(token: begun.token))
        #expect(found.account == account)
        #expect(found.user.email == "ann@example.com")
        #expect(found.user.role == .admin)
        #expect(found.formToken.count == 64 && found.formToken != begun.token)
        fixture.hand.advance(by: .seconds(14 * 86_400 - 1))
        #expect(try await signIns.signIn(token: begun.token) != nil)
        fixture.hand.advance(by: .seconds(1))
        #expect(try await signIns.signIn(token: begun.token) == nil)
        _ = try await signIns.signIn(email: "ann@example.com", password: "correct horse", from: "here")
        #expect(try await fixture.count("sign_in") == 1)
    }

    @Test(arguments: TestEngine.available)
    func `signing out ends this sign-in and no other`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        _ = try await fixture.bootstrapped()
        let signIns = fixture.signIns()
        let first = try await signIns.signIn(email: "ann@example.com", password: "correct horse", from: "here")
        let second = try await signIns.signIn(email: "ann@example.com", password: "correct horse", from: "here")
        #expect(first.token != second.token)
        try await signIns.signOut(token: first.token)
        try await signIns.signOut(token: first.token)
        #expect(try await signIns.signIn(token: first.token) == nil)
        #expect(try await signIns.signIn(token: second.token) != nil)
    }

    @Test(arguments: TestEngine.available)
    func `the database holds no token and no password`(kind: TestEngine) async throws {
        let fixture = try await Fixture(kind)
        _ = try await fixture.bootstrapped()
        let begun = try await fixture.signIns().signIn(email: "ann@example.com", password: "correct horse", from: "here")
        let rows = try await fixture.engine.read { session in
            try session.rows(Query("test.sign_in", "SELECT token_digest, form_token FROM sign_in"))
                + session.rows(Query("test.user", "SELECT password_hash FROM app_user"))
        }
        let text = rows.map { "\($0)" }.joined()
        #expect(!text.contains(begun.token))
        #expect(!text.contains("correct horse"))
        #expect(rows.first?.values.first != .blob(Array(begun.token.utf8)))
    }

    @Test(arguments: [
        ("ann@example.com", "Correct horse"), ("ann@example.com", ""), ("bob@example.com", "correct horse"),
        ("", "correct horse"), ("ann@example.com\u{0}", "correct horse"), ("ann@example.com", String(repeating: "x", count: 5000)),
    ])
    func `everything wrong gets one answer`(email: String, password: String) async throws {
        let fixture = try await Fixture(.sqlite)
        _ = try await fixture.bootstrapped()
        await #expect(throws: SignInRefusal.wrong) {
            try await fixture.signIns().signIn(email: email, password: password, from: "here")
        }
    }

    @Test(arguments: ["", "x", String(repeating: "0", count: 64), String(repeating: "é", count: 32)])
    func `a text that is no token is nobody`(token: String) async throws {
        let fixture = try await Fixture(.sqlite)
        #expect(try await fixture.signIns().signIn(token: token) == nil)
    }

    @Test func `ten wrong guesses for a person close the door for ten minutes`() async throws {
        let fixture = try await Fixture(.sqlite)
        _ = try await fixture.bootstrapped()
        let signIns = fixture.signIns()
        for number in 0..<10 {
            await #expect(throws: SignInRefusal.wrong) {
                try await signIns.signIn(email: "ann@example.com", password: "guess", from: "address \(number)")
            }
        }
        await #expect(throws: SignInRefusal.tooMany(retryAfter: .seconds(600))) {
            try await signIns.signIn(email: "Ann@example.com", password: "correct horse", from: "elsewhere")
        }
        fixture.hand.advance(by: .seconds(600))
        _ = try await signIns.signIn(email: "ann@example.com", password: "correct horse", from: "elsewhere")
    }

    @Test func `fifty wrong guesses from an address close it, and nobody else`() async throws {
        let fixture = try await Fixture(.sqlite)
        _ = try await fixture.bootstrapped()
        let signIns = fixture.signIns()
        for number in 0..<50 {
            await #expect(throws: SignInRefusal.wrong) {
                try await signIns.signIn(email: "user\(number)@example.com", password: "guess", from: "there")
            }
        }
        await #expect(throws: SignInRefusal.tooMany(retryAfter: .seconds(600))) {
            try await signIns.signIn(email: "ann@example.com", password: "correct horse", from: "there")
        }
        _ = try await signIns.signIn(email: "ann@example.com", password: "correct horse", from: "here")
    }

    @Test func `the addresses of one IPv6 network count together`() async throws {
        let fixture = try await Fixture(.sqlite)
        let signIns = fixture.signIns()
        for number in 0..<50 {
            await #expect(throws: SignInRefusal.wrong) {
                try await signIns.signIn(email: "user\(number)@example.com", password: "guess", from: "2001:db8::\(number)")
            }
        }
        await #expect(throws: SignInRefusal.tooMany(retryAfter: .seconds(600))) {
            try await signIns.signIn(email: "ann@example.com", password: "guess", from: "2001:db8::ffff")
        }
    }

    @Test func `an attempt that was not checked does not count`() async throws {
        let fixture = try await Fixture(.sqlite)
        _ = try await fixture.bootstrapped()
        let queue = HashingQueue(longest: 1)
        let hashing = PasswordHashing(logRounds: 1, queue: queue)
        let signIns = SignIns(engine: fixture.engine, clock: fixture.hand.clock, hashing: hashing)
        try queue.enter()
        for _ in 0..<60 {
            await #expect(throws: HashingBusy()) {
                try await signIns.signIn(email: "ann@example.com", password: "guess", from: "here")
            }
        }
        queue.leave()
        _ = try await signIns.signIn(email: "ann@example.com", password: "correct horse", from: "here")
    }

    @Test func `what is right does not count`() async throws {
        let fixture = try await Fixture(.sqlite)
        _ = try await fixture.bootstrapped()
        let signIns = fixture.signIns()
        for _ in 0..<60 { _ = try await signIns.signIn(email: "ann@example.com", password: "correct horse", from: "here") }
    }
}
