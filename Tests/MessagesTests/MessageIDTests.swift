import Core
import CoreTesting
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp

/// A message is known by our reference, the provider's id and WhatsApp's.
@Suite struct MessageIDTests {
    private static func receipt(
        _ status: Receipt.Status, ref: MessageID? = nil, id: String? = nil, whatsApp: String? = nil, at seconds: Int = 20,
        pricing: JSONValue? = nil
    ) -> Receipt {
        Receipt(
            messageID: ref, providerMessageID: id, whatsAppMessageID: whatsApp, status: status, occurredAt: at(seconds), pricing: pricing)
    }

    private func accept(_ message: MessageRecord, as id: String?, in fixture: LedgerFixture) async throws {
        try await fixture.ledger.settle([
            Settlement(messageID: message.id, attempt: 1, result: .accepted(Acceptance(providerMessageID: id)), at: at(10))
        ])
    }

    @Test(arguments: TestEngine.available)
    func `a receipt finds its message by any of its ids`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        let asked = try await fixture.asked(2)
        try await accept(asked[0], as: "p0", in: fixture)
        let found = try await fixture.apply([
            Self.receipt(.sent, id: "p0", whatsApp: "wamid.0"), Self.receipt(.delivered, ref: asked[1].id, id: "p1"),
        ])
        #expect(found.map { $0?.id } == asked.map(\.id))
        let later = try await fixture.apply([
            Self.receipt(.delivered, id: "wamid.0"), Self.receipt(.viewed, whatsApp: "wamid.0"), Self.receipt(.viewed, id: "p1"),
            Self.receipt(.viewed, id: "nobody", whatsApp: "wamid.0"), Self.receipt(.viewed, id: "wamid.1"),
        ])
        #expect(later.map { $0?.id } == [asked[0].id, asked[0].id, asked[1].id, asked[0].id, nil])
        let rows = try await fixture.messages()
        #expect(rows.map(\.providerMessageID) == ["p0", "p1"])
        #expect(rows.map(\.whatsAppMessageID) == ["wamid.0", nil])
        #expect(try await fixture.tallies() == ["qualified": 2, "sent": 2, "delivered": 2, "viewed": 2])
    }

    @Test(arguments: TestEngine.available)
    func `a reply may quote either id`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        let asked = try await fixture.asked(2)
        try await accept(asked[0], as: "p0", in: fixture)
        try await fixture.apply([Self.receipt(.sent, id: "p0", whatsApp: "wamid.0")])
        for quoted in ["p0", "wamid.0"] {
            let answered = try await fixture.engine.write { [ledger = fixture.ledger] in
                try ledger.answered(quoting: quoted, from: LedgerFixture.phone(2), nil, on: LedgerFixture.channel, in: $0)
            }
            #expect(answered?.id == asked[0].id)
        }
    }

    @Test(arguments: TestEngine.available)
    func `WhatsApp's id of the person leads to the newest message as the number does`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        try await fixture.qualify([
            Qualification(
                profileID: ProfileID(rawValue: 1), phone: nil, userID: "LT.900", run: 1, templateID: LedgerFixture.template, dueAt: at(0),
                fate: .planned(["Ona"]))
        ])
        let asked = try await fixture.ask(try await fixture.claim(1))
        #expect(asked.map(\.address) == ["LT.900"])
        for (user, id) in [("LT.900", asked.first?.id), ("LT.901", nil), (nil, nil)] as [(String?, MessageID?)] {
            let answered = try await fixture.engine.write { [ledger = fixture.ledger] in
                try ledger.answered(quoting: nil, from: nil, user, on: LedgerFixture.channel, in: $0)
            }
            #expect(answered?.id == id)
        }
    }

    @Test(arguments: TestEngine.available)
    func `the first price stands and a receipt without one takes nothing away`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        let asked = try await fixture.asked(1)
        let price: JSONValue = ["category": "marketing", "billable": true]
        for pricing in [nil, price, ["category": "utility"], nil] as [JSONValue?] {
            try await fixture.apply([Self.receipt(.sent, ref: asked[0].id, pricing: pricing)])
        }
        #expect(try await fixture.messages().map(\.pricing) == [price])
    }

    @Test(arguments: TestEngine.available)
    func `an acceptance without an id goes by our reference`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        let asked = try await fixture.asked(1)
        try await accept(asked[0], as: nil, in: fixture)
        #expect(try await fixture.messages().map(\.state) == [.accepted])
        let quoted = try await fixture.engine.write { [ledger = fixture.ledger] in
            try ledger.answered(quoting: "\(asked[0].id)", from: nil, nil, on: LedgerFixture.channel, in: $0)
        }
        #expect(quoted?.id == asked[0].id)
        #expect(try await fixture.apply([Self.receipt(.delivered, ref: asked[0].id)]).map { $0?.id } == [asked[0].id])
    }

    /// Gupshup's enterprise gateway may accept without an id, tell it in the first report, and leave our reference out of the next.
    @Test(arguments: TestEngine.available)
    func `an id that only a receipt tells is learnt, whether the answer came before it or after`(kind: TestEngine) async throws {
        for answerIsFirst in [true, false] {
            let fixture = try await LedgerFixture(kind)
            let asked = try await fixture.asked(1)
            if answerIsFirst { try await accept(asked[0], as: nil, in: fixture) }
            try await fixture.apply([Self.receipt(.sent, ref: asked[0].id, id: "x1")])
            if !answerIsFirst { try await accept(asked[0], as: nil, in: fixture) }
            let found = try await fixture.apply([Self.receipt(.delivered, id: "x1")])
            #expect(found.map { $0?.id } == [asked[0].id], "\(answerIsFirst ? "answer" : "receipt") first")
        }
    }

    /// The same eight receipts, which between them carry all three ids, dealt out at random.
    @Test(arguments: TestEngine.available)
    func `receipts with both ids end in one row, whatever their order`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind, profiles: 60)
        let asked = try await fixture.asked(60)
        var generator = SeededGenerator(seed: 11)
        for (index, message) in asked.enumerated() {
            try await accept(message, as: "p\(index)", in: fixture)
            var receipts = Self.receipts(of: message.id, index).shuffled(using: &generator)
            receipts += receipts.shuffled(using: &generator)
            while !receipts.isEmpty {
                let batch = receipts.prefix(Int.random(in: 1...5, using: &generator))
                receipts.removeFirst(batch.count)
                try await fixture.apply(Array(batch))
            }
        }
        let rows = try await fixture.messages().enumerated().map { index, row in
            [
                "\(row.state)", row.providerMessageID == "p\(index)" ? "p" : nil, row.whatsAppMessageID == "w\(index)" ? "w" : nil,
                row.reason?.rawValue, "\(row.pricing ?? .null)",
            ] + [row.acceptedAt, row.sentAt, row.deliveredAt, row.viewedAt, row.failedAt].map { $0.map { "\($0.seconds)" } }
        }
        #expect(Set(rows).count == 1)
        #expect(rows.first?.prefix(3) == ["accepted", "p", "w"])
        #expect(try await fixture.messages().allSatisfy { $0.pricing == ["category": "utility"] })
        #expect(try await fixture.tallies() == ["qualified": 60, "sent": 60, "delivered": 60, "viewed": 60])
    }

    /// The one that tells WhatsApp's id has the provider's, too, and each of the others one that is known then.
    private static func receipts(of message: MessageID, _ index: Int) -> [Receipt] {
        let (id, whatsApp, price) = ("p\(index)", "w\(index)", ["category": "utility"] as JSONValue)
        return [
            receipt(.accepted, id: id, whatsApp: whatsApp, at: 21), receipt(.sent, id: id, whatsApp: whatsApp, at: 22, pricing: price),
            receipt(.delivered, id: id, at: 24), receipt(.delivered, ref: message, at: 23, pricing: price),
            receipt(.viewed, ref: message, id: id, whatsApp: whatsApp, at: 25), receipt(.viewed, id: id, at: 26),
            receipt(.failed(.with(.reject, code: "b")), ref: message, at: 27), receipt(.failed(.with(.reject, code: "a")), id: id, at: 27),
        ]
    }
}
