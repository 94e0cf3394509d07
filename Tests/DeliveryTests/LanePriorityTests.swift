import AsyncHTTPClient
import Channels
import Core
import Messages
import ProviderTesting
import StorageTesting
import Testing
import WhatsApp

@testable import Delivery

@Suite struct LanePriorityTests {
    private func withDesks(
        _ kind: TestEngine, perSecond: JSONValue,
        _ body: (DeliveryFixture, Channel, ClaimDesk, GateDesk) async throws -> Void
    ) async throws {
        let fixture = try await DeliveryFixture(kind, provider: PretendProvider(), people: 10_001)
        let channel = try await fixture.channel("Main", ["limits": ["per_second": perSecond]])
        try await withHTTP(nil) { client, _ in
            let (context, state) = (fixture.context(client), PumpState())
            let claims = ClaimDesk(id: channel.id, context: context, state: state)
            try await body(fixture, channel, claims, GateDesk(context: context, state: state))
        }
    }

    @Test(arguments: TestEngine.available)
    func `an answer passes ten thousand messages of a campaign within a quarter of a second`(kind: TestEngine) async throws {
        try await withDesks(kind, perSecond: 80) { fixture, channel, claims, gate in
            try await fixture.plan(Array(1...10_000), over: channel, campaign: 1)
            let before = try await claims.claim()
            #expect(before.count == 20)  // a quarter of a second's worth
            #expect(try await gate.ask(before).count == 20)
            try await fixture.plan([10_001], over: channel, campaign: 2, lane: .conversation)
            let next = try await claims.claim()
            #expect(next.count == 20)
            #expect(next.first?.profileID.rawValue == 10_001)
            #expect(try await gate.ask(Array(next.prefix(1))).map(\.profileID.rawValue) == [10_001])
        }
    }

    @Test func `a slow channel claims one message at a time, a fast one no more than the setting`() async throws {
        try await withDesks(.sqlite, perSecond: 1) { fixture, channel, claims, _ in
            try await fixture.plan([1, 2, 3], over: channel, campaign: 1)
            #expect(try await claims.claim().count == 1)
        }
        let state = PumpState()
        #expect(state.claimRoom(in: DeliverySettings(claimSize: 512)) == 1)
    }
}
