import API
import Accounts
import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ingest
import NIOCore
import Profiles
import Storage
import StorageTesting
import WebSupport

/// The compatible calls behind the check of the key, as the server puts them together.
struct CompatibleSite {
    static let now = Timestamp(seconds: 1_700_000_000)
    let router: Router<SiteContext>
    let group: RouterGroup<KeyContext>

    /// - Parameter storing: the engine behind the calls; the account's own is always sound.
    init(_ kind: TestEngine = .sqlite, storing: (any SQLEngine)? = nil, limit: Int = 15) async throws {
        let engine = try await kind.make()
        let clock = WallClock.fixed(Self.now)
        let (ids, hashing) = (IDMaker(clock: clock), PasswordHashing(logRounds: 1))
        let accounts = AccountStore(engine: engine, clock: clock, ids: ids, secretKey: SecretKey(from: .system), hashing: hashing)
        _ = try await accounts.bootstrap(FirstAccount(accountID: "ACME-1", passcode: "open-sesame"))
        router = Router.site(
            surfaces: [.compatible()], signIns: SignIns(engine: engine, clock: clock, hashing: hashing), settings: SiteSettings())
        group = router.group("1").add(middleware: KeyMiddleware(accounts: accounts)).group(context: KeyContext.self)
        let store = storing ?? engine
        let profiles = ProfileStore(engine: store, clock: clock, ids: ids)
        let events = EventStore(clock: clock)
        CompatibleRoutes(
            upload: UploadService(engine: store, profiles: profiles),
            subscribe: SubscribeService(
                engine: store, profiles: profiles, consents: ConsentStore(clock: clock, ids: ids), events: events, clock: clock),
            profiles: profiles, events: events, engine: store, uploads: ConcurrencyLimit(limit), others: ConcurrencyLimit(3)
        ).add(to: group)
    }

    func test(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        router.refuseOtherMethods()
        try await Application(router: router).test(.router) { try await body(Client(client: $0)) }
    }

    struct Client {
        let client: any TestClientProtocol

        func post(_ path: String, _ body: JSONValue, passcode: String = "open-sesame") async throws -> Answer {
            try await send(.post, path, body.text, passcode: passcode)
        }

        func get(_ path: String) async throws -> Answer { try await send(.get, path, nil) }

        func send(
            _ method: HTTPRequest.Method, _ path: String, _ body: String?, account: String = "ACME-1", passcode: String = "open-sesame"
        ) async throws -> Answer {
            let headers: HTTPFields = [.accountID: account, .passcode: passcode, .contentType: "application/json"]
            return try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }) {
                Answer(status: $0.status.code, headers: $0.headers, body: try JSONValue(parsing: String(buffer: $0.body)))
            }
        }
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let body: JSONValue

        /// Whether this is an error of the vendor's shape.
        func isError(_ code: Int, _ text: String? = nil) -> Bool {
            status == code && body["status"] == "fail" && body["code"] == .int(Int64(code)) && body.object?.count == 3
                && (text == nil ? body["error"]?.string?.isEmpty == false : body["error"]?.string == text)
        }
    }
}
