import Accounts
import Audience
import Core
import Hummingbird
import Profiles
import Storage
import WebSupport
import ZoneTime

/// People and events page by page: a POST of the query gives a cursor, a GET with it a page and the next cursor.
extension QueryRoutes {
    @Sendable func askProfiles(_ request: Request, context: KeyContext) async throws -> Response {
        let cursor = try await ask(.profiles, standard: [.app, .events, .profile], request)
        return try await answer(request, context) { query in
            try await check(query.rule().eventNames, query)
            return try ["cursor": .string(seal.seal(cursor(query), for: query.account))]
        }
    }

    @Sendable func askEvents(_ request: Request, context: KeyContext) async throws -> Response {
        let cursor = try await ask(.events, standard: [.profile], request)
        return try await answer(request, context) { query in
            try await check(query.events().eventNames, query)
            var cursor = cursor(query)
            cursor.place = EventCursor(through: try await events.lastID()).numbers
            return try ["cursor": .string(seal.seal(cursor, for: query.account))]
        }
    }

    @Sendable func giveProfiles(_ request: Request, context: KeyContext) async throws -> Response {
        var (cursor, moment) = try await open(.profiles, request, context)
        let account = context.account.id
        let rule = try CompatibleQuery(json: cursor.query, account: account, moment: moment).rule()
        let people = try await finder.people(rule, of: account, at: moment)
        let page = people.page(after: cursor.place.first.map(ProfileID.init), upTo: cursor.batchSize)
        let records = try await records(page, cursor.parts, account).map { JSONValue.object($0.record) }
        guard let last = page.last, !people.page(after: last, upTo: 1).isEmpty else { return try await Self.page(records, next: nil) }
        cursor.place = [last.rawValue]
        return try await Self.page(records, next: next(cursor, account))
    }

    @Sendable func giveEvents(_ request: Request, context: KeyContext) async throws -> Response {
        var (cursor, moment) = try await open(.events, request, context)
        let account = context.account.id
        guard let place = EventCursor(cursor.place) else { throw InputError(code: "invalid_cursor", "The cursor is not valid.") }
        let query = try CompatibleQuery(json: cursor.query, account: account, moment: moment).events()
        let page = try await events.page(query, of: account, at: moment, after: place, upTo: cursor.batchSize)
        let people = Set(page.events.map(\.place.profile)).sorted()
        let records = try await records(people, cursor.parts, account)
        let byPerson = Dictionary(uniqueKeysWithValues: records.map { ($0.profile, $0.record) })
        let answers = page.events.map { $0.answer(byPerson[$0.place.profile] ?? [:], in: moment.zone) }
        guard let end = page.next else { return try await Self.page(answers, next: nil) }
        cursor.place = end.numbers
        return try await Self.page(answers, next: next(cursor, account))
    }

    private static func page(_ records: [JSONValue], next: String?) async throws -> Response {
        var members: [String: JSONValue] = ["status": "success", "records": .array(records)]
        members["next_cursor"] = next.map(JSONValue.string)
        return .json(.object(members))
    }

    /// How cursors of this request begin.
    private func ask(
        _ kind: QueryCursor.Kind, standard: RecordParts, _ request: Request
    ) async throws -> (CompatibleQuery) -> QueryCursor {
        let size = try V1.number(request, "batch_size", in: 1...5000, default: 10)
        let parts = try RecordParts(request, standard: standard)
        return { query in
            let now = query.moment.now
            return QueryCursor(kind: kind, query: query.json, batchSize: size, parts: parts, beganAt: now, issuedAt: now)
        }
    }

    /// The cursor of the request, and the moment of its query.
    private func open(
        _ kind: QueryCursor.Kind, _ request: Request, _ context: KeyContext
    ) async throws -> (QueryCursor, RuleMoment) {
        guard let text = try request.queryValue("cursor") else {
            throw InputError(code: "invalid_cursor", field: "cursor", "The cursor is missing. Post a query to get one.")
        }
        let cursor = try seal.open(text, kind, for: context.account.id)
        var moment = try await finder.moment(of: context.account.id)
        try cursor.check(at: moment.now)
        moment.now = cursor.beganAt
        return (cursor, moment)
    }

    private func next(_ cursor: QueryCursor, _ account: AccountID) async throws -> String {
        var cursor = cursor
        cursor.issuedAt = try await finder.moment(of: account).now
        return try seal.seal(cursor, for: account)
    }

    /// People who are read at once, with all they did.
    private static let slice = 500

    private func records(
        _ people: [ProfileID], _ parts: RecordParts, _ account: AccountID
    ) async throws -> [(profile: ProfileID, record: [String: JSONValue])] {
        var (records, rest) = ([(profile: ProfileID, record: [String: JSONValue])](), people[...])
        while !rest.isEmpty {
            let ids = Array(rest.prefix(Self.slice))
            rest = rest.dropFirst(Self.slice)
            let summaries = parts.contains(.events) ? try await engine.read { try log.summaries(of: ids, account: account, in: $0) } : [:]
            for profile in try await finder.profiles(ids, of: account) {
                var record = profile.record(parts, events: summaries[profile.id] ?? [:])
                record["objectId"] = .string(profile.objectID)
                records.append((profile.id, record))
            }
        }
        return records
    }
}

extension FoundEvent {
    fileprivate func answer(_ person: [String: JSONValue], in zone: Zone) -> JSONValue {
        let local = zone.local(of: place.occurredAt)
        let time = (local.time.hour * 100 + local.time.minute) * 100 + local.time.second % 60
        return [
            "profile": .object(person), "ts": .int(local.day.written * 1_000_000 + Int64(time)), "event_props": .object(properties),
            "session_props": [:],
        ]
    }
}

extension EventCursor {
    fileprivate var numbers: [Int64] {
        [place.profile.rawValue, place.occurredAt.microseconds, place.id.rawValue, through.rawValue, settled?.rawValue ?? 0]
    }

    fileprivate init?(_ numbers: [Int64]) {
        guard numbers.count == 5 else { return nil }
        let place = EventPlace(
            profile: ProfileID(rawValue: numbers[0]), occurredAt: Timestamp(microseconds: numbers[1]), id: EventID(rawValue: numbers[2]))
        self.init(
            place: place, through: EventID(rawValue: numbers[3]), settled: numbers[4] == 0 ? nil : ProfileID(rawValue: numbers[4]))
    }
}

extension RecordParts {
    /// `app`, `events` and `profile`, each true or false.
    fileprivate init(_ request: Request, standard: RecordParts) throws(InputError) {
        self = standard
        for (name, part) in [("app", Self.app), ("events", .events), ("profile", .profile)] {
            switch try request.queryValue(name)?.lowercased() {
            case nil: continue
            case "true", "1": insert(part)
            case "false", "0": remove(part)
            default: throw InputError(code: "invalid_query", field: name, "\(name) is true or false.")
            }
        }
    }
}
