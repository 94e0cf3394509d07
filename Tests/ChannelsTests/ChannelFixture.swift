import Channels
import Core
import ProviderTesting
import Storage
import StorageTesting
import WhatsApp

/// An empty database with the accounts 1 and 2.
struct ChannelFixture {
    static let account = AccountID(rawValue: 1)
    static let other = AccountID(rawValue: 2)
    static let now = Timestamp(seconds: 1_800_000_000)
    static let draft: JSONValue = [
        "nickname": "Shop", "provider": "pretend", "number": "+14155551234", "credentials": ["key": "open sesame"],
    ]

    static let providers = ProviderList([PretendProvider(wants: ["key"])], aliases: ["old": "pretend"])
    static let rules = ChannelRules(providers: providers, allowsPrivateAddresses: true)

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
