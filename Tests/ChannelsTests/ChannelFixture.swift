import Channels
import Core
import Storage
import StorageTesting
import WhatsApp

/// Takes any message; wants a credential named `key`.
struct PretendProvider: Provider {
    let name = "pretend"
    let baseURL = "https://pretend.example"
    let defaultRate = 50.0

    func check(_ credentials: Credentials) throws(InputError) {
        guard credentials["key"]?.isEmpty == false else {
            throw InputError(code: "invalid_credentials", field: "credentials.key", "The key is missing.")
        }
    }

    func request(for message: OutboundMessage, over line: Line) throws(SendFailure) -> ProviderRequest {
        ProviderRequest(url: line.baseURL, headers: [:], body: [])
    }

    func interpret(status: Int, body: [UInt8]) -> SendOutcome { .accepted(providerMessageID: "p") }
    func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool { true }
    func events(from body: [UInt8], kind: WebhookKind) throws(UnreadableWebhook) -> [WebhookEvent] { [] }
}

/// An empty database with the accounts 1 and 2.
struct ChannelFixture {
    static let account = AccountID(rawValue: 1)
    static let other = AccountID(rawValue: 2)
    static let now = Timestamp(seconds: 1_800_000_000)
    static let draft: JSONValue = [
        "nickname": "Shop", "provider": "pretend", "number": "+14155551234", "credentials": ["key": "open sesame"],
    ]

    let engine: any SQLEngine
    let store: ChannelStore
    let templates: TemplateStore

    init(_ kind: TestEngine) async throws {
        engine = try await kind.makeWithAccount()
        try await engine.write { session in _ = try session.run(Self.secondAccount, []) }
        store = Self.store(engine, key: 1)
        templates = TemplateStore(engine: engine, clock: .fixed(Self.now))
    }

    /// - Parameter key: every byte of the secret key.
    static func store(_ engine: any SQLEngine, key: UInt64) -> ChannelStore {
        let providers = ProviderList([PretendProvider()], aliases: ["old": "pretend"])
        let key = SecretKey(from: Randomness { key })
        return ChannelStore(engine: engine, providers: providers, key: key, clock: .fixed(now))
    }

    static func draft(_ changes: [String: JSONValue]) -> JSONValue {
        .object((draft.object ?? [:]).merging(changes) { $1 })
    }

    private static let secondAccount = Query(
        "test.second_account",
        "INSERT INTO account (id, public_id, name, time_zone, created_at) VALUES (2, 'TEST-TWO', 'Two', 'UTC', 0)")
}
