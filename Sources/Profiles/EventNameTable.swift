import Core
import Storage

/// The statements on `event_name`: the types of an account, each with the spelling seen first.
enum EventNameTable {
    /// The ids of those names that are known. One statement.
    static func ids(
        of names: Set<EventName>, in account: AccountID, session: any SQLSession
    ) throws -> [EventName: EventNameID] {
        guard !names.isEmpty else { return [:] }
        let byKey = Dictionary(names.map { ($0.matchKey, $0) }) { $1 }
        var ids: [EventName: EventNameID] = [:]
        for row in try session.rows(find, [.id(account), .list(names.map(\.matchKey))]) {
            guard let name = byKey[try row.text(0)] else { continue }
            ids[name] = try row.id(1)
        }
        return ids
    }

    /// How many types of its own an account has; the platform's do not count.
    static func customCount(in account: AccountID, session: any SQLSession) throws -> Int {
        try session.row(count, [.id(account), .list(EventName.system)])?.int(0) ?? 0
    }

    /// The ids of these names, which are added if they are not there yet, also when another transaction adds them now.
    static func add(
        _ names: [EventName], in account: AccountID, at now: Timestamp, session: any SQLSession
    ) throws -> [EventName: EventNameID] {
        guard !names.isEmpty else { return [:] }
        let first = try Counter("event_name").take(names.count, in: session)
        try session.run(
            insert,
            batch: names.enumerated().map { [.integer(first + Int64($0)), .id(account), .text($1.matchKey), .text($1.text), .time(now)] })
        return try ids(of: Set(names), in: account, session: session)
    }

    private static let find = Query("event_name.find") { sql in
        "SELECT match_key, id FROM event_name WHERE account_id = $1 AND \(sql.among("match_key", texts: "$2"))"
    }
    private static let count = Query("event_name.count") { sql in
        "SELECT COUNT(*) FROM event_name WHERE account_id = $1 AND NOT \(sql.among("match_key", texts: "$2"))"
    }
    private static let insert = Query(
        "event_name.insert",
        """
        INSERT INTO event_name (id, account_id, match_key, name, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (account_id, match_key) DO NOTHING
        """)
}
