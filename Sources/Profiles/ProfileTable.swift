import Core
import Storage

/// The statements on `profile`.
enum ProfileTable {
    private static let columns = """
        id, account_id, object_id, identity, email, phone, whatsapp, whatsapp_at, properties, written_at, created_at, updated_at
        """

    static let page = Query(
        "profile.page", "SELECT \(columns) FROM profile WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT $3")
    private static let some = Query("profile.some") { sql in
        "SELECT \(columns) FROM profile WHERE account_id = $1 AND \(sql.among("id", integers: "$2"))"
    }
    /// In id order, so that two transactions that want the same people take turns.
    private static let someLocked = Query("profile.some_locked") { sql in
        "SELECT \(columns) FROM profile WHERE account_id = $1 AND \(sql.among("id", integers: "$2")) ORDER BY id \(sql.forUpdate)"
    }
    static let idsByPhone = Query(
        "profile.ids_by_phone", "SELECT id FROM profile WHERE account_id = $1 AND phone = $2 ORDER BY id")
    static let ownersOfPhones = Query("profile.owners_of_phones") { sql in
        "SELECT phone, id FROM profile WHERE account_id = $1 AND \(sql.among("phone", texts: "$2")) ORDER BY id"
    }
    static let idsByEmail = Query(
        "profile.ids_by_email",
        "SELECT id FROM profile WHERE account_id = $1 AND email IS NOT NULL AND lower(email) = $2 ORDER BY id")
    static let count = Query("profile.count", "SELECT COUNT(*) FROM profile WHERE account_id = $1")
    static let changed = Query(
        "profile.changed", "SELECT \(columns), revision FROM profile WHERE revision > $1 ORDER BY revision LIMIT $2")
    private static let insert = Query(
        "profile.insert",
        "INSERT INTO profile (\(columns), revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
    private static let update = Query(
        "profile.update",
        """
        UPDATE profile SET identity = $2, email = $3, phone = $4, whatsapp = $5, whatsapp_at = $6, properties = $7,
            written_at = $8, updated_at = $9, revision = $10
        WHERE id = $1
        """)

    /// Writers of people take turns per account: the row lock holds until the transaction ends. SQLite has one writer.
    static let lockAccount = Query("profile.lock_account") { sql in
        "SELECT id FROM account WHERE id = $1 \(sql == .postgres ? "FOR NO KEY UPDATE" : "")"
    }

    /// The people with these ids, by id; without a statement when there are none.
    static func load(
        _ ids: some Collection<ProfileID>, of account: AccountID, locking: Bool, in session: any SQLSession
    ) throws -> [ProfileID: Profile] {
        var people: [ProfileID: Profile] = [:]
        guard !ids.isEmpty else { return people }
        for row in try session.rows(locking ? someLocked : some, [.id(account), .list(ids)]) {
            let profile = try Profile(row: row)
            people[profile.id] = profile
        }
        return people
    }

    /// Adds people who are not in the table yet.
    static func add(_ people: [Profile], in session: any SQLSession) throws {
        guard !people.isEmpty else { return }
        let first = try revision.take(people.count, in: session)
        try session.run(insert, batch: people.enumerated().map { $1.insertValues + [.integer(first + Int64($0))] })
    }

    /// Writes people who are in the table already and have changed.
    static func write(_ changed: [Profile], at now: Timestamp, in session: any SQLSession) throws {
        guard !changed.isEmpty else { return }
        let first = try revision.take(changed.count, in: session)
        let values = changed.enumerated().map { place, profile -> [SQLValue] in
            var profile = profile
            profile.updatedAt = now
            return profile.updateValues + [.integer(first + Int64(place))]
        }
        try session.run(update, batch: values)
    }

    /// Every row that is written gets the next number, in commit order: whoever has seen revision n has seen every change
    /// below it.
    static let revision = Counter("profile_revision")

    /// `email` in the form that the index compares: ASCII letters in lower case, as both systems' `lower` gives it.
    static func folded(_ email: String) -> String {
        String(decoding: email.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}

extension Profile {
    init(row: SQLRow) throws(StorageError) {
        let phone = try row.textIfPresent(5)
        self.init(
            id: try row.id(0), accountID: try row.id(1), objectID: try row.text(2), identity: try row.textIfPresent(3),
            email: try row.textIfPresent(4), phone: phone.flatMap { PhoneNumber(digits: $0) }, whatsApp: try row.flag(6),
            whatsAppSaidAt: try row.timeIfPresent(7), properties: try row.json(8).object ?? [:],
            writtenAt: try row.time(9), createdAt: try row.time(10), updatedAt: try row.time(11))
    }

    var insertValues: [SQLValue] {
        [
            .id(id), .id(accountID), .text(objectID), .optional(identity), .optional(email), .optional(phone?.digits),
            .flag(whatsApp), .time(whatsAppSaidAt), .json(.object(properties)), .time(writtenAt), .time(createdAt), .time(updatedAt),
        ]
    }

    fileprivate var updateValues: [SQLValue] {
        [
            .id(id), .optional(identity), .optional(email), .optional(phone?.digits), .flag(whatsApp), .time(whatsAppSaidAt),
            .json(.object(properties)), .time(writtenAt), .time(updatedAt),
        ]
    }
}
