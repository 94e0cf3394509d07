import Core
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct TemplateClaimTests {
    private static let (first, second) = (TemplateID(rawValue: 1), TemplateID(rawValue: 2))

    /// Messages 1 to 5 of the first template and 6 to 10 of the second, all due.
    private func planned(_ kind: TestEngine) async throws -> LedgerFixture {
        let fixture = try await LedgerFixture(kind)
        try await fixture.insertSecondTemplate()
        try await fixture.plan(5)
        try await fixture.qualify((6...10).map { LedgerFixture.qualification($0, template: Self.second, dueAt: at(-60)) })
        return fixture
    }

    private func claim(_ limits: [TemplateID: Int], in fixture: LedgerFixture) async throws -> [Int64] {
        try await fixture.ledger.claim(on: LedgerFixture.channel, limits, at: at(1), leaseUntil: at(31)).map(\.profileID.rawValue)
    }

    @Test(arguments: TestEngine.available)
    func `each template is claimed up to its limit, the longest due first`(kind: TestEngine) async throws {
        let fixture = try await planned(kind)
        #expect(try await claim([:], in: fixture) == [])
        #expect(try await claim([Self.first: 2, Self.second: 3], in: fixture) == [6, 7, 8, 1, 2])
        #expect(try await claim([Self.first: 0, Self.second: 1], in: fixture) == [9])
        #expect(try await claim([Self.first: 100, Self.second: 100], in: fixture) == [10, 3, 4, 5])
    }

    @Test(arguments: TestEngine.available)
    func `messages of a template that is not given stay where they are`(kind: TestEngine) async throws {
        let fixture = try await planned(kind)
        let before = try await fixture.messages()
        #expect(try await claim([Self.second: 100], in: fixture) == [6, 7, 8, 9, 10])
        #expect(try await fixture.messages().prefix(5) == before.prefix(5))
        #expect(try await claim([TemplateID(rawValue: 3): 5], in: fixture) == [])
    }

    @Test(arguments: TestEngine.available)
    func `only templates with due messages have work`(kind: TestEngine) async throws {
        let fixture = try await planned(kind)
        func work(at time: Timestamp) async throws -> [TemplateID] {
            try await fixture.engine.read { [ledger = fixture.ledger] in
                try ledger.templatesWithWork(on: LedgerFixture.channel, at: time, in: $0)
            }
        }
        #expect(try await work(at: at(-61)) == [])
        #expect(try await work(at: at(-60)) == [Self.second])
        #expect(try await work(at: at(0)) == [Self.first, Self.second])
        _ = try await claim([Self.second: 5], in: fixture)
        #expect(try await work(at: at(0)) == [Self.first])
    }

    @Test(arguments: TestEngine.available)
    func `what is put off waits until its time, unasked`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        try await fixture.plan(2)
        let claimed = try await fixture.claim(2)
        try await fixture.engine.write { [ledger = fixture.ledger] in
            let rulings = [(claimed[0], Ruling.postpone(until: at(10))), (claimed[1], .postpone(until: at(20)))]
            _ = try ledger.carryOut(rulings, at: at(2), leaseUntil: at(32), in: $0)
        }
        #expect(try await fixture.messages().map(\.attempts) == [0, 0])
        #expect(try await fixture.claim(9, at: at(9)).isEmpty)
        #expect(try await fixture.claim(9, at: at(10)).map(\.id) == [claimed[0].id])
        #expect(try await fixture.claim(9, at: at(20)).map(\.id) == [claimed[1].id])
        #expect(try await fixture.tallies() == ["qualified": 2])
    }

    @Test(arguments: TestEngine.available, SendFailure.Disposition.allCases)
    func `only a message's own refusals count as its retries`(kind: TestEngine, disposition: SendFailure.Disposition) async throws {
        let fixture = try await LedgerFixture(kind)
        var asked = try await fixture.asked(1)
        for attempt in 1...2 {
            let again = Settlement(messageID: asked[0].id, attempt: attempt, result: .again(at: at(5), .with(disposition)), at: at(3))
            try await fixture.ledger.settle([again])
            try await fixture.ledger.settle([again])
            let expected = disposition == .retry || disposition == .delayRecipient ? attempt : 0
            #expect(try await fixture.messages().map(\.retries) == [expected])
            asked = try await fixture.ask(try await fixture.claim(1, at: at(6)))
            #expect(asked.map(\.attempts) == [attempt + 1])
        }
    }
}
