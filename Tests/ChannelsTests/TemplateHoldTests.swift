import Channels
import Core
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct TemplateHoldTests {
    private static let failure = SendFailure(.holdTemplate, code: "meta_132001", summary: "No such template.")

    private func template(_ kind: TestEngine) async throws -> (HealthFixture, TemplateID) {
        let fixture = try await HealthFixture(kind)
        let made = try await fixture.templates.create(
            ["name": "shop:order_ready", "body": "Hello"], channel: fixture.id, account: ChannelFixture.account)
        return (fixture, made.id)
    }

    @Test(arguments: TestEngine.available)
    func `a held template is closed until it is released`(kind: TestEngine) async throws {
        let (fixture, id) = try await template(kind)
        #expect(try await fixture.template(id).isOpen)
        for seconds in [10, 20] { try await fixture.hold(id, Self.failure, since: at(seconds), now: at(seconds)) }
        let held = try await fixture.template(id)
        #expect(!held.isOpen)
        #expect((held.hold?.code, held.hold?.since, held.hold?.probeAt) == ("meta_132001", at(10), at(920)))
        #expect(try await fixture.release(id, at: at(30)))
        #expect(try await !fixture.release(id, at: at(31)))
        #expect(try await fixture.template(id).isOpen)
        try await fixture.hold(id, Self.failure, since: at(30), now: at(40))
        #expect(try await fixture.template(id).isOpen)
        try await fixture.hold(id, Self.failure, since: at(31), now: at(40))
        #expect(try await !fixture.template(id).isOpen)
    }

    @Test(arguments: TestEngine.available)
    func `one of several wins the right to try, and not before its time`(kind: TestEngine) async throws {
        let (fixture, id) = try await template(kind)
        #expect(try await !fixture.templates.beginProbe(of: id, at: at(0)))
        try await fixture.hold(id, Self.failure, since: at(0), now: at(0))
        #expect(try await !fixture.templates.beginProbe(of: id, at: at(899)))
        let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { try await fixture.templates.beginProbe(of: id, at: at(900)) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(wins == 1)
    }

    @Test(arguments: TestEngine.available)
    func `a person's release is of the own account and may be repeated`(kind: TestEngine) async throws {
        let (fixture, id) = try await template(kind)
        try await fixture.hold(id, Self.failure, since: at(0), now: at(0))
        let error = await #expect(throws: InputError.self) { try await fixture.templates.release(id, of: ChannelFixture.other) }
        #expect(error?.kind == .notFound)
        #expect(try await fixture.template(id).hold != nil)
        for _ in 1...2 { #expect(try await fixture.templates.release(id, of: ChannelFixture.account).isOpen) }
    }

    private static let standings: [(TemplateStanding, Template.Approval, Template.Pause?, isHeld: Bool)] = [
        (.approved, .approved, nil, false), (.pending, .pending, nil, true), (.rejected, .rejected, nil, true),
        (.paused, .approved, .paused, true), (.disabled, .approved, .disabled, true), (.deleted, .approved, .deleted, true),
    ]

    @Test(arguments: TestEngine.available)
    func `every word about a template is taken over, and only a good one lifts a hold`(kind: TestEngine) async throws {
        for (standing, approval, pause, isHeld) in Self.standings {
            let (fixture, id) = try await template(kind)
            try await fixture.hold(id, Self.failure, since: at(0), now: at(0))
            for _ in 1...2 { #expect(try await fixture.note(TemplateNotice(name: "order_ready", standing: standing, reason: "why")) == 1) }
            let template = try await fixture.template(id)
            #expect((template.approval, template.pause, template.hold != nil) == (approval, pause, isHeld), "\(standing)")
            #expect(template.pauseReason == (standing == .approved ? nil : "why"), "\(standing)")
        }
    }

    @Test(arguments: TestEngine.available)
    func `a notice is meant for a template by its id, else by name and language`(kind: TestEngine) async throws {
        let (fixture, english) = try await template(kind)
        let german = try await fixture.templates.create(
            ["name": "other:order_ready", "body": "Hallo", "language": "de"], channel: fixture.id, account: ChannelFixture.account
        ).id
        func quality(_ notice: TemplateNotice) async throws -> [TemplateQuality] {
            _ = try await fixture.note(notice)
            return [try await fixture.template(english).quality, try await fixture.template(german).quality]
        }
        #expect(try await quality(TemplateNotice(name: "order_ready", language: "en", quality: .green)) == [.green, .unknown])
        #expect(try await quality(TemplateNotice(name: "order_ready", quality: .yellow)) == [.yellow, .yellow])
        #expect(try await quality(TemplateNotice(name: "order_ready", language: "en_US", quality: .red)) == [.yellow, .yellow])
        #expect(try await quality(TemplateNotice(name: "order", quality: .red)) == [.yellow, .yellow])
        #expect(try await quality(TemplateNotice(quality: .red)) == [.yellow, .yellow])
        #expect(
            try await quality(TemplateNotice(providerID: "77", name: "order_ready", language: "de", quality: .green)) == [.yellow, .green])
        #expect(try await fixture.template(german).providerID == "77")
        #expect(try await quality(TemplateNotice(providerID: "77", quality: .red)) == [.yellow, .red])
        #expect(try await quality(TemplateNotice(providerID: "78", quality: .green)) == [.yellow, .red])
    }

    @Test(arguments: TestEngine.available)
    func `what a notice does not say stays, and a repeated one writes nothing`(kind: TestEngine) async throws {
        let (fixture, id) = try await template(kind)
        _ = try await fixture.note(TemplateNotice(name: "order_ready", category: .utility), now: at(5))
        let changed = try await fixture.template(id)
        #expect((changed.content.category, changed.approval, changed.quality, changed.updatedAt) == (.utility, .approved, .unknown, at(5)))
        _ = try await fixture.note(TemplateNotice(name: "order_ready", category: .utility), now: at(9))
        #expect(try await fixture.template(id) == changed)
    }

    @Test(arguments: TestEngine.available)
    func `a notice for another channel's template changes nothing`(kind: TestEngine) async throws {
        let (fixture, id) = try await template(kind)
        let before = try await fixture.template(id)
        let other = try await fixture.store.create(ChannelFixture.draft(["nickname": "B"]), for: ChannelFixture.account)
        let notice = TemplateNotice(name: "order_ready", standing: .disabled)
        let count = try await fixture.engine.write { [templates = fixture.templates] in
            try templates.note(notice, on: other.id, at: at(1), in: $0)
        }
        #expect(count == 0)
        #expect(try await fixture.template(id) == before)
    }
}

extension HealthFixture {
    func template(_ id: TemplateID) async throws -> Template { try #require(try await templates.template(id)) }

    func hold(_ id: TemplateID, _ failure: SendFailure, since: Timestamp, now: Timestamp) async throws {
        try await engine.write { try templates.hold(id, for: failure, since: since, at: now, in: $0) }
    }

    func release(_ id: TemplateID, at now: Timestamp) async throws -> Bool {
        try await engine.write { try templates.release(id, at: now, in: $0) }
    }

    func note(_ notice: TemplateNotice, now: Timestamp = at(50)) async throws -> Int {
        try await engine.write { try templates.note(notice, on: id, at: now, in: $0) }
    }
}
