package import Core
package import Storage

/// An event as it stands in the log, with its properties.
package struct StoredEvent: Hashable, Sendable {
    package let id: EventID
    package let accountID: AccountID
    package let profileID: ProfileID
    package let nameID: EventNameID
    package let occurredAt: Timestamp
    package let receivedAt: Timestamp
    package let properties: [String: JSONValue]

    /// Its own time; a phone's clock that is ahead of ours does not make it happen later than it came.
    package var happenedAt: Timestamp { min(occurredAt, receivedAt) }
}

/// The table of events, read as the log that it is: ids are dense and in the order of commits, so whoever has seen one has
/// seen all below.
package struct EventLog: Sendable {
    package init() {}

    /// The newest id; 0 when there is none. One row.
    package func end(in session: any SQLSession) throws -> Int64 { try Counter("event").last(in: session) }

    /// Of the events with ids above `start` up to and including `end` those with one of the names, in the order of the log.
    package func events(
        named names: some Sequence<EventNameID>, after start: Int64, upTo end: Int64, in session: any SQLSession
    ) throws -> [StoredEvent] {
        try session.rows(Self.stretch, [.integer(start), .integer(end), .list(names)]).map(StoredEvent.init(row:))
    }

    /// These events, by id.
    package func events(_ ids: [EventID], in session: any SQLSession) throws -> [EventID: StoredEvent] {
        guard !ids.isEmpty else { return [:] }
        let events = try session.rows(Self.some, [.list(ids)]).map(StoredEvent.init(row:))
        return Dictionary(events.map { ($0.id, $0) }) { $1 }
    }

    /// The names that an account uses among those with these keys (`EventName.matchKey`), each with its key.
    package func names(
        _ keys: some Sequence<String>, of account: AccountID, in session: any SQLSession
    ) throws -> [EventNameID: String] {
        let rows = try session.rows(Self.names, [.id(account), .list(Set(keys))])
        return Dictionary(try rows.map { (try $0.id(0), try $0.text(1)) }) { $1 }
    }

    private static let columns = "id, account_id, profile_id, name_id, occurred_at, received_at, properties"
    private static let stretch = Query("event.stretch") { sql in
        // The plus sign keeps SQLite on the primary key, which is the order of the log.
        let name = sql.among(sql == .sqlite ? "+name_id" : "name_id", integers: "$3")
        return "SELECT \(columns) FROM event WHERE id > $1 AND id <= $2 AND \(name) ORDER BY id"
    }
    private static let names = Query("event_name.of_keys") { sql in
        "SELECT id, match_key FROM event_name WHERE account_id = $1 AND \(sql.among("match_key", texts: "$2"))"
    }
    private static let some = Query("event.some") { sql in
        "SELECT \(columns) FROM event WHERE \(sql.among("id", integers: "$1"))"
    }
}

extension StoredEvent {
    init(row: SQLRow) throws {
        self.init(
            id: try row.id(0), accountID: try row.id(1), profileID: try row.id(2), nameID: try row.id(3), occurredAt: try row.time(4),
            receivedAt: try row.time(5), properties: try row.json(6).object ?? [:])
    }
}
