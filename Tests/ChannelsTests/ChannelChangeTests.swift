import Channels
import Core
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct ChannelChangeTests {
    private static let account = ChannelFixture.account

    private func channel(_ kind: TestEngine, _ changes: [String: JSONValue] = [:]) async throws -> (ChannelFixture, Channel) {
        let fixture = try await ChannelFixture(kind)
        return (fixture, try await fixture.store.create(ChannelFixture.draft(changes), for: Self.account))
    }

    @Test(arguments: TestEngine.available)
    func `credentials are laid over by name and an empty one is taken away`(kind: TestEngine) async throws {
        let (fixture, made) = try await channel(kind, ["credentials": ["key": "open sesame", "token": "t", "sender": "shop"]])
        let changed = try await fixture.store.change(
            made.id, of: Self.account, by: ["credentials": ["token": "new", "sender": "", "more": "m"]])
        #expect(changed.line.credentials == Credentials(["key": "open sesame", "token": "new", "more": "m"]))
        #expect(try await fixture.store.channel(made.id) == changed)
        #expect((changed.id, changed.hookToken, changed.createdAt) == (made.id, made.hookToken, made.createdAt))
    }

    @Test(arguments: TestEngine.available)
    func `nothing to change changes nothing`(kind: TestEngine) async throws {
        let (fixture, made) = try await channel(kind)
        #expect(try await fixture.store.change(made.id, of: Self.account, by: [:]) == made)
        #expect(try await fixture.store.change(made.id, of: Self.account, by: ["nickname": "Shop"]) == made)
        #expect(try await fixture.store.change(made.id, of: Self.account, by: ["nickname": nil, "credentials": nil]) == made)
    }

    @Test(arguments: TestEngine.available)
    func `number, nickname and address are changed and the provider stays`(kind: TestEngine) async throws {
        let (fixture, made) = try await channel(kind)
        let changed = try await fixture.store.change(
            made.id, of: Self.account, by: ["number": "+37060000001", "nickname": "Store", "base_url": "https://b.example/x/"])
        #expect((changed.number.digits, changed.nickname, changed.baseURL) == ("37060000001", "Store", "https://b.example/x"))
        #expect(changed.line == Line(number: changed.number, baseURL: changed.baseURL, credentials: made.line.credentials))
        let error = await #expect(throws: InputError.self) {
            try await fixture.store.change(made.id, of: Self.account, by: ["provider": "pretend"])
        }
        #expect(error?.field == "provider")
    }

    private static let broken: [(field: String, change: JSONValue)] = [
        ("credentials.key", ["credentials": ["key": ""]]), ("credentials.key", ["credentials": ["key": 5]]),
        ("credentials", ["credentials": "sesame"]), ("number", ["number": "12"]), ("nickname", ["nickname": ""]),
        ("base_url", ["base_url": "example.com"]), ("limits.pair_burst", ["limits": ["pair_burst": 0]]), ("is_default", ["is_default": 1]),
        ("colour", ["colour": "red"]),
    ]

    @Test(arguments: broken)
    func `a broken rule is refused and leaves the channel as it was`(field: String, change: JSONValue) async throws {
        let (fixture, made) = try await channel(.sqlite)
        let error = await #expect(throws: InputError.self) {
            try await fixture.store.change(
                made.id, of: Self.account, by: .object((change.object ?? [:]).merging(["nickname": "Other"]) { first, _ in first }))
        }
        #expect(error?.field == field)
        #expect(error?.message.contains("sesame") == false)
        #expect(try await fixture.store.channel(made.id) == made)
    }

    @Test(arguments: TestEngine.available)
    func `a nickname of another channel is taken, of another account it is not`(kind: TestEngine) async throws {
        let (fixture, made) = try await channel(kind)
        let second = try await fixture.store.create(ChannelFixture.draft(["nickname": "B"]), for: Self.account)
        let error = await #expect(throws: InputError.self) {
            try await fixture.store.change(second.id, of: Self.account, by: ["nickname": "Shop", "is_default": true])
        }
        #expect((error?.kind, error?.field) == (.conflict, "nickname"))
        #expect(try await fixture.store.all(of: Self.account) == [made, second])
        let foreign = try await fixture.store.create(ChannelFixture.draft(["nickname": "C"]), for: ChannelFixture.other)
        #expect(try await fixture.store.change(foreign.id, of: ChannelFixture.other, by: ["nickname": "B"]).nickname == "B")
    }

    @Test(arguments: TestEngine.available)
    func `the default moves and is never given up`(kind: TestEngine) async throws {
        let (fixture, made) = try await channel(kind)
        let second = try await fixture.store.create(ChannelFixture.draft(["nickname": "B"]), for: Self.account)
        #expect(try await fixture.store.change(made.id, of: Self.account, by: ["is_default": false]).isDefault)
        #expect(try await fixture.store.change(second.id, of: Self.account, by: ["is_default": true]).isDefault)
        #expect(try await fixture.store.all(of: Self.account).map(\.isDefault) == [false, true])
    }

    @Test(arguments: TestEngine.available)
    func `another account's channel is not known`(kind: TestEngine) async throws {
        let (fixture, made) = try await channel(kind)
        let error = await #expect(throws: InputError.self) {
            try await fixture.store.change(made.id, of: ChannelFixture.other, by: ["nickname": "Mine"])
        }
        #expect(error?.kind == .notFound)
        #expect(try await fixture.store.channel(made.id) == made)
    }

    @Test(arguments: TestEngine.available)
    func `new credentials or a new address lift a halt, a new nickname does not`(kind: TestEngine) async throws {
        for (change, lifts) in [
            (["credentials": ["key": "new"]], true), (["base_url": "https://b.example"], true), (["nickname": "B"], false),
            (["credentials": ["key": "open sesame"]], false), (["limits": ["pair_burst": 2]], false),
        ] as [(JSONValue, Bool)] {
            let (fixture, made) = try await channel(kind)
            let failure = SendFailure(.haltChannel, code: "meta_190", summary: "expired")
            let since = ChannelFixture.now - .seconds(60)
            try await fixture.engine.write { [store = fixture.store] in
                try store.hold(made.id, for: failure, since: since, at: since, in: $0)
            }
            #expect((try await fixture.store.change(made.id, of: Self.account, by: change).health.hold == nil) == lifts)
        }
    }
}
