import Core
import Storage

/// The statements on `event`.
enum EventTable {
    /// Adds events whose names are all in `names`, with ids in their order.
    static func add(
        _ events: [NewEvent], names: [EventName: EventNameID], to account: AccountID, at now: Timestamp, session: any SQLSession
    ) throws -> [EventID] {
        guard !events.isEmpty else { return [] }
        let first = try Counter("event").take(events.count, in: session)
        let ids = events.indices.map { EventID(rawValue: first + Int64($0)) }
        let values = try zip(ids, events).map { id, event -> [SQLValue] in
            guard let name = names[event.name] else { throw StorageError(.failed, "event name \(event.name.text) has no id") }
            return [
                .id(id), .id(account), .id(event.profileID), .id(name), .time(event.occurredAt), .time(now),
                .json(.object(event.properties)),
            ]
        }
        try session.run(insert, batch: values)
        return ids
    }

    static func counts(
        _ name: EventNameID, _ people: [ProfileID], _ stretch: EventStretch, _ session: any SQLSession
    ) throws -> [ProfileID: Int] {
        guard !people.isEmpty else { return [:] }
        let rows = try session.rows(counts, [.id(name), .list(people), .integer(stretch.low), .integer(stretch.high)])
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.id(0), try $0.int(1)) })
    }

    /// In order of time, a slice at a time. Who did more than a slice holds is read in several.
    static func forEach(
        _ name: EventNameID, _ people: [ProfileID], _ stretch: EventStretch, atOnce limit: Int, _ session: any SQLSession,
        _ body: (ProfileID, Occurrence) throws -> Void
    ) throws {
        var (time, id): (Int64, Int64) = (stretch.low, 0)
        while true {
            let rows = try session.rows(
                slice, [.id(name), .list(people), .integer(time), .integer(id), .integer(stretch.high), .int(limit)])
            for row in rows {
                try body(row.id(1), Occurrence(occurredAt: row.time(2), properties: row.json(3).object ?? [:]))
            }
            guard let last = rows.last, rows.count == limit else { return }
            (id, time) = (try last.integer(0), try last.integer(2))
        }
    }

    static let insert = Query(
        "event.insert",
        """
        INSERT INTO event (id, account_id, profile_id, name_id, occurred_at, received_at, properties)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)
    static let occurrences = Query(
        "event.occurrences",
        """
        SELECT profile_id, occurred_at, properties FROM event
        WHERE name_id = $1 AND profile_id BETWEEN $2 AND $3 AND occurred_at >= $4 AND occurred_at < $5
        ORDER BY profile_id, occurred_at, id
        """)
    static let counts = Query("event.counts") { sql in
        """
        SELECT profile_id, COUNT(*) FROM event
        WHERE name_id = $1 AND \(sql.among("profile_id", integers: "$2")) AND occurred_at >= $3 AND occurred_at < $4
        GROUP BY profile_id
        """
    }
    /// What comes after one event in the order of time and id. Ids begin with 1.
    static let slice = Query("event.slice") { sql in
        """
        SELECT id, profile_id, occurred_at, properties FROM event
        WHERE name_id = $1 AND \(sql.among("profile_id", integers: "$2"))
            AND occurred_at >= $3 AND (occurred_at > $3 OR id > $4) AND occurred_at < $5
        ORDER BY occurred_at, id LIMIT $6
        """
    }
    private static let logColumns = "id, account_id, profile_id, name_id, occurred_at, properties"
    static let log = Query("event.log", "SELECT \(logColumns) FROM event WHERE id > $1 ORDER BY id LIMIT $2")
    /// The sum keeps both systems from taking the index by name, which would read all that was ever done under it.
    static let logOfName = Query(
        "event.log_of_name", "SELECT \(logColumns) FROM event WHERE name_id + 0 = $1 AND id > $2 AND id <= $3")
    static let summary = Query(
        "event.summary",
        """
        SELECT n.name, COUNT(*), MIN(e.occurred_at), MAX(e.occurred_at)
        FROM event_name n JOIN event e ON e.name_id = n.id AND e.profile_id = $2
        WHERE n.account_id = $1 GROUP BY n.id, n.name
        """)
    static let names = Query("event_name.all", "SELECT name FROM event_name WHERE account_id = $1 ORDER BY name")
}

extension LoggedEvent {
    init(row: SQLRow) throws(StorageError) {
        self.init(
            id: try row.id(0), account: try row.id(1), profile: try row.id(2), name: try row.id(3), occurredAt: try row.time(4),
            properties: try row.text(5))
    }
}

extension EventStretch {
    var low: Int64 { from?.microseconds ?? .min }
    var high: Int64 { to?.microseconds ?? .max }
}
