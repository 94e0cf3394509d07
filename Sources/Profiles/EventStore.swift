package import Core
package import Storage

/// An event on its way into the log.
package struct NewEvent: Hashable, Sendable {
    package var profileID: ProfileID
    package var name: EventName
    package var occurredAt: Timestamp
    package var properties: [String: JSONValue]

    package init(profileID: ProfileID, name: EventName, occurredAt: Timestamp, properties: [String: JSONValue] = [:]) {
        (self.profileID, self.name, self.occurredAt, self.properties) = (profileID, name, occurredAt, properties)
    }
}

/// One time that a person did something.
package struct Occurrence: Hashable, Sendable {
    package var occurredAt: Timestamp
    package var properties: [String: JSONValue]

    package init(occurredAt: Timestamp, properties: [String: JSONValue] = [:]) {
        (self.occurredAt, self.properties) = (occurredAt, properties)
    }
}

/// The events of one name in a stretch of time.
package struct EventStretch: Hashable, Sendable {
    /// Compared as `EventName`.
    package var name: String
    package var account: AccountID
    /// The first moment that counts; nil for no bound.
    package var from: Timestamp?
    /// The first moment that no longer counts; nil for no bound.
    package var to: Timestamp?

    package init(name: String, account: AccountID, from: Timestamp? = nil, to: Timestamp? = nil) {
        (self.name, self.account, self.from, self.to) = (name, account, from, to)
    }
}

/// How often and when a person did one kind of thing.
package struct EventSummary: Hashable, Sendable {
    package var count: Int
    package var firstSeen: Timestamp
    package var lastSeen: Timestamp

    package init(count: Int, firstSeen: Timestamp, lastSeen: Timestamp) {
        (self.count, self.firstSeen, self.lastSeen) = (count, firstSeen, lastSeen)
    }
}

/// An event as the log has it.
package struct LoggedEvent: Sendable {
    package var id: EventID
    package var account: AccountID
    package var profile: ProfileID
    package var name: EventNameID
    package var occurredAt: Timestamp
    /// A JSON object, as text.
    package var properties: String
}

