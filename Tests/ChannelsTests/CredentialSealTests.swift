import Channels
import Core
import Storage
import StorageTesting
import Testing

@Suite struct CredentialSealTests {
    @Test(arguments: TestEngine.available)
    func `the database and a printed channel do not hold the credentials`(kind: TestEngine) async throws {
        let fixture = try await ChannelFixture(kind)
        let made = try await fixture.store.create(ChannelFixture.draft, for: ChannelFixture.account)
        let sealed = try await fixture.engine.read { try $0.row(Self.sealed)?.blob(0) }
        #expect(String(decoding: sealed ?? [], as: UTF8.self).contains("sesame") == false)
        #expect(sealed?.isEmpty == false)
        var dumped = ""
        dump(made, to: &dumped)
        #expect(!"\(made) \(String(reflecting: made)) \(dumped)".contains("sesame"))
    }

    @Test(arguments: TestEngine.available)
    func `another key is refused in words that name it`(kind: TestEngine) async throws {
        let fixture = try await ChannelFixture(kind)
        let made = try await fixture.store.create(ChannelFixture.draft, for: ChannelFixture.account)
        let stranger = ChannelFixture.store(fixture.engine, key: 2)
        let error = await #expect(throws: SettingsError.self) { try await stranger.channel(made.id) }
        #expect(error?.description.contains("secret.key") == true)
        #expect(error?.description.contains("channel 1") == true)
    }

    @Test(arguments: TestEngine.available)
    func `sealed credentials do not open in another row`(kind: TestEngine) async throws {
        let fixture = try await ChannelFixture(kind)
        _ = try await fixture.store.create(ChannelFixture.draft, for: ChannelFixture.account)
        let second = try await fixture.store.create(ChannelFixture.draft(["nickname": "B"]), for: ChannelFixture.account)
        try await fixture.engine.write { session in _ = try session.run(Self.copy, []) }
        await #expect(throws: SettingsError.self) { try await fixture.store.channel(second.id) }
    }

    private static let sealed = Query("test.sealed", "SELECT credentials FROM channel")
    private static let copy = Query(
        "test.copy_credentials", "UPDATE channel SET credentials = (SELECT c.credentials FROM channel c WHERE c.id = 1) WHERE id = 2")
}
