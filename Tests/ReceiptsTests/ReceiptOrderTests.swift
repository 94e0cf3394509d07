import Channels
import Core
import CoreTesting
import Messages
import Receipts
import Storage
import StorageTesting
import Testing
import WhatsApp

/// Every order of `items`.
private func permutations<Item>(of items: [Item]) -> [[Item]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { index in
        var rest = items
        let first = rest.remove(at: index)
        return permutations(of: rest).map { [first] + $0 }
    }
}

@Suite struct ReceiptOrderTests {
    private let steps: [(String, Int64)] = [("sent", 10), ("delivered", 20), ("viewed", 30), ("failed", 40)]

    @Test(arguments: TestEngine.available)
    func `all orders of receipts and their repetitions end in the same row`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let orders = permutations(of: steps)
        let messages = try await fixture.ask(1...orders.count)
        var generator = SeededGenerator(seed: 1)
        // Every order goes in one receipt at a time, each with a repetition of one that came before it.
        for step in steps.indices {
            for (message, order) in zip(messages, orders) {
                for (status, time) in [order[step], order[Int.random(in: 0...step, using: &generator)]] {
                    try await fixture.store(receipt(status, ref: message, id: "p", at: time))
                }
            }
            while try await fixture.applier.applyDue() > 0 {}
        }
        let rows = try await fixture.messages()
        #expect(rows.count == 24)
        #expect(Set(rows).count == 1)
        let start = Moment.start
        #expect(
            rows.first == [
                .text("accepted"), .text("fake_1"), .text("p"), .time(start + .seconds(10)), .time(start + .seconds(10)),
                .time(start + .seconds(20)), .time(start + .seconds(30)), .time(start + .seconds(40)), .integer(0), .integer(1),
            ])
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `all orders within one batch end in the same row`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let orders = permutations(of: steps)
        let messages = try await fixture.ask(1...orders.count)
        for (message, order) in zip(messages, orders) {
            for (status, time) in order { try await fixture.store(receipt(status, ref: message, id: "p", at: time)) }
        }
        #expect(try await fixture.applier.applyDue() == 96)
        #expect(try await Set(fixture.messages()).count == 1)
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `a read receipt alone implies delivered and sent`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...1)
        try await fixture.receive(receipt("viewed", ref: messages[0], at: 30))
        let time = SQLValue.time(Moment.start + .seconds(30))
        #expect(try await fixture.messages()[0][3...6] == [time, time, time, time])
    }

    @Test(arguments: TestEngine.available)
    func `a receipt waits for the answer that tells the provider's id`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...1)
        try await fixture.receive(receipt("delivered", id: "p1", at: 20))
        #expect(try await fixture.webhooks() == [[.text("waiting"), .integer(1), .text("No message of this channel fits.")]])
        try await fixture.accept(messages[0], as: "p1")
        #expect(try await fixture.applier.applyDue() == 0)
        fixture.moment.pass(.seconds(1))
        #expect(try await fixture.applier.applyDue() == 1)
        #expect(try await fixture.webhooks()[0][0] == .text("applied"))
        #expect(try await fixture.messages()[0][5] == .time(Moment.start + .seconds(20)))
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `a receipt with our reference needs no answer and resolves an unknown`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...2)
        try await fixture.ledger.settle([
            Settlement(messageID: messages[1], attempt: 1, result: .unknown(code: "timeout", summary: ""), at: fixture.moment.now)
        ])
        try await fixture.receive(receipt("sent", ref: messages[0], id: "p1"), receipt("sent", ref: messages[1], id: "p2"))
        #expect(try await fixture.messages().map { $0[0] } == [.text("accepted"), .text("accepted")])
        #expect(try await fixture.tallies() == fixture.recount())
    }

    @Test(arguments: TestEngine.available)
    func `a receipt that never fits ends after 16 tries with growing pauses`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let before = try await fixture.everything()
        try await fixture.receive(receipt("delivered", id: "foreign"))
        for pause in 0..<15 {
            #expect(try await fixture.webhooks()[0][0] == .text("waiting"))
            fixture.moment.pass(.seconds(1 << pause) - .microseconds(1))
            #expect(try await fixture.applier.applyDue() == 0)
            fixture.moment.pass(.microseconds(1))
            #expect(try await fixture.applier.applyDue() == 1)
        }
        #expect(try await fixture.webhooks()[0].prefix(2) == [.text("unmatched"), .integer(16)])
        #expect(try await fixture.everything() == before)
    }

    @Test(arguments: TestEngine.available)
    func `a receipt that fits nothing after a day is not tried again`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        try await fixture.store(receipt("delivered", ref: MessageID(rawValue: 42)))
        fixture.moment.pass(.seconds(24 * 3600))
        try await fixture.applier.applyDue()
        #expect(try await fixture.webhooks()[0].prefix(2) == [.text("unmatched"), .integer(1)])
    }

    @Test(arguments: TestEngine.available)
    func `a receipt about another channel's message changes nothing`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...1)
        let other = try await fixture.channels.create(
            ["nickname": "Other", "provider": "fake", "number": "+37052000001", "credentials": [:]], for: ReceiptsFixture.account)
        let before = try await fixture.everything()
        try await fixture.inbox.store(
            .status, channel: other.id, account: ReceiptsFixture.account, body: receipt("viewed", ref: messages[0]).bytes)
        try await fixture.applier.applyDue()
        #expect(try await fixture.everything() == before)
        #expect(try await fixture.webhooks()[0][0] == .text("waiting"))
    }

    @Test(arguments: TestEngine.available)
    func `an opt-out at the provider ends the consent once`(kind: TestEngine) async throws {
        let fixture = try await ReceiptsFixture(kind)
        let messages = try await fixture.ask(1...2)
        let optOut = receipt("opted_out", ref: messages[0], at: 50)
        try await fixture.receive(optOut, receipt("failed", ref: messages[1], at: 50), optOut)
        try await fixture.receive(optOut)
        let consents = try await fixture.rows(Query("test.ledger", "SELECT profile_id, kind, granted, occurred_at, source FROM consent"))
        #expect(
            consents == [
                [.integer(1), .text("MSG-whatsapp"), .integer(0), .time(Moment.start + .seconds(50)), .text("provider")]
            ])
    }
}
