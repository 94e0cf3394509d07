import Channels
import Core
import Messages
import ProviderTesting
import Storage
import StorageTesting
import Testing
import WhatsApp
import ZoneTime

@testable import Delivery

@Suite struct GateDeskTests {
    private func withDesks(
        _ kind: TestEngine, _ body: (DeliveryFixture, Channel, ClaimDesk, GateDesk) async throws -> Void
    ) async throws {
        let fixture = try await DeliveryFixture(kind, provider: PretendProvider())
        let channel = try await fixture.channel("Main", ["limits": ["per_second": 400]])
        try await withHTTP(nil) { client, _ in
            let (context, state) = (fixture.context(client), PumpState())
            try await body(
                fixture, channel, ClaimDesk(id: channel.id, context: context, state: state), GateDesk(context: context, state: state))
        }
    }

    @Test(arguments: TestEngine.available)
    func `a message that is claimed anew after a crash is asked once and counted once`(kind: TestEngine) async throws {
        try await withDesks(kind) { fixture, channel, claims, gate in
            try await fixture.plan([1, 2, 3], over: channel, campaign: 1)
            try await fixture.engine.write {
                try PolicyBook().set(SendPolicy(perDay: 2), of: CampaignID(rawValue: 1), account: DeliveryFixture.account, in: $0)
            }
            let lost = try await claims.claim()
            #expect(lost.count == 3)
            // The process that claimed is gone before it asked.
            #expect(try await fixture.ledger.expireLeases(at: at(31)).planned == 3)
            let again = try await claims.claim()
            #expect(again.count == 3)
            #expect(try await gate.ask(again).map(\.profileID.rawValue) == [1, 2])
            #expect(try await gate.ask(lost).isEmpty)  // it was not gone after all
            let used = try await fixture.engine.read { session in
                let campaign = CampaignID(rawValue: 1)
                return try ReachCount().used(of: [campaign], on: [Day(of: at(0))], in: session)[campaign]
            }
            #expect(used?.overall == 2 && used?.byDay == [Day(of: at(0)): 2])
        }
    }

    @Test(arguments: TestEngine.available)
    func `a policy that is set while messages are claimed holds from the next claim on`(kind: TestEngine) async throws {
        try await withDesks(kind) { fixture, channel, claims, gate in
            try await fixture.plan([1], over: channel, campaign: 1)
            #expect(try await gate.ask(try await claims.claim()).count == 1)
            try await fixture.engine.write {
                try PolicyBook().set(AccountPolicy(dwell: .seconds(60)), of: DeliveryFixture.account, in: $0)
            }
            try await fixture.plan([1, 2], over: channel, campaign: 2)
            #expect(try await gate.ask(try await claims.claim()).map(\.profileID.rawValue) == [2])
        }
    }

    /// Whom the portfolio's budget puts off does not use up the campaign's day, and whom the campaign leaves out does not use
    /// up the budget.
    @Test(arguments: TestEngine.available)
    func `what does not go out counts against no limit`(kind: TestEngine) async throws {
        try await withDesks(kind) { fixture, channel, claims, gate in
            _ = try await fixture.channels.change(channel.id, of: DeliveryFixture.account, by: ["limits": ["daily_people": 2]])
            try await fixture.plan([1, 2, 3], over: channel, campaign: 1)
            try await fixture.engine.write {
                try PolicyBook().set(SendPolicy(perDay: 1), of: CampaignID(rawValue: 1), account: DeliveryFixture.account, in: $0)
            }
            #expect(try await gate.ask(try await claims.claim()).map(\.profileID.rawValue) == [1])
            let reach = DailyReach(account: DeliveryFixture.account, portfolio: "default")
            #expect(try await fixture.engine.read { try reach.count(at: at(0), in: $0).people } == 1)
            try await fixture.plan([4, 5], over: channel, campaign: 2)
            #expect(try await gate.ask(try await claims.claim()).map(\.profileID.rawValue) == [4])
        }
    }

    /// Quiet hours end for everybody at eight o'clock. The bucket has been full for hours, and holds a twentieth of a second.
    @Test func `a hundred thousand who are due at once keep the channel's rate`() async throws {
        try await withDesks(.sqlite) { fixture, channel, claims, _ in
            _ = try await claims.claim()
            let room = claims.state.claimRoom(in: DeliverySettings())
            #expect(room == 100)
            let start = ContinuousClock.now
            var (pace, left, sent) = (ChannelPace(perSecond: 400, at: start), 100_000, [Int]())
            for millisecond in 0..<10_000 {
                let (taken, _) = pace.take(upTo: min(room, left), at: start + .seconds(8 * 3600) + .milliseconds(millisecond))
                sent.append(taken)
                left -= taken
            }
            for second in 0..<10 { #expect(sent[second * 1000..<(second + 1) * 1000].reduce(0, +) <= 421) }
            #expect(100_000 - left >= 3960)
        }
    }
}
