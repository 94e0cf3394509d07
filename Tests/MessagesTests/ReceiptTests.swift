import Core
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct ReceiptTests {
    private static let statuses: [Receipt.Status] = [.sent, .delivered, .viewed, .failed(.with(.reject, code: "gone"))]

    /// Every order of four things.
    private static let orders: [[Int]] = (0..<256).map { number in
        [number & 3, number >> 2 & 3, number >> 4 & 3, number >> 6 & 3]
    }.filter { Set($0).count == 4 }

    @Test(arguments: TestEngine.available)
    func `every order of receipts, each twice, before and after the answer, gives one row`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind, profiles: 48)
        let asked = try await fixture.asked(48)
        #expect(Self.orders.count == 24)
        for (index, order) in (Self.orders + Self.orders).enumerated() {
            let message = asked[index]
            let answer = Settlement(
                messageID: message.id, attempt: 1, result: .accepted(Acceptance(providerMessageID: "u\(index)")), at: at(10))
            if index < 24 { try await fixture.ledger.settle([answer]) }
            for step in order + order {
                try await fixture.apply([
                    Receipt(messageID: message.id, providerMessageID: "u\(index)", status: Self.statuses[step], occurredAt: at(20 + step))
                ])
            }
            if index >= 24 { try await fixture.ledger.settle([answer]) }
        }
        let rows = try await fixture.messages().map { [$0.acceptedAt, $0.sentAt, $0.deliveredAt, $0.viewedAt, $0.failedAt] }
        #expect(Set(rows) == [[at(10), at(20), at(21), at(22), at(23)]])
        #expect(try await fixture.tallies() == ["qualified": 48, "sent": 48, "delivered": 48, "viewed": 48])
    }

    @Test(arguments: TestEngine.available)
    func `viewed implies delivered implies sent`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        let asked = try await fixture.asked(1)
        try await fixture.apply([Receipt(messageID: asked[0].id, providerMessageID: nil, status: .viewed, occurredAt: at(30))])
        let message = try #require(try await fixture.messages().first)
        #expect([message.sentAt, message.deliveredAt, message.viewedAt] == [at(30), at(30), at(30)])
    }

    @Test(arguments: TestEngine.available)
    func `a receipt resolves an unknown message and takes a planned one off the queue`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        let asked = try await fixture.asked(2)
        try await fixture.ledger.settle([
            Settlement(messageID: asked[0].id, attempt: 1, result: .unknown(code: "no_answer", summary: ""), at: at(3)),
            Settlement(messageID: asked[1].id, attempt: 1, result: .again(at: at(4), .with(.retry)), at: at(3)),
        ])
        try await fixture.apply(asked.map { Receipt(messageID: $0.id, providerMessageID: "u", status: .sent, occurredAt: at(5)) })
        #expect(try await fixture.messages().map(\.state) == [.accepted, .accepted])
        #expect(try await fixture.claim(9, at: at(100)).isEmpty)
        #expect(try await fixture.tallies() == ["qualified": 2, "sent": 2])
    }

    @Test(arguments: TestEngine.available)
    func `receipts for strangers, other channels and messages never asked change nothing`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        try await fixture.plan(1)
        let planned = try await fixture.messages()[0]
        let stranger = Receipt(messageID: MessageID(rawValue: 5), providerMessageID: nil, status: .sent, occurredAt: at(1))
        let early = Receipt(messageID: planned.id, providerMessageID: nil, status: .sent, occurredAt: at(1))
        let nobody = Receipt(messageID: nil, providerMessageID: "who", status: .sent, occurredAt: at(1))
        #expect(try await fixture.apply([stranger, early, nobody]).map { $0 == nil } == [true, true, true])
        let elsewhere = try await fixture.engine.write { [ledger = fixture.ledger] in
            try ledger.apply([early], on: ChannelID(rawValue: 2), in: $0)
        }
        #expect(elsewhere == [nil])
        #expect(try await fixture.messages() == [planned])
    }

    @Test(arguments: TestEngine.available)
    func `a failure after acceptance stays in sent and is told apart`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        let asked = try await fixture.asked(2)
        try await fixture.ledger.settle(
            asked.enumerated().map {
                Settlement(messageID: $1.id, attempt: 1, result: .accepted(Acceptance(providerMessageID: "u\($0)")), at: at(3))
            })
        let failed = Receipt.Status.failed(.with(.unreachable, code: "vonage_1300"))
        try await fixture.apply([Receipt(messageID: nil, providerMessageID: "u1", status: failed, occurredAt: at(4))])
        #expect(
            try await fixture.tallies() == ["qualified": 2, "sent": 2, "delivery_errors": 1, "delivery_error:vonage_1300": 1])
    }

    @Test(arguments: TestEngine.available)
    func `a reply goes to the quoted message, else to the newest`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        let asked = try await fixture.asked(2)
        try await fixture.ledger.settle(
            asked.enumerated().map {
                Settlement(messageID: $1.id, attempt: 1, result: .accepted(Acceptance(providerMessageID: "u\($0)")), at: at(3))
            })
        let (quoted, newest, nobody) = try await fixture.engine.write { [ledger = fixture.ledger] session in
            let channel = LedgerFixture.channel
            let quoted = try ledger.answered(quoting: "u1", from: LedgerFixture.phone(1), nil, on: channel, in: session)
            let newest = try ledger.answered(quoting: "gone", from: LedgerFixture.phone(1), nil, on: channel, in: session)
            let nobody = try ledger.answered(quoting: nil, from: LedgerFixture.phone(9), nil, on: channel, in: session)
            if let quoted { try ledger.countReply(to: quoted.id, in: session) }
            return (quoted?.id, newest?.id, nobody?.id)
        }
        #expect((quoted, newest, nobody) == (asked[1].id, asked[0].id, nil))
        #expect(try await fixture.tallies() == ["qualified": 2, "sent": 2, "replied": 1])
    }
}
