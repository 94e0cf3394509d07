import Channels
import Core
import CoreTesting
import Messages
import Profiles
import Receipts
import Storage
import StorageTesting
import Testing
import WhatsApp

/// Failures that a provider reports after it took the message.
@Suite struct FailureTests {
    private func phone(_ number: Int) throws -> PhoneNumber { try #require(PhoneNumber(digits: ReceiptsFixture.phone(number))) }

    @Test(arguments: TestEngine.available, SendFailure.Disposition.allCases)
    func `a failure that comes later has the effect of its kind, once`(kind: TestEngine, disposition: SendFailure.Disposition) async throws
    {
        let fixture = try await ReceiptsFixture(kind)
        fixture.moment.pass(.seconds(1000))
        let message = try await fixture.ask(1...2)[0]
        let failed = receipt(disposition.rawValue, ref: message, at: 400)
        try await fixture.receive(failed)
        let once = try await fixture.effects()
        try await fixture.receive(failed, together([failed, failed]))
        #expect(try await fixture.effects() == once)
        let others: Reachability = .reachable(try phone(2))
        #expect(
            try await fixture.reachability(1...2) == [
                disposition == .optOut ? .notOptedIn : disposition == .unreachable ? .unreachable : .reachable(try phone(1)), others,
            ])
        let (health, template) = (try await fixture.health(), try await fixture.template())
        #expect((health.hold?.code) == (disposition == .haltChannel ? "fake_halt_channel" : nil))
        #expect((template.hold?.code) == (disposition == .holdTemplate ? "fake_hold_template" : nil))
        #expect(health.slowedAt == (disposition == .slowChannel ? Moment.start + .seconds(400) : nil))
        #expect(try await fixture.messages()[0].prefix(2) == [.text("accepted"), .text("fake_\(disposition.rawValue)")])
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `what arrives shows that the number works, what was merely sent does not`(kind: TestEngine) async throws {
        for (status, works) in [("sent", false), ("delivered", true), ("viewed", true), ("reject", false)] {
            let fixture = try await ReceiptsFixture(kind)
            let messages = try await fixture.ask(1...2)
            try await fixture.receive(receipt("unreachable", ref: messages[0], at: 10), receipt("unreachable", ref: messages[1], at: 10))
            try await fixture.receive(receipt(status, ref: messages[0], at: 20))
            let first: Reachability = works ? .reachable(try phone(1)) : .unreachable
            #expect(try await fixture.reachability(1...2) == [first, .unreachable], "\(status)")
        }
    }

    @Test(arguments: TestEngine.available)
    func `somebody who writes can be reached`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...2)
        try await fixture.receive(together(messages.map { receipt("unreachable", ref: $0, at: 10) }))
        #expect(try await fixture.reachability(1...2) == [.unreachable, .unreachable])
        try await fixture.receive(reply("in-1", from: ReceiptsFixture.phone(1), at: 20))
        #expect(try await fixture.reachability(1...2) == [.reachable(try phone(1)), .unreachable])
    }

    /// Calls that come together are applied together, and must not mean anything else than one after the other.
    @Test(arguments: TestEngine.available)
    func `the later of an arrival and a failure decides, together or one by one`(kind: TestEngine) async throws {
        for (delivered, failed) in [(10, 20), (20, 10)] as [(Int64, Int64)] {
            var results: [[Reachability?]] = []
            for isTogether in [true, false] {
                let fixture = try await ReceiptsFixture(kind)
                let messages = try await fixture.ask(1...1) + fixture.ask(1...1, campaign: 2)
                let bodies = [
                    (receipt("delivered", ref: messages[0], at: delivered), delivered),
                    (receipt("unreachable", ref: messages[1], at: failed), failed),
                ].sorted { $0.1 < $1.1 }.map(\.0)
                if isTogether {
                    try await fixture.receive(together(bodies))
                } else {
                    for body in bodies { try await fixture.receive(body) }
                }
                results.append(try await fixture.reachability(1...1))
            }
            let expected: Reachability = delivered > failed ? .reachable(try phone(1)) : .unreachable
            #expect(results == [[expected], [expected]], "delivered at \(delivered), failed at \(failed)")
        }
    }

    /// Vendors deliver a call again for days.
    @Test(arguments: TestEngine.available)
    func `an old failure that comes again does not outweigh what arrived since`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...1) + fixture.ask(1...1, campaign: 2)
        let failed = receipt("unreachable", ref: messages[0], at: 10)
        try await fixture.receive(failed)
        try await fixture.receive(receipt("delivered", ref: messages[1], at: 20))
        try await fixture.receive(failed)
        #expect(try await fixture.reachability(1...1) == [.reachable(try phone(1))])
    }

    @Test(arguments: TestEngine.available)
    func `price and WhatsApp's id are kept from the first receipt that has them`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let message = try await fixture.ask(1...1)[0]
        try await fixture.accept(message, as: "p1")
        try await fixture.receive(receipt("sent", id: "p1", whatsApp: "w1", at: 10))
        try await fixture.receive(receipt("delivered", id: "w1", at: 20, price: ["type": "regular"]))
        try await fixture.receive(receipt("viewed", whatsApp: "w1", at: 30, price: ["type": "free"]))
        let row = try await fixture.rows(
            Query("test.ids", "SELECT provider_message_id, whatsapp_message_id, pricing, viewed_at FROM message"))
        #expect(row == [[.text("p1"), .text("w1"), .text(#"{"type":"regular"}"#), .time(Moment.start + .seconds(30))]])
    }

    @Test(arguments: TestEngine.available)
    func `a receipt that goes by an id told beside it fits at the next try`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let message = try await fixture.ask(1...1)[0]
        try await fixture.accept(message, as: "p1")
        try await fixture.receive(together([receipt("viewed", id: "w1", at: 30), receipt("sent", id: "p1", whatsApp: "w1", at: 10)]))
        fixture.moment.pass(.seconds(1))
        try await fixture.receive()
        #expect(try await fixture.webhooks()[0][0] == .text("applied"))
        #expect(try await fixture.messages()[0][6] == .time(Moment.start + .seconds(30)))
        #expect(try await fixture.tallies() == fixture.recount())
    }

    /// Everything of one day, in its order, played a second time.
    @Test(arguments: TestEngine.available, [1, 2, 3] as [UInt64])
    func `a day that is played again changes nothing`(kind: TestEngine, seed: UInt64) async throws {
        let fixture = try await ReceiptsFixture(kind)
        fixture.moment.pass(.seconds(2000))
        var generator = SeededGenerator(seed: seed)
        let messages = try await fixture.ask(1...12)
        for (index, message) in messages.enumerated() { try await fixture.accept(message, as: "p\(index)") }
        let day = Self.day(of: messages, &generator)
        try await fixture.receive(together(day))
        for body in day { try await fixture.receive(body) }
        let first = try await fixture.effects()
        try await fixture.receive(together(day))
        for body in day { try await fixture.receive(body) }
        #expect(try await fixture.effects() == first)
        #expect(try await fixture.tallies() == fixture.recount())
    }

    /// One call a minute, of every kind; each person has one kind of trouble, so that what comes later is no surprise.
    private static func day(of messages: [MessageID], _ generator: inout SeededGenerator) -> [JSONValue] {
        let kinds = [
            "sent", "delivered", "viewed", "unreachable", "opt_out", "reject", "retry", "delay_recipient", "hold_template", "slow_channel",
        ]
        return (1...60).map { minute in
            let index = Int.random(in: messages.indices, using: &generator)
            let (phone, time) = (ReceiptsFixture.phone(index + 1), Int64(minute * 10))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: return reply("in-\(minute)", from: phone, user: "LT.\(index)", at: time)
            case 1: return preference(false, user: "LT.\(index)", at: time)
            case 2: return personNotice(phone: phone, user: "LT.\(index)", alias: "3706777000\(index % 10)")
            case 3: return templateNotice("another", "PAUSED")
            default: return receipt(kinds[index % kinds.count], id: "p\(index)", whatsApp: "w\(index)", at: time)
            }
        }
    }
}
