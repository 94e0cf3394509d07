import Core
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp
import ZoneTime

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
        #expect(recorder.scans(of: ["message", "m", "template", "attempt", "tally", "campaign", "profile"]) == [])
        #expect(recorder.steps(of: "message.claim").contains { $0.contains("message_due (channel_id=? AND template_id=? AND lane=?") })
        #expect(!recorder.steps(of: "message.claim").contains { $0.contains("TEMP B-TREE") })
        let lanes = recorder.steps(of: "message.busy_lanes")
        #expect(lanes.contains { $0.contains("INDEX message_due (channel_id=? AND template_id=? AND lane=? AND due_at<?)") }, "\(lanes)")
    }

    @Test func `limits are counted by index alone`() async throws {
        let recorder = PlanRecorder(try await TestEngine.sqlite.makeWithAccount())
        let fixture = try await LedgerFixture(recorder)
        try await fixture.plan(3)
        _ = try await fixture.ask(try await fixture.claim(3), on: Day(number: 1))
        let (campaigns, people) = ([LedgerFixture.campaign], (1...3).map { ProfileID(rawValue: $0) })
        try await recorder.write { session in
            let (history, book) = (AskedHistory(), PolicyBook())
            _ = try history.ofPeople(people, counted: at(0), seen: at(-1), in: session)
            _ = try history.ofCampaigns(campaigns, to: people, in: session)
            _ = try ReachCount().used(of: campaigns, on: [Day(number: 1)], in: session)
            _ = try book.policies(of: campaigns, in: session)
            _ = try book.policy(of: AccountID(rawValue: 1), in: session)
            let scope = ThrottleQueue.Scope.campaign(LedgerFixture.campaign)
            try ThrottleQueue(Throttle(count: 1, interval: .seconds(1)), of: scope, in: session)
                .save(as: scope, account: AccountID(rawValue: 1), in: session)
        }
        #expect(recorder.scans(of: ["message", "reach_count", "send_policy", "account_policy", "throttle_queue"]) == [])
        for query in ["message.asked_by_person", "message.asked_by_campaign"] {
            #expect(
                recorder.steps(of: query).contains { $0.contains("COVERING INDEX message_by_person (profile_id=?") },
                "\(query): \(recorder.steps(of: query))")
        }
    }
}
