import Core
import StorageTesting
import Testing

/// Campaigns whose channel or template the provider refuses for a while: they wait, say why, and go on where they were.
@Suite(.serialized) struct HoldFlowTests {
    @Test(arguments: [
        (FlowProvider.meta, "meta_190"), (.vonage, "vonage_jwt_expired"), (.gupshup, "gupshup_authentication_failed"),
        (.enterprise, "enterprise_102"), (.generic, "generic_2000"),
    ])
    func `an expired token holds the campaign until it is renewed`(provider: FlowProvider, code: String) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, provider, perSecond: 100)
        try await world.upload(1...300)
        let id = try await world.campaign()
        try await world.wait(for: "sent", atLeast: 20, in: id)
        try await world.behave(["token_expired": true])
        let held = try await world.held(id)
        #expect(held["hold"]?["cause"]?.string == "channel")
        #expect(held["hold"]?["code"]?.string == code)
        try await world.behave(["token_expired": false])
        #expect(try await world.api.get("/api/v1/channels/\(world.channel)")["status"]?.string == "halted")
        try await world.api.post("/api/v1/channels/\(world.channel)/resume", [:])
        try await world.waitForEnd(of: id)
        let stats = try await world.stats(id)
        #expect([stats["sent"], stats["errors"], stats["unknown"]] == [300, 0, 0])
        #expect(try await world.requests()["duplicates"]?.int == 0)
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `a template that is paused in the middle holds the campaign and loses nobody`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind, .meta, perSecond: 100)
        let templates = "/sandbox/accounts/\(FlowWorld.account)/templates"
        try await world.sandbox.post(
            templates,
            ["name": "order_ready", "language": "en", "category": "MARKETING", "body": "Hello {{1}}, your order {{2}} is ready."])
        try await world.upload(1...400)
        let id = try await world.campaign()
        try await world.wait(for: "sent", atLeast: 50, in: id)
        try await world.sandbox.post(templates + "/status", ["name": "order_ready", "language": "en", "status": "PAUSED"])
        let held = try await world.held(id)
        #expect(held["hold"]?["cause"]?.string == "template")
        let before = try await world.stats(id)
        #expect((before["errors"] ?? 0) + (before["delivery_errors"] ?? 0) == 0)
        try await world.sandbox.post(templates + "/status", ["name": "order_ready", "language": "en", "status": "APPROVED"])
        try await world.waitForEnd(of: id)
        let stats = try await world.stats(id)
        #expect([stats["sent"], stats["errors"], stats["unknown"]] == [400, 0, 0])
        #expect(try await world.requests()["duplicates"]?.int == 0)
        #expect(try await server.stop() == 0)
    }

    @Test func `a hold outlasts the process`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, .meta, perSecond: 100)
        try await world.behave(["token_expired": true])
        try await world.upload(1...30)
        let id = try await world.campaign()
        _ = try await world.held(id)
        #expect(try await server.stop() == 0)  // what is under way ends first
        let asked = try await world.requests()["requests"]?.int ?? 0
        let second = try await world.restart()
        #expect(try await world.held(id)["hold"]?["code"]?.string == "meta_190")
        #expect(try await world.requests()["requests"]?.int == asked)
        try await world.behave(["token_expired": false])
        try await world.api.post("/api/v1/channels/\(world.channel)", ["credentials": ["access_token": "flow-token-0123456789-new"]])
        // The sandbox knows the old token only: the channel halts again with the new one, and says so.
        _ = try await eventually("it halts again") {
            try await world.requests()["requests"]?.int ?? 0 > asked ? true : nil
        }
        _ = try await world.held(id)
        try await world.api.post("/api/v1/channels/\(world.channel)", ["credentials": ["access_token": "flow-token-0123456789"]])
        try await world.waitForEnd(of: id)
        #expect(try await world.stats(id)["sent"] == 30)
        #expect(try await second.stop() == 0)
    }
}

extension FlowWorld {
    /// Waits until the campaign is held.
    func held(_ campaign: Int64) async throws -> JSONValue {
        try await eventually("campaign \(campaign) is held") {
            let answer = try await self.api.get("/api/v1/campaigns/\(campaign)")
            return answer["status"]?.string == "held" ? answer : JSONValue?.none
        }
    }
}
