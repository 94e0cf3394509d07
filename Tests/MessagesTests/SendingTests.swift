import Core
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct SendingTests {
    @Test(arguments: TestEngine.available)
    func `a profile qualifies once in a run`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        try await fixture.plan(3)
        let again = try await fixture.qualify((1...4).map { LedgerFixture.qualification($0) })
        #expect(again == 1)
        #expect(try await fixture.tallies() == ["qualified": 4])
    }

    @Test(arguments: TestEngine.available)
    func `a number gets one message in a run`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        func same(_ number: Int) -> Qualification {
            var qualification = LedgerFixture.qualification(number, .planned([]))
            qualification.phone = LedgerFixture.phone(1)
            return qualification
        }
        try await fixture.qualify([same(1), same(2)])
        try await fixture.qualify([same(3), LedgerFixture.qualification(4)])
        #expect(try await fixture.messages().map(\.state) == [.planned, .excluded, .excluded, .planned])
        #expect(try await fixture.tallies() == ["qualified": 4, "errors": 2, "error:duplicate_number": 2])
    }

    @Test(arguments: TestEngine.available)
    func `control and excluded are counted and never claimed`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        try await fixture.qualify([
            LedgerFixture.qualification(1, .control), LedgerFixture.qualification(2, .excluded(.notOptedIn)),
            LedgerFixture.qualification(3, .excluded(.noPhone)),
        ])
        #expect(try await fixture.claim(10).isEmpty)
        #expect(
            try await fixture.tallies()
                == ["qualified": 3, "control_group": 1, "errors": 2, "error:not_opted_in": 1, "error:no_phone": 1])
    }

    @Test(arguments: TestEngine.available)
    func `a due message is claimed once, the longest due first`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        try await fixture.plan(5)
        #expect(try await fixture.claim(10, at: at(-1)).isEmpty)
        let first = try await fixture.claim(2)
        let rest = try await fixture.claim(10)
        #expect(first.count == 2 && rest.count == 3)
        #expect((first + rest).map(\.profileID.rawValue) == [1, 2, 3, 4, 5])
        #expect(try await fixture.claim(10).isEmpty)
    }

    @Test(arguments: TestEngine.available)
    func `twenty claimers share the messages without overlap`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind, profiles: 100)
        try await fixture.plan(100)
        let claimed = try await withThrowingTaskGroup(of: [MessageRecord].self) { group in
            for _ in 0..<20 { group.addTask { try await fixture.claim(7) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(claimed.map(\.id)).count == claimed.count)
        let rest = try await fixture.claim(100)
        #expect(claimed.count + rest.count == 100)
    }

    @Test(arguments: TestEngine.available)
    func `a claim whose lease is over goes back, a request whose lease is over becomes unknown`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        try await fixture.plan(3)
        let claimed = try await fixture.claim(3)
        _ = try await fixture.ask(Array(claimed.prefix(1)))
        #expect(try await fixture.ledger.expireLeases(at: at(31)) == (0, 0))
        let (planned, unknown) = try await fixture.ledger.expireLeases(at: at(40))
        #expect((planned, unknown) == (2, 1))
        #expect(try await fixture.messages().map(\.state) == [.unknown, .planned, .planned])
        #expect(try await fixture.tallies() == ["qualified": 3, "unknown": 1])
    }

    @Test(arguments: TestEngine.available)
    func `a message that was released is not asked by its former holder`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        try await fixture.plan(1)
        let held = try await fixture.claim(1)
        try await fixture.ledger.release(held.map(\.id))
        #expect(try await fixture.ask(held).isEmpty)
        #expect(try await fixture.claim(1).count == 1)
    }

    @Test(arguments: TestEngine.available)
    func `answers settle messages, and late or repeated ones change nothing`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        let asked = try await fixture.asked(4)
        let results: [Settlement.Result] = [
            .accepted(Acceptance(providerMessageID: "u1")), .failed(Reason(rawValue: "vonage_1"), .with(.reject)),
            .unknown(code: "no_answer", summary: ""), .again(at: at(100), .with(.retry)),
        ]
        let settlements = zip(asked, results).map { Settlement(messageID: $0.id, attempt: 1, result: $1, at: at(3)) }
        try await fixture.ledger.settle(settlements)
        let expected = ["qualified": 4, "sent": 1, "errors": 1, "error:vonage_1": 1, "unknown": 1]
        #expect(try await fixture.tallies() == expected)
        try await fixture.ledger.settle(settlements)
        let late = asked.map { Settlement(messageID: $0.id, attempt: 1, result: .unknown(code: "x", summary: ""), at: at(9)) }
        try await fixture.ledger.settle(late)
        #expect(try await fixture.tallies() == expected)
        #expect(try await fixture.claim(9, at: at(99)).isEmpty)
        #expect(try await fixture.claim(9, at: at(100)).map(\.id) == [asked[3].id])
    }

    @Test(arguments: TestEngine.available)
    func `an answer to an earlier request does not settle a newer one`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        let first = try await fixture.asked(1)
        try await fixture.ledger.settle([
            Settlement(messageID: first[0].id, attempt: 1, result: .again(at: at(5), .with(.retry)), at: at(3))
        ])
        let second = try await fixture.ask(try await fixture.claim(1, at: at(6)), at: at(7))
        #expect(second.map(\.attempts) == [2])
        try await fixture.ledger.settle([
            Settlement(messageID: first[0].id, attempt: 1, result: .failed(.gaveUp, .with(.reject)), at: at(8))
        ])
        #expect(try await fixture.messages().map(\.state) == [.asked])
    }

    @Test(arguments: TestEngine.available)
    func `a refusal that comes after the lease ran out still counts, since it proves that nothing went out`(
        kind: TestEngine
    ) async throws {
        let fixture = try await LedgerFixture(kind)
        let asked = try await fixture.asked(2)
        _ = try await fixture.ledger.expireLeases(at: at(40))
        try await fixture.ledger.settle([
            Settlement(messageID: asked[0].id, attempt: 1, result: .again(at: at(50), .with(.slowChannel)), at: at(41)),
            Settlement(messageID: asked[1].id, attempt: 1, result: .failed(Reason(rawValue: "no"), .with(.reject)), at: at(41)),
        ])
        #expect(try await fixture.messages().map(\.state) == [.planned, .failed])
        #expect(try await fixture.tallies() == ["qualified": 2, "errors": 1, "error:no": 1])
    }

    @Test(arguments: TestEngine.available)
    func `a person may write off what is unknown, or have it sent again`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        func decide(_ decision: UnknownDecision) async throws -> Int {
            try await fixture.engine.write { [ledger = fixture.ledger] in
                try ledger.decide(decision, of: LedgerFixture.campaign, at: at(60), in: $0)
            }
        }
        let asked = try await fixture.asked(3)
        _ = try await fixture.ledger.expireLeases(at: at(40))
        #expect(try await decide(.sendAgain) == 3)
        #expect(try await decide(.writeOff) == 0)
        #expect(try await fixture.ask(try await fixture.claim(9, at: at(60)), at: at(61)).map(\.attempts) == [2, 2, 2])
        _ = try await fixture.ledger.expireLeases(at: at(99))
        #expect(try await decide(.writeOff) == 3)
        #expect(try await fixture.tallies() == ["qualified": 3, "errors": 3, "error:written_off": 3])
        try await fixture.apply([Receipt(messageID: asked[0].id, providerMessageID: "u", status: .sent, occurredAt: at(3))])
        #expect(try await fixture.tallies() == ["qualified": 3, "sent": 1, "errors": 2, "error:written_off": 2])
    }

    @Test(arguments: TestEngine.available)
    func `stopping excludes what waits and leaves what is under way`(kind: TestEngine) async throws {
        let fixture = try await LedgerFixture(kind)
        try await fixture.plan(5)
        let claimed = try await fixture.claim(2)
        _ = try await fixture.ask(Array(claimed.prefix(1)))
        let (excluded, none, isOpen) = try await fixture.engine.write { [ledger = fixture.ledger] session in
            let excluded = try ledger.excludeWaiting(of: LedgerFixture.campaign, in: session)
            let none = try ledger.excludeWaiting(of: LedgerFixture.campaign, in: session)
            return (excluded, none, try ledger.hasOpenMessages(of: LedgerFixture.campaign, in: session))
        }
        #expect((excluded, none, isOpen) == (4, 0, true))
        #expect(try await fixture.tallies() == ["qualified": 5, "errors": 4, "error:campaign_stopped": 4])
    }
}
