import Core
import Storage

/// The statements on `identity`.
enum IdentityTable {
    /// Which of `keys` are known, and whose they are. One statement for each kind that occurs.
    static func owners(
        of keys: Set<IdentityKey>, in account: AccountID, session: any SQLSession
    ) throws -> [IdentityKey: ProfileID] {
        var owners: [IdentityKey: ProfileID] = [:]
        for (kind, keys) in Dictionary(grouping: keys, by: \.kind) {
            for row in try session.rows(find, [.id(account), .text(kind.rawValue), .list(keys.map(\.value))]) {
                owners[IdentityKey(kind: kind, value: try row.text(0))] = try row.id(1)
            }
        }
        return owners
    }

    static func add(_ identities: [(key: IdentityKey, owner: ProfileID)], in account: AccountID, session: any SQLSession) throws {
        guard !identities.isEmpty else { return }
        try session.run(
            insert, batch: identities.map { [.id(account), .text($0.key.kind.rawValue), .text($0.key.value), .id($0.owner)] })
    }

    private static let find = Query("identity.find") { sql in
        "SELECT value, profile_id FROM identity WHERE account_id = $1 AND kind = $2 AND \(sql.among("value", texts: "$3"))"
    }
    private static let insert = Query(
        "identity.insert", "INSERT INTO identity (account_id, kind, value, profile_id) VALUES ($1, $2, $3, $4)")
}
