package import Core
package import Storage

/// An event with who did it, as queries give it out.
package struct FoundEvent: Hashable, Sendable {
    package var place: EventPlace
    package var properties: [String: JSONValue]
}

/// Where an event stands among those of its name: by person, then by time, then by id.
package struct EventPlace: Hashable, Sendable {
    package var profile: ProfileID
    package var occurredAt: Timestamp
    package var id: EventID

    package init(profile: ProfileID, occurredAt: Timestamp, id: EventID) {
        (self.profile, self.occurredAt, self.id) = (profile, occurredAt, id)
    }

    /// Before every event.
    package static let start = EventPlace(
        profile: ProfileID(rawValue: 0), occurredAt: Timestamp(microseconds: .min), id: EventID(rawValue: 0))
}

extension EventStore {
    /// The next events of a name in the order of `EventPlace`, for everybody; fewer than `limit` only at the end.
    /// - Parameter last: later ones are left out, so that a walk in several transactions sees what was there when it began.
    package func next(
        in stretch: EventStretch, after place: EventPlace, through last: EventID, upTo limit: Int, in session: any SQLSession
    ) throws -> [FoundEvent] {
        guard let name = try id(of: stretch.name, in: stretch.account, session) else { return [] }
        let values: [SQLValue] = [
            .id(name), .id(place.profile), .time(place.occurredAt), .id(place.id), .integer(stretch.low), .integer(stretch.high),
            .id(last), .int(limit),
        ]
        return try session.rows(EventWalk.next, values).map(FoundEvent.init(row:))
    }

    /// How often people with ids in a range did it. Who did nothing is left out.
    package func counts(
        in stretch: EventStretch, among people: ClosedRange<ProfileID>, in session: any SQLSession
    ) throws -> [(person: ProfileID, count: Int)] {
        guard let name = try id(of: stretch.name, in: stretch.account, session) else { return [] }
        let values: [SQLValue] = [
            .id(name), .id(people.lowerBound), .id(people.upperBound), .integer(stretch.low), .integer(stretch.high),
        ]
        return try session.rows(EventWalk.counts, values).map { (try $0.id(0), try $0.int(1)) }
    }

    /// What these people did, by the name as first spelled. Reads every event of theirs; one statement.
    package func summaries(
        of people: [ProfileID], account: AccountID, in session: any SQLSession
    ) throws -> [ProfileID: [String: EventSummary]] {
        var result: [ProfileID: [String: EventSummary]] = [:]
        for row in try session.rows(EventWalk.summaries, [.id(account), .list(people)]) {
            result[try row.id(0), default: [:]][try row.text(1)] = EventSummary(
                count: try row.int(2), firstSeen: try row.time(3), lastSeen: try row.time(4))
        }
        return result
    }
}

private enum EventWalk {
    /// The first condition on the person bounds the index on both systems.
    static let next = Query(
        "event.next",
        """
        SELECT id, profile_id, occurred_at, properties FROM event
        WHERE name_id = $1 AND profile_id >= $2 AND (profile_id, occurred_at, id) > ($2, $3, $4)
            AND occurred_at >= $5 AND occurred_at < $6 AND id <= $7
        ORDER BY profile_id, occurred_at, id LIMIT $8
        """)
    static let counts = Query(
        "event.counts_of_range",
        """
        SELECT profile_id, COUNT(*) FROM event
        WHERE name_id = $1 AND profile_id BETWEEN $2 AND $3 AND occurred_at >= $4 AND occurred_at < $5 GROUP BY profile_id
        """)
    static let summaries = Query("event.summaries") { sql in
        """
        SELECT e.profile_id, n.name, COUNT(*), MIN(e.occurred_at), MAX(e.occurred_at)
        FROM event_name n JOIN event e ON e.name_id = n.id AND \(sql.among("e.profile_id", integers: "$2"))
        WHERE n.account_id = $1 GROUP BY e.profile_id, n.id, n.name
        """
    }
}

extension FoundEvent {
    fileprivate init(row: SQLRow) throws(StorageError) {
        place = EventPlace(profile: try row.id(1), occurredAt: try row.time(2), id: try row.id(0))
        properties = try row.json(3).object ?? [:]
    }
}
