import Channels
import Core
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct ChannelStoreTests {
    @Test(arguments: TestEngine.available)
    func `a channel is stored and read back with its credentials`(kind: TestEngine) async throws {
        let fixture = try await ChannelFixture(kind)
        let made = try await fixture.store.create(
            ChannelFixture.draft(["base_url": "HTTP://127.0.0.1:8090/vonage//", "per_second": 2.5]), for: ChannelFixture.account)
        #expect(made.id == ChannelID(rawValue: 1))
        #expect(made.baseURL == "http://127.0.0.1:8090/vonage")
        #expect(made.limits.perSecond == 2.5)
        #expect(made.createdAt == ChannelFixture.now)
        #expect(made.line == Line(number: made.number, baseURL: made.baseURL, credentials: Credentials(["key": "open sesame"])))
        #expect(try await fixture.store.channel(made.id, of: ChannelFixture.account) == made)
        #expect(try await fixture.store.channel(made.id) == made)
        #expect(try await fixture.store.channel(hookToken: made.hookToken) == made)
        #expect(try await fixture.store.channel(made.id, of: ChannelFixture.other) == nil)
        #expect(try await fixture.store.channel(hookToken: "no such token\0") == nil)
    }

    @Test(arguments: TestEngine.available)
    func `what is left out comes from the provider, and an alias is stored as the name`(kind: TestEngine) async throws {
        let fixture = try await ChannelFixture(kind)
        let made = try await fixture.store.create(ChannelFixture.draft(["provider": "Old"]), for: ChannelFixture.account)
        #expect(made.provider == "pretend")
        #expect(made.baseURL == "https://pretend.example")
        #expect(made.limits.perSecond == 50)
    }

    @Test(arguments: TestEngine.available)
    func `the first channel is the default until another one asks for it`(kind: TestEngine) async throws {
        let fixture = try await ChannelFixture(kind)
        #expect(try await fixture.store.default(of: ChannelFixture.account) == nil)
        let first = try await fixture.store.create(ChannelFixture.draft, for: ChannelFixture.account)
        let second = try await fixture.store.create(ChannelFixture.draft(["nickname": "B"]), for: ChannelFixture.account)
        #expect(first.isDefault && !second.isDefault)
        let third = try await fixture.store.create(
            ChannelFixture.draft(["nickname": "C", "is_default": true]), for: ChannelFixture.account)
        #expect(try await fixture.store.default(of: ChannelFixture.account) == third)
        #expect(try await fixture.store.all(of: ChannelFixture.account).map(\.isDefault) == [false, false, true])
        #expect(try await fixture.store.create(ChannelFixture.draft, for: ChannelFixture.other).isDefault)
    }

    @Test(arguments: TestEngine.available)
    func `a nickname is taken once and a refused channel leaves the default alone`(kind: TestEngine) async throws {
        let fixture = try await ChannelFixture(kind)
        let first = try await fixture.store.create(ChannelFixture.draft, for: ChannelFixture.account)
        let error = await #expect(throws: InputError.self) {
            try await fixture.store.create(ChannelFixture.draft(["is_default": true]), for: ChannelFixture.account)
        }
        #expect(error?.kind == .conflict)
        #expect(error?.field == "nickname")
        #expect(try await fixture.store.all(of: ChannelFixture.account) == [first])
    }

    @Test(arguments: TestEngine.available)
    func `channels made at the same moment get one default and one nickname`(kind: TestEngine) async throws {
        let fixture = try await ChannelFixture(kind)
        let made = await withTaskGroup(of: Channel?.self) { group in
            for index in 0..<20 {
                group.addTask {
                    let draft = ChannelFixture.draft(["nickname": .string("N\(index / 2)")])
                    return try? await fixture.store.create(draft, for: ChannelFixture.account)
                }
            }
            return await group.reduce(into: [Channel]()) { if let channel = $1 { $0.append(channel) } }
        }
        #expect(made.count == 10)
        let stored = try await fixture.store.all(of: ChannelFixture.account)
        #expect(stored.map(\.id.rawValue) == Array(1...10))
        #expect(stored.count(where: \.isDefault) == 1)
    }

    private static let broken: [(field: String, value: JSONValue)] = [
        ("nickname", nil), ("nickname", ""), ("nickname", "  "), ("nickname", "a\nb"), ("nickname", "a\0"),
        ("nickname", .string(String(repeating: "a", count: 61))), ("provider", "carrier pigeon"), ("provider", 1),
        ("number", "4155551234"), ("number", 14155551234), ("number", "+1"), ("credentials", "key"), ("credentials.key", ["key": 5]),
        ("credentials.key", [:]), ("base_url", "ftp://example.com"), ("base_url", "example.com"), ("base_url", "https://"),
        ("base_url", "https://a b"), ("base_url", "https://user@example.com"), ("base_url", "https://example.com?x=1"),
        ("base_url", "http://example.com:port"), ("base_url", "http://example.com:99999"), ("base_url", "http://:80"),
        ("per_second", 0), ("per_second", 10001), ("per_second", "5"), ("is_default", "yes"), ("colour", "red"),
    ]

    @Test(arguments: broken)
    func `a broken rule is refused with its field`(field: String, value: JSONValue) {
        let key = field.hasPrefix("credentials") ? "credentials" : field
        let error = #expect(throws: InputError.self) {
            try ChannelFixture.rules.draft(ChannelFixture.draft([key: value]))
        }
        #expect(error?.field == field)
        #expect(error?.kind == .invalid)
    }

    @Test func `an unknown provider is answered with the known ones`() {
        let error = #expect(throws: InputError.self) {
            try ChannelFixture.rules.draft(ChannelFixture.draft(["provider": "x"]))
        }
        #expect(error?.message.contains("pretend") == true)
    }

    @Test(arguments: [
        ("https://api.nexmo.com", "https://api.nexmo.com"), ("https://api.nexmo.com/", "https://api.nexmo.com"),
        ("http://[::1]:8090", "http://[::1]:8090"), ("http://localhost:8090/a/b/", "http://localhost:8090/a/b"),
    ])
    func `a base address loses the slashes at its end`(written: String, kept: String) throws {
        let draft = try ChannelFixture.rules.draft(ChannelFixture.draft(["base_url": .string(written)]))
        #expect(draft.baseURL == kept)
    }
}
