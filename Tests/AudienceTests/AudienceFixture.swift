import Audience
import Core
import Profiles
import Storage
import StorageTesting

/// A database with one account, and a way to put people and events into it.
struct AudienceFixture {
    static let account = AccountID(rawValue: 1)
    /// 15 January 2027, 16:00 UTC.
    static let now = Timestamp(seconds: Timestamp.days(year: 2027, month: 1, day: 15) * 86_400 + 16 * 3600)

    /// What somebody did, and how long before `now`.
    struct Deed: Hashable, Sendable {
        var name: String
        var ago: Duration
        var properties: [String: JSONValue] = [:]
    }

    let engine: WatchedEngine
    let reader: AudienceReader
    private let events = EventStore(clock: .fixed(Self.now))

    /// - Parameter slice: how many events the reader has in memory at once.
    init(_ kind: TestEngine, slice: Int = 20_000) async throws {
        engine = WatchedEngine(try await kind.makeWithAccount())
        let profiles = ProfileStore(engine: engine, clock: .fixed(Self.now), ids: IDMaker(clock: .fixed(Self.now)))
        reader = AudienceReader(engine: engine, profiles: profiles, events: events, slice: slice)
    }

    func add(_ id: Int64, _ properties: [String: JSONValue] = [:], did deeds: [Deed] = []) async throws {
        let events = deeds.compactMap { deed in
            EventName(deed.name).map {
                NewEvent(
                    profileID: ProfileID(rawValue: id), name: $0, occurredAt: Self.now - deed.ago, properties: deed.properties)
            }
        }
        try await engine.write { [store = self.events] session in
            try session.run(Self.insert, [.integer(id), .text("o\(id)"), .json(.object(properties))])
            try store.append(events, to: Self.account, in: session)
        }
    }

    /// Everyone who fits, read in pages.
    func audience(_ rule: AudienceRule, pages limit: Int = 1000) async throws -> [Int64] {
        var (ids, last, isEnd) = ([Int64](), ProfileID?.none, false)
        while !isEnd {
            let page = try await reader.page(rule, of: Self.account, after: last, upTo: limit, at: Self.now)
            ids += page.matching.map(\.id.rawValue)
            (last, isEnd) = (page.last ?? last, page.isEnd)
        }
        return ids
    }

    func audience(_ json: JSONValue) async throws -> [Int64] { try await audience(AudienceRule(json: json, path: "who.where")) }

    private static let insert = Query(
        "test.profile",
        """
        INSERT INTO profile (id, account_id, object_id, properties, written_at, created_at, updated_at)
        VALUES ($1, 1, $2, $3, 0, 0, 0)
        """)
}