/// The log of what people did. Events are only ever added; their ids rise in commit order, so a reader that keeps the
/// last id it saw misses none.
package struct EventStore: Sendable {
    private let clock: WallClock

    package init(clock: WallClock) { self.clock = clock }

    /// Adds events that the platform itself raises; the upload call goes through `ProfileStore.apply`. Every call adds,
    /// so a caller that may run twice must know itself whether it did. The people must exist.
    /// - Returns: the ids, in the order of the events.
    @discardableResult
    package func append(_ events: [NewEvent], to account: AccountID, in session: any SQLSession) throws -> [EventID] {
        guard !events.isEmpty else { return [] }
        let (now, names) = (clock.now(), Set(events.map(\.name)))
        var known = try EventNameTable.ids(of: names, in: account, session: session)
        let missing = names.filter { known[$0] == nil }.sorted { $0.matchKey < $1.matchKey }
        known.merge(try EventNameTable.add(missing, in: account, at: now, session: session)) { $1 }
        return try EventTable.add(events, names: known, to: account, at: now, session: session)
    }

    /// How often each of these people did it, without a look at the properties. People who did nothing are not in the
    /// result; a name that nobody used gives an empty one.
    package func counts(
        in stretch: EventStretch, of people: [ProfileID], in session: any SQLSession
    ) throws -> [ProfileID: Int] {
        guard let name = try id(of: stretch.name, in: stretch.account, session) else { return [:] }
        return try EventTable.counts(name, people, stretch, session)
    }

    /// Hands every event of these people to `body`, each once, in no order that may be relied on. However much they did,
    /// no more than `limit` events (at least 1) are in memory at a time. Inside one transaction the result is of one
    /// moment.
    package func forEach(
        in stretch: EventStretch, of people: [ProfileID], atOnce limit: Int, in session: any SQLSession,
        _ body: (ProfileID, Occurrence) throws -> Void
    ) throws {
        guard let name = try id(of: stretch.name, in: stretch.account, session) else { return }
        let counts = try EventTable.counts(name, people, stretch, session)
        for group in Self.groups(of: people, counts, atMost: limit) {
            try EventTable.forEach(name, group, stretch, atOnce: limit, session, body)
        }
    }

    /// People in groups who together have no more than `limit` events, so that a group is read at one go; somebody who
    /// has more makes a group alone. Who has none is left out.
    private static func groups(of people: [ProfileID], _ counts: [ProfileID: Int], atMost limit: Int) -> [[ProfileID]] {
        var (groups, sum) = ([[ProfileID]](), limit)
        for person in people {
            guard let count = counts[person] else { continue }
            if sum + count > limit { (groups, sum) = (groups + [[]], 0) }
            groups[groups.count - 1].append(person)
            sum += count
        }
        return groups
    }

    /// The events of all accounts after one, in the order in which they came; fewer than `limit` only at the end.
    package func log(after last: EventID, upTo limit: Int, in session: any SQLSession) throws -> [LoggedEvent] {
        try session.rows(EventTable.log, [.id(last), .int(limit)]).map(LoggedEvent.init(row:))
    }

    /// The same for one name, through an id, in no order that may be relied on. Reads every event between the ids.
    package func log(
        of name: EventNameID, after first: EventID, through last: EventID, in session: any SQLSession
    ) throws -> [LoggedEvent] {
        try session.rows(EventTable.logOfName, [.id(name), .id(first), .id(last)]).map(LoggedEvent.init(row:))
    }

    /// The newest event's id, 0 when there is none. One row.
    package func lastID(in session: any SQLSession) throws -> EventID { EventID(rawValue: try Counter("event").last(in: session)) }

    /// Nil for a name that nobody used.
    package func id(of name: String, in account: AccountID, _ session: any SQLSession) throws -> EventNameID? {
        guard !name.utf8.contains(0), let name = EventName(name) else { return nil }
        return try EventNameTable.ids(of: [name], in: account, session: session)[name]
    }

    /// What people in a stretch of ids did under this name (compared as `EventName`), each person's in order of time.
    /// People who did nothing are not in the result; a name that nobody used gives an empty one.
    /// - Parameters:
    ///   - from: the first moment that counts; nil for no bound.
    ///   - to: the first moment that no longer counts; nil for no bound.
    package func occurrences(
        of name: String, account: AccountID, profiles: ClosedRange<ProfileID>, from: Timestamp?, to: Timestamp?,
        in session: any SQLSession
    ) throws -> [ProfileID: [Occurrence]] {
        guard let id = try id(of: name, in: account, session) else { return [:] }
        let rows = try session.rows(
            EventTable.occurrences,
            [
                .id(id), .id(profiles.lowerBound), .id(profiles.upperBound), .integer(from?.microseconds ?? .min),
                .integer(to?.microseconds ?? .max),
            ])
        var result: [ProfileID: [Occurrence]] = [:]
        for row in rows {
            let occurrence = Occurrence(occurredAt: try row.time(1), properties: try row.json(2).object ?? [:])
            result[try row.id(0), default: []].append(occurrence)
        }
        return result
    }

    /// What a person did, by the name as first spelled. Reads every event of the person.
    package func summary(
        of profile: ProfileID, account: AccountID, in session: any SQLSession
    ) throws -> [String: EventSummary] {
        var result: [String: EventSummary] = [:]
        for row in try session.rows(EventTable.summary, [.id(account), .id(profile)]) {
            result[try row.text(0)] = EventSummary(
                count: try row.int(1), firstSeen: try row.time(2), lastSeen: try row.time(3))
        }
        return result
    }

    /// The names that an account has used, as first spelled, sorted.
    package func names(of account: AccountID, in session: any SQLSession) throws -> [String] {
        try session.rows(EventTable.names, [.id(account)]).map { try $0.text(0) }
    }
}
