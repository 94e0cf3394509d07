import Channels
import Core
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct TemplateStoreTests {
    static let draft: JSONValue = ["name": "shop:order_ready", "body": "Hello {{1}}\nمرحبا"]

    /// A fixture with the channel 1.
    private func fixture(_ kind: TestEngine) async throws -> (ChannelFixture, ChannelID) {
        let fixture = try await ChannelFixture(kind)
        return (fixture, try await fixture.store.create(ChannelFixture.draft, for: ChannelFixture.account).id)
    }

    private static func draft(_ changes: [String: JSONValue]) -> JSONValue {
        .object((draft.object ?? [:]).merging(changes) { $1 })
    }

    @Test(arguments: TestEngine.available)
    func `a template is approved and English unless it says otherwise`(kind: TestEngine) async throws {
        let (fixture, channel) = try await fixture(kind)
        let made = try await fixture.templates.create(Self.draft, channel: channel, account: ChannelFixture.account)
        #expect(made.approval == .approved)
        #expect(made.language == "en")
        #expect(made.content.body.source == "Hello {{1}}\nمرحبا")
        #expect(try await fixture.templates.template(made.id, of: ChannelFixture.account) == made)
        #expect(try await fixture.templates.template(made.id) == made)
        #expect(try await fixture.templates.template(made.id, of: ChannelFixture.other) == nil)
        #expect(try await fixture.templates.template(named: made.name, language: "en", on: channel) == made)
        #expect(try await fixture.templates.template(named: made.name, language: "en_US", on: channel) == nil)
    }

    @Test(arguments: TestEngine.available)
    func `a name is there once for each language`(kind: TestEngine) async throws {
        let (fixture, channel) = try await fixture(kind)
        let english = try await fixture.templates.create(Self.draft, channel: channel, account: ChannelFixture.account)
        let arabic = try await fixture.templates.create(
            Self.draft(["language": "ar", "approval": "pending"]), channel: channel, account: ChannelFixture.account)
        let error = await #expect(throws: InputError.self) {
            try await fixture.templates.create(Self.draft, channel: channel, account: ChannelFixture.account)
        }
        #expect(error?.kind == .conflict)
        #expect(try await fixture.templates.all(on: channel, of: ChannelFixture.account) == [arabic, english])
        #expect(try await fixture.templates.all(on: channel, of: ChannelFixture.other) == [])
        #expect(try await fixture.templates.languages(of: english.name, on: channel) == ["ar", "en"])
    }

    @Test(arguments: TestEngine.available)
    func `the approval is set, twice is once, and only by its own account`(kind: TestEngine) async throws {
        let (fixture, channel) = try await fixture(kind)
        let made = try await fixture.templates.create(
            Self.draft(["approval": "pending"]), channel: channel, account: ChannelFixture.account)
        #expect(made.approval == .pending)
        for _ in 1...2 {
            let changed = try await fixture.templates.setApproval(made.id, of: ChannelFixture.account, to: .rejected)
            #expect(changed.approval == .rejected)
        }
        let error = await #expect(throws: InputError.self) {
            try await fixture.templates.setApproval(made.id, of: ChannelFixture.other, to: .approved)
        }
        #expect(error?.kind == .notFound)
    }

    @Test(arguments: TestEngine.available)
    func `a channel of another account takes no template`(kind: TestEngine) async throws {
        let (fixture, channel) = try await fixture(kind)
        let error = await #expect(throws: InputError.self) {
            try await fixture.templates.create(Self.draft, channel: channel, account: ChannelFixture.other)
        }
        #expect(error?.kind == .notFound)
    }

    private static let broken: [(field: String, value: JSONValue)] = [
        ("name", nil), ("name", "order_ready"), ("language", "en-GB"), ("language", "EN"), ("language", "english"),
        ("language", 1), ("language", "en_gb"), ("approval", "maybe"), ("body", nil), ("body", "{{2}}"), ("text", "Hello"),
    ]

    @Test(arguments: broken)
    func `a broken rule is refused with its field`(field: String, value: JSONValue) async throws {
        let (fixture, channel) = try await fixture(.sqlite)
        let error = await #expect(throws: InputError.self) {
            try await fixture.templates.create(Self.draft([field: value]), channel: channel, account: ChannelFixture.account)
        }
        #expect(error?.field == field)
    }

    @Test(arguments: [("en-GB", "Write en_GB."), ("EN", "Write en."), ("pt_br", "Write pt_BR.")])
    func `a language in another spelling is answered with the right one`(written: String, hint: String) {
        let error = #expect(throws: InputError.self) { try TemplateLanguage.read(.string(written)) }
        #expect(error?.message.contains(hint) == true)
    }
}
