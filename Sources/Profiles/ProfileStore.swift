package import Core
package import Storage

/// The people of all accounts. Reading here; `ProfileStore+Records.swift` writes what the upload call brings.
package struct ProfileStore: Sendable {
    let engine: any SQLEngine
    let clock: WallClock
    let ids: IDMaker
    let random: Randomness

    package init(engine: any SQLEngine, clock: WallClock, ids: IDMaker, random: Randomness = .system) {
        (self.engine, self.clock, self.ids, self.random) = (engine, clock, ids, random)
    }
}

extension ProfileStore {
    /// What one person can be looked up by. Email is compared without regard to the case of ASCII letters.
    package enum Key: Hashable, Sendable {
        case identity(String)
        case objectID(String)
        case email(String)
    }

    /// The next people in id order, from the start when `after` is nil; fewer than `limit` only at the end.
    package func page(
        of account: AccountID, after: ProfileID?, upTo limit: Int, in session: any SQLSession
    ) throws -> [Profile] {
        try session.rows(ProfileTable.page, [.id(account), .integer(after?.rawValue ?? 0), .int(limit)]).map(Profile.init(row:))
    }

    /// The people with these ids; ids that are not of this account are left out. One statement.
    package func profiles(
        _ ids: [ProfileID], of account: AccountID, in session: any SQLSession
    ) throws -> [ProfileID: Profile] {
        try ProfileTable.load(ids, of: account, locking: false, in: session)
    }

    /// The people of all accounts whose rows were written after a revision, 0 for everybody, in the order of the revisions; each
    /// with the number of its last. Fewer than `limit` only at the end.
    package func changed(after revision: Int64, upTo limit: Int, in session: any SQLSession) throws -> [(profile: Profile, revision: Int64)]
    {
        try session.rows(ProfileTable.changed, [.integer(revision), .int(limit)]).map { (try Profile(row: $0), try $0.integer(12)) }
    }

    /// The number of the newest change. One row.
    package func revision(in session: any SQLSession) throws -> Int64 { try ProfileTable.revision.last(in: session) }

    /// Everyone who has this number, in id order.
    package func withPhone(_ phone: PhoneNumber, of account: AccountID, in session: any SQLSession) throws -> [ProfileID] {
        try session.rows(ProfileTable.idsByPhone, [.id(account), .text(phone.digits)]).map { try $0.id(0) }
    }

    /// Everyone who has this address, in id order.
    package func withEmail(_ email: String, of account: AccountID, in session: any SQLSession) throws -> [ProfileID] {
        guard !email.utf8.contains(0) else { return [] }
        return try session.rows(ProfileTable.idsByEmail, [.id(account), .text(ProfileTable.folded(email))]).map { try $0.id(0) }
    }

    /// The same for many numbers at once; numbers that nobody has are left out. One statement.
    package func withPhones(
        _ phones: Set<PhoneNumber>, of account: AccountID, in session: any SQLSession
    ) throws -> [PhoneNumber: [ProfileID]] {
        var owners: [PhoneNumber: [ProfileID]] = [:]
        guard !phones.isEmpty else { return owners }
        for row in try session.rows(ProfileTable.ownersOfPhones, [.id(account), .list(phones.map(\.digits))]) {
            guard let phone = PhoneNumber(digits: try row.text(0)) else { continue }
            owners[phone, default: []].append(try row.id(1))
        }
        return owners
    }

    /// The person with this key; of several with one email, the oldest. Nil when there is none.
    package func find(_ key: Key, of account: AccountID, in session: any SQLSession) throws -> Profile? {
        let id: ProfileID?
        switch key {
        case .identity(let value): id = try owner(.identity, value, of: account, in: session)
        case .objectID(let value): id = try owner(.objectID, value, of: account, in: session)
        case .email(let value): id = try withEmail(value, of: account, in: session).first
        }
        guard let id else { return nil }
        return try profiles([id], of: account, in: session)[id]
    }

    /// The same in a transaction of its own.
    package func find(_ key: Key, of account: AccountID) async throws -> Profile? {
        try await engine.read { try find(key, of: account, in: $0) }
    }

    /// How many people the account has. Reads an index of all of them.
    package func count(of account: AccountID, in session: any SQLSession) throws -> Int {
        try session.row(ProfileTable.count, [.id(account)])?.int(0) ?? 0
    }

    /// The same in a transaction of its own.
    package func count(of account: AccountID) async throws -> Int {
        try await engine.read { try count(of: account, in: $0) }
    }

    private func owner(
        _ kind: IdentityKind, _ value: String, of account: AccountID, in session: any SQLSession
    ) throws -> ProfileID? {
        guard !value.utf8.contains(0) else { return nil }
        let key = IdentityKey(kind: kind, value: value)
        return try IdentityTable.owners(of: [key], in: account, session: session)[key]
    }
}

extension ProfileStore {
    /// Whose each of these keys is; nil for one that nobody has, and for e-mail addresses. One statement for each kind.
    package func owners(of keys: [Key], in account: AccountID, _ session: any SQLSession) throws -> [ProfileID?] {
        let wanted = keys.map(\.identityKey)
        let owners = try IdentityTable.owners(of: Set(wanted.compactMap(\.self)), in: account, session: session)
        return wanted.map { $0.flatMap { owners[$0] } }
    }
}

extension ProfileStore.Key {
    /// Nil for what the database cannot hold, and for an e-mail address.
    fileprivate var identityKey: IdentityKey? {
        switch self {
        case .identity(let value) where !value.utf8.contains(0): IdentityKey(kind: .identity, value: value)
        case .objectID(let value) where !value.utf8.contains(0): IdentityKey(kind: .objectID, value: value)
        default: nil
        }
    }
}
