import Core
import Storage
import StorageTesting
import Testing
import WhatsApp

@testable import Channels

/// Taking over a provider's list of templates.
@Suite struct TemplateListTests {
    private static func listed(
        _ name: String, id: String? = nil, namespace: String? = nil, language: String = "en", _ standing: TemplateStanding = .approved,
        quality: TemplateQuality = .unknown, body: String? = "Hello", category: String = "marketing", reason: String? = nil
    ) throws -> ListedTemplate {
        let content = try body.map { try TemplateContent(json: ["body": .string($0), "category": .string(category)]) }
        return ListedTemplate(
            providerID: id, namespace: namespace, name: name, language: language, standing: standing, quality: quality, content: content,
            reason: reason)
    }

    @Test(arguments: TestEngine.available)
    func `new templates are made once, under the provider's name where there is no namespace`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        let list = [
            try Self.listed("hello", id: "1"), try Self.listed("hello", id: "2", language: "de", .pending),
            try Self.listed("order", id: "3", namespace: "0a_b", .paused, quality: .red, reason: "Too many blocks."),
        ]
        let changes = try await fixture.take(list)
        #expect(
            changes.added.map { "\($0.name) \($0.language) \($0.words)" } == [
                #"pretend:hello en ["approved"]"#, #"pretend:hello de ["pending"]"#, #"0a_b:order en ["paused"]"#,
            ])
        let stored = try await fixture.all()
        #expect(stored.map(\.providerID) == ["3", "2", "1"])
        #expect(stored.map(\.isOpen) == [false, false, true])
        #expect((stored[0].quality, stored[0].pauseReason) == (.red, "Too many blocks."))
        for _ in 1...2 {
            let again = try await fixture.take(list, now: at(500))
            #expect(again == TemplateChanges.unchanged(3))
        }
        #expect(try await fixture.all() == stored)
    }

    private static let differences: [(ListedTemplate, [String])] = {
        let list: [(ListedTemplate?, [String])] = [
            (try? listed("hello", id: "1", .rejected), ["standing: approved → rejected"]),
            (try? listed("hello", id: "1", .disabled), ["standing: approved → disabled"]),
            (try? listed("hello", id: "1", quality: .yellow), ["quality: unknown → yellow"]),
            (try? listed("hello", id: "1", category: "utility"), ["category: marketing → utility"]),
            (try? listed("hello", id: "1", body: "Good day"), ["text"]),
            (try? listed("hello", id: "9"), ["provider id"]),
            (try? listed("hello", id: "1", .paused, quality: .red), ["standing: approved → paused", "quality: unknown → red"]),
        ]
        return list.compactMap { item, words in item.map { ($0, words) } }
    }()

    @Test(arguments: TestEngine.available)
    func `every difference is told in a person's words and taken over`(kind: TestEngine) async throws {
        #expect(Self.differences.count == 7)
        for (item, words) in Self.differences {
            let fixture = try await HealthFixture(kind)
            let made = try await fixture.take([try Self.listed("hello", id: "1")]).added
            let changes = try await fixture.take([item], now: at(200))
            #expect(changes.changed.map(\.words) == [words])
            #expect(changes.changed.map(\.template) == made.map(\.template))
            #expect(try await fixture.take([item]) == TemplateChanges.unchanged(1))
            let stored = try #require(try await fixture.all().first)
            #expect((stored.content, stored.quality, stored.providerID) == (item.content, item.quality, item.providerID))
            #expect(stored.updatedAt == at(200))
        }
    }

    @Test(arguments: TestEngine.available)
    func `what left the list is marked once, and what came back is open again`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        let typed = try await fixture.templates.create(
            ["name": "shop:typed", "body": "Hi"], channel: fixture.id, account: ChannelFixture.account)
        let hello = try Self.listed("hello", id: "1")
        _ = try await fixture.take([hello])
        let gone = try await fixture.take([])
        #expect(gone.gone.map(\.name.name) == ["hello"])
        #expect(try await fixture.all().map(\.pause) == [.deleted, nil])
        #expect(try await fixture.take([]) == TemplateChanges())
        #expect(try await fixture.template(typed.id) == typed)
        let back = try await fixture.take([hello])
        #expect(back.changed.map(\.words) == [["standing: deleted → approved"]])
        #expect(try await fixture.all().map(\.isOpen) == [true, true])
    }

    @Test(arguments: TestEngine.available)
    func `what cannot be taken is skipped with its reason, and the others are taken`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        let changes = try await fixture.take([
            try Self.listed("cards", id: "1", body: nil, reason: "A carousel cannot be sent."), try Self.listed("odd", id: "2", body: nil),
            try Self.listed("Not A Name", id: "3"), try Self.listed("hello", id: "4"),
        ])
        #expect(changes.skipped.prefix(2) == ["cards (en): A carousel cannot be sent.", "odd (en): cannot be read"])
        #expect(changes.skipped.count == 3)
        #expect(changes.added.map(\.name.name) == ["hello"])
    }

    @Test(arguments: TestEngine.available)
    func `a known template that is listed and cannot be read is not gone`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        _ = try await fixture.take([try Self.listed("hello", id: "1")])
        let changes = try await fixture.take([try Self.listed("hello", id: "1", body: nil, reason: "A carousel cannot be sent.")])
        #expect(changes.skipped.count == 1)
        #expect(changes.gone.isEmpty)
        #expect(try await fixture.all().map(\.pause) != [.deleted])
    }

    @Test(arguments: TestEngine.available)
    func `a typed template is known by name and language under any namespace`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        let typed = try await fixture.templates.create(
            ["name": "shop:hello", "body": "Hello"], channel: fixture.id, account: ChannelFixture.account)
        let changes = try await fixture.take([
            try Self.listed("hello", id: "1", namespace: "other"), try Self.listed("hello", id: "2", language: "de"),
        ])
        #expect(changes.changed.map(\.template) == [typed.id])
        #expect(changes.added.map(\.language) == ["de"])
        #expect(try await fixture.template(typed.id).providerID == "1")
        #expect(try await fixture.template(typed.id).name == typed.name)
    }

    @Test(arguments: TestEngine.available)
    func `one made anew under another id is the same template`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        _ = try await fixture.take([try Self.listed("hello", id: "1")])
        let changes = try await fixture.take([try Self.listed("hello", id: "2", .pending)])
        #expect(changes.changed.map(\.words) == [["standing: approved → pending", "provider id"]])
        #expect((changes.added.count, changes.gone.count) == (0, 0))
    }

    /// A vendor may keep a rejected one beside the one that was made after it.
    @Test(arguments: TestEngine.available)
    func `two of one name in a list give the same result each time`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        let list = [try Self.listed("hello", id: "1", .rejected), try Self.listed("hello", id: "2")]
        _ = try await fixture.take(list)
        let stored = try await fixture.all()
        for _ in 1...3 {
            _ = try await fixture.take(list)
            #expect(try await fixture.all() == stored)
        }
    }

    @Test(arguments: TestEngine.available)
    func `the list lifts a pause of its own and not a hold for refusals`(kind: TestEngine) async throws {
        let fixture = try await HealthFixture(kind)
        let id = try #require(try await fixture.take([try Self.listed("hello", id: "1")]).added.first?.template)
        try await fixture.hold(id, SendFailure(.holdTemplate, code: "meta_132001", summary: ""), since: at(0), now: at(0))
        #expect(try await fixture.take([try Self.listed("hello", id: "1")]) == TemplateChanges.unchanged(1))
        #expect(try await fixture.template(id).hold != nil)
        _ = try await fixture.take([try Self.listed("hello", id: "1", .paused)])
        _ = try await fixture.take([try Self.listed("hello", id: "1")])
        #expect(try await fixture.template(id).isOpen)
    }
}

extension HealthFixture {
    func take(_ list: [ListedTemplate], now: Timestamp = at(100)) async throws -> TemplateChanges {
        try await templates.take(list, on: channel, at: now)
    }

    /// By name and language.
    func all() async throws -> [Template] { try await templates.all(on: id, of: ChannelFixture.account) }
}

extension TemplateChanges {
    fileprivate static func unchanged(_ count: Int) -> TemplateChanges {
        var changes = TemplateChanges()
        changes.unchanged = count
        return changes
    }
}
