import API
import Accounts
import Audience
import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ingest
import NIOCore
import Profiles
import Storage
import StorageTesting
import Synchronization
import WebSupport
import ZoneTime

/// The calls that take rules, behind the check of the key, at a time that the test moves: 15 January 2027, 10:00 in Kolkata.
struct QuerySite {
    let time = TestTime(Timestamp(iso8601: "2027-01-15T04:30:00Z")!)
    let engine: any SQLEngine
    let router: Router<SiteContext>

    /// - Parameter slice: events in memory at once.
    init(_ kind: TestEngine = .sqlite, slice: Int = 3, searches: Int = 3) async throws {
        engine = try await kind.make()
        let (clock, secret) = (time.clock, SecretKey(from: .system))
        let (ids, hashing) = (IDMaker(clock: clock), PasswordHashing(logRounds: 1))
        let accounts = AccountStore(engine: engine, clock: clock, ids: ids, secretKey: secret, hashing: hashing)
        _ = try await accounts.bootstrap(FirstAccount(accountID: "ACME-1", passcode: "open-sesame", timeZone: "Asia/Kolkata"))
        router = Router.site(
            surfaces: [.api(), .compatible()], signIns: SignIns(engine: engine, clock: clock, hashing: hashing), settings: SiteSettings())
        let profiles = ProfileStore(engine: engine, clock: clock, ids: ids)
        let (events, consents) = (EventStore(clock: clock), ConsentStore(clock: clock, ids: ids))
        let stores = AudienceStores(profiles: profiles, events: events, consents: consents)
        let accountClock = AccountClock(engine: engine, zones: Zones(clock: clock), clock: clock)
        let segments = SegmentStore(engine: engine, clock: accountClock)
        let audiences = Audiences(
            engine: engine, stores: stores, builder: BlockBuilder(engine: engine, stores: stores), segments: segments.rules)
        let finder = PeopleFinder(engine: engine, audiences: audiences, profiles: profiles, clock: accountClock)
        let (key, others) = (KeyMiddleware(accounts: accounts), ConcurrencyLimit(3))
        let compatible = router.group("1").add(middleware: key).group(context: KeyContext.self)
        CompatibleRoutes(
            upload: UploadService(engine: engine, profiles: profiles),
            subscribe: SubscribeService(engine: engine, profiles: profiles, consents: consents, events: events, clock: clock),
            profiles: profiles, events: events, engine: engine, others: others
        ).add(to: compatible)
        let found = EventFinder(engine: engine, events: events, finder: finder, slice: slice)
        QueryRoutes(engine: engine, finder: finder, events: found, log: events, seal: CursorSeal(secret), others: others).add(
            to: compatible)
        let api = router.group("api/v1").add(middleware: key).group(context: KeyContext.self)
        SegmentRoutes(
            segments: segments, lists: CustomLists(segments: segments, profiles: profiles), finder: finder,
            searches: ConcurrencyLimit(searches)
        ).add(to: api)
    }

    func test(_ body: @escaping @Sendable (CompatibleSite.Client) async throws -> Void) async throws {
        router.refuseOtherMethods()
        try await Application(router: router).test(.router) { try await body(CompatibleSite.Client(client: $0)) }
    }

    /// Another account with the same passcode.
    func addAccount(_ publicID: String) async throws {
        _ = try await engine.write { session in
            try session.run(Self.account, [.text(publicID)])
            return try session.run(Self.passcode, [])
        }
    }

    private static let account = Query(
        "test.account", "INSERT INTO account (id, public_id, name, time_zone, created_at) VALUES (2, $1, 'Other', 'UTC', 0)")
    private static let passcode = Query(
        "test.passcode", "INSERT INTO passcode (id, account_id, label, digest, created_at) SELECT id + 1, 2, label, digest, 0 FROM passcode"
    )

    /// A moment of the account's day.
    static func seconds(_ text: String) -> JSONValue { .int(Timestamp(iso8601: "\(text)+05:30")!.seconds) }
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

extension CompatibleSite.Client {
    /// People `p1` to `p<count>` with their number as `n`, every other one of them in Pune and opted in.
    func addPeople(_ count: Int) async throws {
        let records = (1...count).map { number -> JSONValue in
            [
                "type": "profile", "identity": .string("p\(number)"), "objectId": .string("o\(number)"),
                "profileData": [
                    "Name": .string("Person \(number)"), "n": .int(Int64(number)), "City": number.isMultiple(of: 2) ? "Pune" : "Goa",
                    "Phone": .string("+9198123456\(number + 10)"), "MSG-whatsapp": .bool(number.isMultiple(of: 2)),
                ],
            ]
        }
        let answer = try await post("/1/upload", ["d": .array(records)])
        precondition(answer.body["processed"] == .int(Int64(count)), answer.body.text)
    }

    func did(_ name: String, _ person: Int, at time: String, _ properties: JSONValue = [:]) async throws {
        let event: JSONValue = [
            "type": "event", "identity": .string("p\(person)"), "evtName": .string(name), "ts": QuerySite.seconds(time),
            "evtData": properties,
        ]
        let answer = try await post("/1/upload", ["d": [event]])
        precondition(answer.body["processed"] == 1, answer.body.text)
    }

    func delete(_ path: String) async throws -> CompatibleSite.Answer { try await send(.delete, path, nil) }

    func csv(_ method: HTTPRequest.Method, _ path: String, _ text: String) async throws -> CompatibleSite.Answer {
        try await send(method, path, text)
    }

    /// An answer that is no JSON.
    func text(_ path: String) async throws -> String {
        let headers: HTTPFields = [.accountID: "ACME-1", .passcode: "open-sesame"]
        return try await client.execute(uri: path, method: .get, headers: headers) { String(buffer: $0.body) }
    }
}
