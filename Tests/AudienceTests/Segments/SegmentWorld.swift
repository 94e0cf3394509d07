import Audience
import Core
import Profiles
import Storage
import StorageTesting
import Synchronization
import ZoneTime

/// An account in Kolkata with a few people and the segments' parts, at a time that the test moves.
struct SegmentWorld {
    let account = AccountID(rawValue: 1)
    let time = TestTime(Timestamp(iso8601: "2027-01-15T04:30:00Z")!)  // 10:00 in Kolkata
    let engine: any SQLEngine
    let segments: SegmentStore
    let lists: CustomLists
    let finder: PeopleFinder
    let keeper: SizeKeeper
    let clock: AccountClock
    let events: EventStore
    private let profiles: ProfileStore

    init(_ kind: TestEngine) async throws {
        engine = try await kind.makeWithAccount()
        let clock = time.clock
        let ids = IDMaker(clock: clock)
        (profiles, events) = (ProfileStore(engine: engine, clock: clock, ids: ids), EventStore(clock: clock))
        self.clock = AccountClock(engine: engine, zones: Zones(clock: clock), clock: clock)
        segments = SegmentStore(engine: engine, clock: self.clock)
        lists = CustomLists(segments: segments, profiles: profiles)
        let stores = AudienceStores(profiles: profiles, events: events, consents: ConsentStore(clock: clock, ids: ids))
        let audiences = Audiences(
            engine: engine, stores: stores, builder: BlockBuilder(engine: engine, stores: stores), segments: segments.rules)
        finder = PeopleFinder(engine: engine, audiences: audiences, profiles: profiles, clock: self.clock)
        keeper = SizeKeeper(segments: segments, finder: finder)
        _ = try await engine.write { try $0.run(Self.zone, []) }
    }

    /// People named `p1`, `p2`, … with their number as `n` and the objectIds `o1`, `o2`, ….
    func addPeople(_ numbers: ClosedRange<Int64>) async throws {
        let (account, profiles, now) = (account, profiles, time.now)
        _ = try await engine.write { session in
            let records = numbers.map { number in
                ProfileRecord(
                    number: Int(number), who: Who([.identity: "p\(number)", .objectID: "o\(number)"]), time: now,
                    content: .profile(ProfileChange(properties: ["n": .replace(.int(number))])))
            }
            return try profiles.apply(records, to: account, source: "test", in: session).count
        }
    }

    func save(_ name: String, _ rule: JSONValue) async throws -> Segment {
        try await segments.create(SegmentDraft(json: ["name": .string(name), "where": rule]), for: account)
    }

    /// A file in one piece.
    func list(_ name: String, _ text: String) async throws -> (segment: Segment, report: ListReport) {
        try await lists.create(named: name, from: Pieces(text), for: account)
    }

    /// A campaign that names a segment, or has a rule.
    func addCampaign(_ id: Int64, _ status: String, who: JSONValue) async throws {
        let definition: JSONValue = ["name": "Tickets", "who": who]
        try await engine.write { session in
            try session.run(Self.channel, [.blob([])])
            try session.run(Self.template, [])
            try session.run(Self.campaign, [.integer(id), .text(status), .json(definition)])
        }
    }

    func setCampaign(_ id: Int64, _ status: String) async throws {
        _ = try await engine.write { try $0.run(Self.status, [.integer(id), .text(status)]) }
    }

    func did(_ event: String, _ people: [Int64], at time: Timestamp, _ properties: [String: JSONValue] = [:]) async throws {
        let (account, profiles, events) = (account, profiles, events)
        _ = try await engine.write { session in
            let ids = try profiles.owners(of: people.map { .identity("p\($0)") }, in: account, session).compactMap(\.self)
            let news = ids.map { NewEvent(profileID: $0, name: EventName(event)!, occurredAt: time, properties: properties) }
            return try events.append(news, to: account, in: session).count
        }
    }

    func people(_ rule: JSONValue) async throws -> Set<String> {
        let found = try await finder.people(AudienceRule(json: rule, path: "where"), of: account)
        let (account, profiles) = (account, profiles)
        return try await engine.read { session in
            Set(try profiles.profiles(Array(found), of: account, in: session).values.compactMap(\.identity))
        }
    }

    private static let zone = Query("test.zone", "UPDATE account SET time_zone = 'Asia/Kolkata'")
    private static let channel = Query(
        "test.channel",
        """
        INSERT INTO channel (id, account_id, nickname, provider, number, base_url, credentials, hook_token, per_second, is_default, created_at)
        VALUES (1, 1, 'a', 'vonage', '4915100000000', '', $1, 'token', 1, 1, 0) ON CONFLICT DO NOTHING
        """)
    private static let template = Query(
        "test.template",
        """
        INSERT INTO template (id, account_id, channel_id, name, language, content, approval, created_at, updated_at)
        VALUES (1, 1, 1, 'a:b', 'en', '{}', 'approved', 0, 0) ON CONFLICT DO NOTHING
        """)
    private static let campaign = Query(
        "test.campaign",
        """
        INSERT INTO campaign (id, account_id, name, type, status, channel_id, template_id, definition, created_at)
        VALUES ($1, 1, 'Tickets', 'one_time', $2, 1, 1, $3, 0)
        """)
    private static let status = Query("test.status", "UPDATE campaign SET status = $2 WHERE id = $1")
}

/// A clock that the test moves.
final class TestTime: Sendable {
    private let value: Mutex<Timestamp>
    init(_ time: Timestamp) { value = Mutex(time) }

    var now: Timestamp {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }

    var clock: WallClock { WallClock { self.now } }
}

/// A text in pieces of some bytes each.
struct Pieces: AsyncSequence {
    let bytes: [UInt8]
    let size: Int

    init(_ text: String, of size: Int = .max) { (bytes, self.size) = (Array(text.utf8), size) }

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<UInt8>
        let size: Int

        mutating func next() async -> ArraySlice<UInt8>? {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(size) }
            return rest.prefix(size)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: bytes[...], size: size) }
}
