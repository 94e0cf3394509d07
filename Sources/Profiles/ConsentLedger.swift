import Core
import Storage

/// The statements on `consent`, which only grows, and on `number_block`.
struct ConsentLedger {
    struct Line {
        let profileID: ProfileID
        let entry: ConsentEntry
    }

    let ids: IDMaker

    /// Writes a thousand lines at a time: one number may belong to many people.
    func append(_ lines: some Sequence<Line>, in account: AccountID, session: any SQLSession) throws {
        var batch: [[SQLValue]] = []
        for line in lines {
            batch.append(values(of: line, in: account))
            guard batch.count == 1000 else { continue }
            try session.run(Self.insert, batch: batch)
            batch.removeAll(keepingCapacity: true)
        }
        if !batch.isEmpty { try session.run(Self.insert, batch: batch) }
    }

    private func values(of line: Line, in account: AccountID) -> [SQLValue] {
        let (id, entry) = (ids.next(Identifier<ConsentEntry>.self), line.entry)
        return [
            .id(id), .id(account), .id(line.profileID), .text(entry.kind), .flag(entry.granted), .time(entry.occurredAt),
            .time(entry.recordedAt), .text(entry.source), .json(entry.evidence),
        ]
    }

    /// The newest line of one kind for each of these people; people without one are left out. One statement.
    static func newest(
        _ kind: ConsentKind, of people: Set<ProfileID>, in account: AccountID, session: any SQLSession
    ) throws -> [ProfileID: ConsentEntry] {
        guard !people.isEmpty else { return [:] }
        var newest: [ProfileID: ConsentEntry] = [:]
        for row in try session.rows(newestOfKind, [.id(account), .list(people), .text(kind.rawValue)]) {
            newest[try row.id(6)] = try ConsentEntry(row: row)
        }
        return newest
    }

    static func lines(of profile: ProfileID, in account: AccountID, session: any SQLSession) throws -> [ConsentEntry] {
        try session.rows(history, [.id(account), .id(profile)]).map { try ConsentEntry(row: $0) }
    }

    /// Which of `phones` are blocked, and since when.
    static func blocks(
        among phones: Set<PhoneNumber>, in account: AccountID, session: any SQLSession
    ) throws -> [PhoneNumber: Timestamp] {
        guard !phones.isEmpty else { return [:] }
        var blocks: [PhoneNumber: Timestamp] = [:]
        for row in try session.rows(blocked, [.id(account), .list(phones.map(\.digits))]) {
            guard let phone = PhoneNumber(digits: try row.text(0)) else { continue }
            blocks[phone] = try row.time(1)
        }
        return blocks
    }

    /// Sets each number's block to begin at its time, or lifts it where the time is nil.
    static func setBlocks(_ blocks: [PhoneNumber: Timestamp?], in account: AccountID, session: any SQLSession) throws {
        guard !blocks.isEmpty else { return }
        let sorted = blocks.sorted { $0.key.digits < $1.key.digits }
        try session.run(unblock, batch: sorted.map { [.id(account), .text($0.key.digits)] })
        let new = sorted.compactMap { phone, since in since.map { [.id(account), .text(phone.digits), SQLValue.time($0)] } }
        if !new.isEmpty { try session.run(block, batch: new) }
    }

    private static let insert = Query(
        "consent.insert",
        """
        INSERT INTO consent (id, account_id, profile_id, kind, granted, occurred_at, recorded_at, source, evidence)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)
    private static let history = Query(
        "consent.history",
        """
        SELECT kind, granted, occurred_at, recorded_at, source, evidence FROM consent
        WHERE account_id = $1 AND profile_id = $2 ORDER BY id
        """)
    private static let newestOfKind = Query("consent.newest") { sql in
        """
        SELECT kind, granted, occurred_at, recorded_at, source, evidence, profile_id FROM consent
        WHERE id IN (
            SELECT MAX(id) FROM consent
            WHERE account_id = $1 AND \(sql.among("profile_id", integers: "$2")) AND kind = $3 GROUP BY profile_id)
        """
    }
    private static let blocked = Query("number_block.among") { sql in
        "SELECT phone, since FROM number_block WHERE account_id = $1 AND \(sql.among("phone", texts: "$2"))"
    }
    private static let unblock = Query("number_block.delete", "DELETE FROM number_block WHERE account_id = $1 AND phone = $2")
    private static let block = Query(
        "number_block.insert",
        "INSERT INTO number_block (account_id, phone, since) VALUES ($1, $2, $3) ON CONFLICT (account_id, phone) DO NOTHING")
}

extension ConsentEntry {
    fileprivate init(row: SQLRow) throws(StorageError) {
        self.init(
            kind: try row.text(0), granted: try row.flag(1), occurredAt: try row.time(2), recordedAt: try row.time(3),
            source: try row.text(4), evidence: try row.json(5))
    }
}
