import Core
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp

@Suite struct QueryPlanTests {
    @Test func `no statement of the ledger reads a whole table`() async throws {
        let recorder = PlanRecorder(try await TestEngine.sqlite.makeWithAccount())
        let fixture = try await LedgerFixture(recorder)
        let asked = try await fixture.asked(4)
        try await fixture.ledger.settle([
            Settlement(messageID: asked[0].id, attempt: 1, result: .accepted(Acceptance(providerMessageID: "u0")), at: at(3)),
            Settlement(messageID: asked[1].id, attempt: 1, result: .again(at: at(4), .with(.retry)), at: at(3)),
        ])
        try await fixture.apply([Receipt(messageID: nil, providerMessageID: "u0", status: .viewed, occurredAt: at(4))])
        try await fixture.ledger.release(try await fixture.claim(1, at: at(5)).map(\.id))
        _ = try await fixture.ledger.expireLeases(at: at(100))
        _ = try await fixture.ledger.channelsWithWork(at: at(100))
        try await recorder.write { [ledger = fixture.ledger] session in
            if let message = try ledger.answered(quoting: "u0", from: nil, nil, on: LedgerFixture.channel, in: session) {
                try ledger.countReply(to: message.id, in: session)
            }
            _ = try ledger.answered(quoting: nil, from: LedgerFixture.phone(1), nil, on: LedgerFixture.channel, in: session)
            _ = try ledger.excludeWaiting(of: LedgerFixture.campaign, in: session)
            _ = try ledger.hasOpenMessages(of: LedgerFixture.campaign, in: session)
        }
        #expect(recorder.queryCount >= 18)
        #expect(recorder.scans(of: ["message", "attempt", "tally", "campaign", "profile"]) == [])
    }
}
