import Accounts
package import Audience
import Core
package import Hummingbird
package import Profiles
package import Storage
package import WebSupport
import ZoneTime

/// The vendor's calls that take a query (`clevertap.md` 3.1, 3.2): people and events in pages, and their counts.
package struct QueryRoutes: Sendable {
    let engine: any SQLEngine
    let finder: PeopleFinder
    let events: EventFinder
    let log: EventStore
    let seal: CursorSeal
    private let others: ConcurrencyLimit

    /// - Parameters:
    ///   - log: where names and summaries of events come from.
    ///   - others: the limit that these calls share with the other calls.
    package init(
        engine: any SQLEngine, finder: PeopleFinder, events: EventFinder, log: EventStore, seal: CursorSeal, others: ConcurrencyLimit
    ) {
        (self.engine, self.finder, self.events, self.log) = (engine, finder, events, log)
        (self.seal, self.others) = (seal, others)
    }

    /// - Parameter group: the one at `/1`, behind the check of the key.
    package func add(to group: RouterGroup<KeyContext>) {
        group.group().add(middleware: others)
            .post("profiles.json", use: askProfiles).get("profiles.json", use: giveProfiles)
            .post("events.json", use: askEvents).get("events.json", use: giveEvents)
            .post("counts/profiles.json", use: countProfiles).post("counts/events.json", use: countEvents)
            .post("counts/trends.json", use: trends).post("counts/top.json", use: top)
    }

    @Sendable private func countProfiles(_ request: Request, context: KeyContext) async throws -> Response {
        try await answer(request, context) { query in
            let rule = try query.rule()
            try await check(rule.eventNames, query)
            return ["count": .int(Int64(try await finder.people(rule, of: query.account, at: query.moment).count))]
        }
    }

    @Sendable private func countEvents(_ request: Request, context: KeyContext) async throws -> Response {
        try await answer(request, context) { query in
            let wanted = try query.events()
            try await check(wanted.eventNames, query)
            return ["count": .int(Int64(try await events.count(wanted, of: query.account)))]
        }
    }

    @Sendable private func trends(_ request: Request, context: KeyContext) async throws -> Response {
        try await answer(request, context, besides: TrendRequest.keys) { query in
            let (wanted, trend) = (try query.events(), try query.parsing { input throws(InputError) in try TrendRequest(input) })
            try await check(wanted.eventNames, query)
            let numbers = try await events.trends(wanted, of: query.account, units: Set(trend.groups.values), measure: trend.measure)
            return trend.groups.mapValues { .object((numbers[$0] ?? [:]).mapValues(JSONValue.init(exact:))) }
        }
    }

    @Sendable private func top(_ request: Request, context: KeyContext) async throws -> Response {
        try await answer(request, context, besides: TopRequest.keys) { query in
            let (wanted, groups) = (try query.events(), try query.parsing { input throws(InputError) in try TopRequest(input).groups })
            try await check(wanted.eventNames, query)
            let tallies = try await events.values(of: Set(groups.values.map(\.property)), wanted, of: query.account)
            return groups.mapValues { group in group.answer(tallies[group.property] ?? ValueTally()) }
        }
    }
}

extension QueryRoutes {
    /// Reads the query and answers with what `body` gives and `status: success`. Names that no event ever had are answered in the
    /// vendor's way, with 200 and the error inside (CleverTap/clevertap-support-snippets).
    func answer(
        _ request: Request, _ context: KeyContext, besides keys: [String] = [],
        _ body: (CompatibleQuery) async throws -> [String: JSONValue]
    ) async throws -> Response {
        let (json, moment) = (
            try await request.json(upTo: CompatibleRoutes.bodyLimit), try await finder.moment(of: context.account.id)
        )
        do {
            let query = CompatibleQuery(json: json, otherKeys: keys, account: context.account.id, moment: moment)
            return .json(.object(try await body(query).merging(["status": "success"]) { $1 }))
        } catch let error as InvalidEvents {
            let names = JSONValue.array(error.names.map { .string("Invalid event : \($0)") }).text
            return .json(["status": "fail", "error": .string(names), "code": 400])
        }
    }

    /// - Throws: `InvalidEvents` with the names that no event of the account ever had.
    func check(_ names: Set<String>, _ query: CompatibleQuery) async throws {
        let unknown = try await engine.read { session in
            try names.sorted().filter { try log.id(of: $0, in: query.account, session) == nil }
        }
        guard unknown.isEmpty else { throw InvalidEvents(names: unknown) }
    }
}

struct InvalidEvents: Error {
    let names: [String]
}

/// The body of a call.
struct CompatibleQuery: Sendable {
    let json: JSONValue
    /// Members that the call has besides the query.
    var otherKeys: [String] = []
    let account: AccountID
    let moment: RuleMoment

    /// The people that the query is about.
    func rule() throws(InputError) -> AudienceRule {
        try Self.named { () throws(InputError) in try AudienceRule(json: plain, path: "", today: moment.today) }
    }

    /// The events that the query is about.
    func events() throws(InputError) -> EventQuery {
        try Self.named { () throws(InputError) in try EventQuery(json: plain, today: moment.today) }
    }

    /// What else the call was given.
    func parsing<Value>(_ read: (InputObject) throws(InputError) -> Value) throws(InputError) -> Value {
        let others = (json.object ?? [:]).filter { otherKeys.contains($0.key) }
        return try Self.named { () throws(InputError) in
            try read(InputObject(.object(others), code: "invalid_query", keys: otherKeys))
        }
    }

    private var plain: JSONValue {
        guard let members = json.object, !otherKeys.isEmpty else { return json }
        return .object(members.filter { !otherKeys.contains($0.key) })
    }

    private static let prefix = "Query parse failure - "

    /// Complaints begin as the vendor's do.
    private static func named<Value>(_ body: () throws(InputError) -> Value) throws(InputError) -> Value {
        do throws(InputError) { return try body() } catch {
            var error = error
            if !error.message.hasPrefix(prefix) { error.message = prefix + error.message }
            throw error
        }
    }
}
