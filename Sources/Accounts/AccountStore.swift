package import Core
import Crypto
package import Storage

/// Accounts and their API passcodes.
package struct AccountStore: Sendable {
    let engine: any SQLEngine
    let clock: WallClock
    let ids: IDMaker
    let random: Randomness
    let hashing: PasswordHashing
    private let passcodeKey: SymmetricKey
    private let cache: KeyCache

    /// - Parameter cacheLife: how long a passcode's check may rest on what was read before. Within this process a
    ///   revocation counts at once; another process that shares the database takes it at the latest after this time.
    package init(
        engine: any SQLEngine, clock: WallClock = .system, ids: IDMaker, random: Randomness = .system, secretKey: SecretKey,
        hashing: PasswordHashing = PasswordHashing(), cacheLife: Duration = .seconds(10)
    ) {
        (self.engine, self.clock, self.ids, self.random, self.hashing) = (engine, clock, ids, random, hashing)
        passcodeKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secretKey.bytes), info: Array("whimbrel passcode".utf8), outputByteCount: 32)
        cache = KeyCache(life: cacheLife, clock: clock)
    }

    /// The account, or nil.
    package func account(_ id: AccountID) async throws -> Account? {
        try await engine.read { try $0.row(Queries.account, [.id(id)]).map { try Account(row: $0) } }
    }

    /// Every account, oldest first.
    package func accounts() async throws -> [Account] {
        try await engine.read { try $0.rows(Queries.accounts).map { try Account(row: $0) } }
    }

    /// The account whose public id and passcode these are; nil when they are not.
    package func authenticate(publicID: String, passcode: String) async throws -> Account? {
        guard case .account(let account) = try await check(publicID: publicID, passcode: passcode) else { return nil }
        return account
    }

    /// Checks a key against every live passcode of the account. The time tells neither how much of the passcode was
    /// right nor whether the account exists. Asks the database at most once in `cacheLife` for each public id.
    package func check(publicID: String, passcode: String) async throws -> KeyCheck {
        guard CredentialRules.isAccountID(publicID) else { return .unknownAccount }
        let engine = engine
        let keys = try await cache.keys(of: publicID) {
            try await engine.read { try Self.liveKeys(of: publicID, in: $0) }
        }
        let digest = digest(of: passcode)
        let nothing = [[UInt8](repeating: 0, count: digest.count)]
        var isRight = false
        for known in keys.digests.isEmpty ? nothing : keys.digests {
            let isSame = equalInConstantTime(known, digest)
            isRight = isRight || isSame
        }
        guard let account = keys.account else { return .unknownAccount }
        return isRight ? .account(account) : .wrongPasscode
    }

    /// Adds a passcode beside the others and returns its id.
    /// - Throws: `InputError` when it breaks a rule of `CredentialRules`, or `conflict` when 100 are live
    ///   (CleverTap, "Project Setup").
    package func addPasscode(_ passcode: String, label: String, to account: AccountID) async throws -> PasscodeID {
        try CredentialRules.checkPasscode(passcode)
        let row = passcodeRow(passcode, label: label, account: account)
        try await engine.write { session in
            let live = try session.row(Queries.livePasscodes, [.id(account)])?.int(0) ?? 0
            guard live < 100 else { throw InputError(.conflict, code: "too_many_passcodes", "An account has 100 passcodes at most.") }
            try session.run(Queries.addPasscode, row.values)
        }
        cache.empty()
        return row.id
    }

    /// Makes a passcode useless. Returns false when the account has no such live passcode; so does a second call.
    package func revokePasscode(_ id: PasscodeID, of account: AccountID) async throws -> Bool {
        let now = clock.now()
        let changed = try await engine.write { try $0.run(Queries.revokePasscode, [.id(id), .id(account), .time(now)]) }
        cache.empty()
        return changed > 0
    }

    func passcodeRow(_ passcode: String, label: String, account: AccountID) -> (id: PasscodeID, values: [SQLValue]) {
        let id: PasscodeID = ids.next()
        return (id, [.id(id), .id(account), .text(label), .blob(digest(of: passcode)), .time(clock.now())])
    }

    func emptyCache() { cache.empty() }

    private func digest(of passcode: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(passcode.utf8), using: passcodeKey))
    }

    private static func liveKeys(of publicID: String, in session: any SQLSession) throws -> LiveKeys {
        let rows = try session.rows(Queries.liveKeys, [.text(publicID)])
        let digests = try rows.compactMap { $0.isNull(4) ? nil : try $0.blob(4) }
        return LiveKeys(account: try rows.first.map { try Account(row: $0) }, digests: digests)
    }
}

/// What became of a key that a request brought.
package enum KeyCheck: Hashable, Sendable {
    case account(Account)
    case unknownAccount
    case wrongPasscode
}

extension Account {
    /// From columns 0 to 3 of `Queries.account` and the like.
    init(row: SQLRow) throws {
        self.init(id: try row.id(0), publicID: try row.text(1), name: try row.text(2), timeZone: try row.text(3))
    }
}
