import Channels
import Core
import Messages
import Profiles
import Receipts
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct NoticeTests {
    private let first = ReceiptsFixture.phone(1)

    @Test(arguments: TestEngine.available)
    func `of a call with one bad entry the good ones count, and it is kept with the reason`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...3)
        let bad: JSONValue = ["notices": ["Entry 2 has no id."]]
        try await fixture.receive(
            together([
                receipt("delivered", ref: messages[0]), bad, reply("in-1", from: ReceiptsFixture.phone(2)),
                receipt("viewed", ref: messages[2]),
            ]))
        #expect(try await fixture.webhooks() == [[.text("unreadable"), .integer(0), .text("Entry 2 has no id.")]])
        #expect(
            try await fixture.messages().map { [$0[5] != .null, $0[8] == .integer(1)] } == [[true, false], [false, true], [true, false]])
        #expect(try await fixture.inbound().count == 1)
        #expect(try await fixture.tallies() == fixture.recount())
        #expect(try await fixture.applier.applyDue() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `a bad entry beside a receipt that waits is told once the receipt fits`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let message = try await fixture.ask(1...1)[0]
        try await fixture.receive(together([receipt("delivered", id: "p1"), ["notices": ["No id."]]]))
        #expect(try await fixture.webhooks()[0][0] == .text("waiting"))
        try await fixture.accept(message, as: "p1")
        fixture.moment.pass(.seconds(1))
        try await fixture.receive()
        #expect(try await fixture.webhooks()[0].suffix(1) == [.text("No id.")])
        #expect(try await fixture.webhooks()[0][0] == .text("unreadable"))
        #expect(try await fixture.messages()[0][5] != .null)
    }

    @Test(arguments: TestEngine.available)
    func `a stop of marketing ends the consent and a resume takes it back`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        fixture.moment.pass(.seconds(1000))
        for (granted, time, consents) in [(false, 300, [0, 1]), (false, 300, [0, 1]), (true, 400, [1, 1]), (true, 400, [1, 1])]
            as [(Bool, Int64, [Int])]
        {
            try await fixture.receive(preference(granted, phone: first, at: time))
            #expect(try await fixture.consents(1...2) == consents)
        }
        #expect(
            try await fixture.ledgerLines() == [
                [.integer(1), .integer(0), .text("provider")], [.integer(1), .integer(1), .text("provider")],
            ])
    }

    @Test(arguments: TestEngine.available)
    func `a resume that comes before its stop, or again after it, does not undo the stop`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        fixture.moment.pass(.seconds(1000))
        for _ in 1...2 {
            try await fixture.receive(preference(true, phone: first, at: 300), preference(false, phone: first, at: 400))
            #expect(try await fixture.consents(1...1) == [0])
        }
        #expect(try await fixture.ledgerLines().count == 1)
    }

    @Test(arguments: TestEngine.available)
    func `a resume opts nobody in who never was, or who opted out elsewhere`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        fixture.moment.pass(.seconds(1000))
        try await fixture.engine.write { _ = try $0.run(Query("test.out", "UPDATE profile SET whatsapp = 0 WHERE id = 2"), []) }
        let change = ConsentChange(
            profileID: ProfileID(rawValue: 1), granted: false, occurredAt: Moment.start + .seconds(100), source: "keyword", evidence: [:])
        try await fixture.engine.write { [consent = fixture.consent] in
            _ = try consent.record([change], account: ReceiptsFixture.account, in: $0)
        }
        try await fixture.receive(preference(true, phone: first), preference(true, phone: ReceiptsFixture.phone(2)))
        #expect(try await fixture.consents(1...2) == [0, 0])
        #expect(try await fixture.ledgerLines().count == 1)
    }

    @Test(arguments: TestEngine.available)
    func `a preference of a stranger, or of nobody, changes nothing`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let before = try await fixture.everything()
        try await fixture.receive(preference(false, phone: "15550001111"), preference(false, user: "LT.900"), preference(false))
        #expect(try await fixture.everything() == before)
        #expect(try await fixture.webhooks().allSatisfy { $0[0] == .text("applied") })
    }

    @Test(arguments: TestEngine.available)
    func `a preference told by WhatsApp's id is the person's`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        fixture.moment.pass(.seconds(1000))
        try await fixture.receive(personNotice(phone: first, user: "LT.900"), preference(false, user: "LT.900"))
        #expect(try await fixture.consents(1...2) == [0, 1])
    }

    @Test(arguments: TestEngine.available)
    func `notices close and open a template, and ask for its list to be read again`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        try await fixture.channels.markSynced(fixture.channel.id, at: fixture.moment.now)
        for (word, isOpen) in [("PAUSED", false), ("APPROVED", true), ("DISABLED", false), ("FLAGGED", false), ("REINSTATED", true)] {
            try await fixture.receive(templateNotice("hello", word), templateNotice("another", "DELETED"))
            #expect(try await fixture.template().isOpen == isOpen, "\(word)")
        }
        #expect(try await fixture.health().syncedAt != nil)
        try await fixture.receive(templateNotice("hello", hasNewText: true))
        #expect(try await fixture.health().syncedAt == nil)
        #expect(try await fixture.template().isOpen)
    }

    @Test(arguments: TestEngine.available)
    func `notices halt and resume the channel`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        fixture.moment.pass(.seconds(1000))
        for _ in 1...2 {
            try await fixture.receive(channelNotice("halt", at: 300))
            #expect(try await fixture.health().hold?.since == Moment.start + .seconds(300))
            #expect(try await fixture.health().notice == "halt: Said so.")
        }
        try await fixture.receive(channelNotice("resume", at: 400), channelNotice("halt", at: 300))
        #expect(try await fixture.health().hold == nil)
        #expect(try await fixture.webhooks().allSatisfy { $0[0] == .text("applied") })
    }
}
