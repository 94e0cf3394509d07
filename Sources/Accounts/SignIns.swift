package import Core
import Crypto
package import Storage

/// People who come with a password, and the tokens they carry afterwards.
package struct SignIns: Sendable {
    private let engine: any SQLEngine
    private let clock: WallClock
    private let random: Randomness
    private let hashing: PasswordHashing
    private let byEmail: GuessingLimit
    private let byAddress: GuessingLimit
    /// How long a sign-in lasts.
    package static let life = Duration.seconds(14 * 86_400)

    package init(
        engine: any SQLEngine, clock: WallClock = .system, random: Randomness = .system,
        hashing: PasswordHashing = PasswordHashing()
    ) {
        (self.engine, self.clock, self.random, self.hashing) = (engine, clock, random, hashing)
        byEmail = GuessingLimit(clock: clock)
        // An office shares one address, and behind a proxy everyone does.
        byAddress = GuessingLimit(limit: 50, clock: clock)
    }

    /// Checks a password and begins a sign-in with a new token; earlier sign-ins of the person stay. An unknown e-mail
    /// address takes as long as a wrong password and gets the same answer. In ten minutes ten wrong guesses for an
    /// e-mail address and fifty from an `AddressGroup` are heard; what is right does not count.
    /// - Throws: `SignInRefusal`; `HashingBusy` when too many sign in at once, which does not count as a guess.
    package func signIn(email: String, password: String, from address: String) async throws -> NewSignIn {
        let email = CredentialRules.normalizedEmail(email)
        let names = try take(email, address)
        let right: (id: UserID, account: AccountID)?
        do {
            right = try await check(email, password)
        } catch {
            giveBack(names)  // nothing was checked
            throw error
        }
        guard let right else { throw SignInRefusal.wrong }
        giveBack(names)
        return try await begin(right.id, right.account)
    }

    /// Who carries this token: nil for an unknown, ended or expired one.
    package func signIn(token: String) async throws -> SignIn? {
        guard let digest = Self.digest(token) else { return nil }
        let now = clock.now()
        return try await engine.read { session in
            try session.row(Queries.signIn, [.blob(digest), .time(now)]).map { try SignIn(row: $0) }
        }
    }

    /// Ends a sign-in. An unknown token, or a second call, does nothing.
    package func signOut(token: String) async throws {
        guard let digest = Self.digest(token) else { return }
        try await engine.write { _ = try $0.run(Queries.removeSignIn, [.blob(digest)]) }
    }

    private func take(_ email: String, _ address: String) throws(SignInRefusal) -> (email: String, address: String) {
        let names = (email: email, address: AddressGroup.name(of: address))
        if let wait = byAddress.take(names.address) { throw .tooMany(retryAfter: wait) }
        guard let wait = byEmail.take(names.email) else { return names }
        byAddress.giveBack(names.address)
        throw .tooMany(retryAfter: wait)
    }

    private func giveBack(_ names: (email: String, address: String)) {
        byEmail.giveBack(names.email)
        byAddress.giveBack(names.address)
    }

    /// Whose e-mail address and password these are; nil when they are nobody's.
    private func check(_ email: String, _ password: String) async throws -> (id: UserID, account: AccountID)? {
        let user = try await user(email)
        let isShort = password.utf8.count <= 1024
        let matches = try await hashing.verify(isShort ? password : "", against: user?.hash)
        guard isShort, matches, let user else { return nil }
        return (user.id, user.account)
    }

    private func user(_ email: String) async throws -> (id: UserID, account: AccountID, hash: String)? {
        guard email.utf8.count <= 254, !email.utf8.contains(0) else { return nil }
        return try await engine.read { session in
            try session.row(Queries.userByEmail, [.text(email)]).map { (try $0.id(0), try $0.id(1), try $0.text(2)) }
        }
    }

    private func begin(_ user: UserID, _ account: AccountID) async throws -> NewSignIn {
        let (token, formToken, now) = (random.token(bytes: 32), random.token(bytes: 32), clock.now())
        let expires = now + Self.life
        try await engine.write { session in
            try session.run(Queries.removeExpired, [.time(now)])
            try session.run(
                Queries.addSignIn,
                [.blob(Self.digest(token) ?? []), .id(account), .id(user), .text(formToken), .time(now), .time(expires)])
        }
        return NewSignIn(token: token, expiresAt: expires)
    }

    /// What the database keeps instead of the token: a copy of it signs nobody in. Nil for a text that is no token.
    private static func digest(_ token: String) -> [UInt8]? {
        guard token.utf8.count == 64 else { return nil }
        return Array(SHA256.hash(data: Array(token.utf8)))
    }
}

/// A sign-in that has just begun.
package struct NewSignIn: Sendable {
    /// 32 random bytes in hexadecimal, for the cookie. It is stored nowhere.
    package let token: String
    package let expiresAt: Timestamp
}

/// Someone signed in.
package struct SignIn: Sendable {
    package let account: Account
    package let user: User
    /// Stands in every form of this sign-in; a form without it is refused.
    package let formToken: String

    init(row: SQLRow) throws {
        account = try Account(row: row)
        guard let role = User.Role(rawValue: try row.text(6)) else { throw StorageError(.mismatch, "unknown role") }
        user = User(id: try row.id(4), accountID: account.id, email: try row.text(5), role: role)
        formToken = try row.text(7)
    }
}

/// Why nobody was signed in.
package enum SignInRefusal: Error, Hashable, Sendable {
    /// The e-mail address or the password; which of them is not said.
    case wrong
    /// Too many wrong guesses. Nothing was checked.
    case tooMany(retryAfter: Duration)
}
