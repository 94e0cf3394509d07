import Core
import Ingest
import Profiles
import Storage
import StorageTesting

/// The services on one engine, with a clock that stands still.
struct Fixture {
    static let now = Timestamp(seconds: 1_700_000_000)
    let engine: any SQLEngine
    let profiles: ProfileStore
    let consents: ConsentStore
    let events: EventStore
    let uploads: UploadService
    let subscriptions: SubscribeService
    let account = AccountID(rawValue: 1)

    init(_ kind: TestEngine) async throws {
        engine = try await kind.makeWithAccount()
        let clock = WallClock.fixed(Self.now)
        let ids = IDMaker(clock: clock)
        profiles = ProfileStore(engine: engine, clock: clock, ids: ids)
        consents = ConsentStore(clock: clock, ids: ids)
        events = EventStore(clock: clock)
        uploads = UploadService(engine: engine, profiles: profiles)
        subscriptions = SubscribeService(engine: engine, profiles: profiles, consents: consents, events: events, clock: clock)
    }

    @discardableResult
    func upload(_ records: JSONValue..., dryRun: Bool = false) async throws -> UploadAnswer {
        try await uploads.upload(["d": .array(records)], to: account, dryRun: dryRun)
    }

    func subscribe(_ entries: JSONValue...) async throws -> UploadAnswer {
        try await subscriptions.subscribe(["d": .array(entries)], to: account)
    }

    func find(_ identity: String) async throws -> Profile? { try await profiles.find(.identity(identity), of: account) }

    func history(_ identity: String) async throws -> [ConsentEntry] {
        guard let profile = try await find(identity) else { return [] }
        return try await engine.read { try consents.history(of: profile.id, account: account, in: $0) }
    }

    func summary(_ identity: String) async throws -> [String: EventSummary] {
        guard let profile = try await find(identity) else { return [:] }
        return try await engine.read { try events.summary(of: profile.id, account: account, in: $0) }
    }

    func occurrences(_ name: String, _ identity: String) async throws -> [Occurrence] {
        guard let id = try await find(identity)?.id else { return [] }
        return try await engine.read { session in
            try events.occurrences(of: name, account: account, profiles: id...id, from: nil, to: nil, in: session)[id] ?? []
        }
    }

    /// How many rows each table has that an upload may write.
    func rowCounts() async throws -> [String: Int] {
        try await engine.read { session in
            var counts: [String: Int] = [:]
            for row in try session.rows(Self.count) { counts[try row.text(0)] = try row.int(1) }
            return counts
        }
    }

    private static let count = Query(
        "test.rows",
        ["profile", "identity", "event_name", "event", "consent", "number_block", "counter"]
            .map { "SELECT CAST('\($0)' AS TEXT), COUNT(*) FROM \($0)" }.joined(separator: " UNION ALL "))
}

/// `{"type":"profile","identity":…,"profileData":{…}}`
func profile(_ identity: JSONValue, _ data: JSONValue, ts: JSONValue? = nil) -> JSONValue {
    var record: [String: JSONValue] = ["type": "profile", "identity": identity, "profileData": data]
    record["ts"] = ts
    return .object(record)
}

func event(_ identity: JSONValue, _ name: JSONValue?, _ data: JSONValue? = nil, ts: JSONValue? = nil) -> JSONValue {
    var record: [String: JSONValue] = ["type": "event", "identity": identity]
    (record["evtName"], record["evtData"], record["ts"]) = (name, data, ts)
    return .object(record)
}
