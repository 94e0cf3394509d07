import Core
import StorageTesting
import Testing

/// From upload to viewed and replied, through HTTP and the sandbox alone.
@Suite(.serialized) struct CampaignFlowTests {
    @Test(arguments: TestEngine.available)
    func `a campaign goes from upload to viewed and replied, and explains who was left out`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind)
        try await world.behave([
            "deliver_rate": 1, "read_rate": 1, "reply_rate": 1, "callback_delay_ms": 5, "deliver_delay_ms": 5, "read_delay_ms": 5,
            "reply_delay_ms": 5,
        ])
        try await world.upload(1...60) { number in
            switch number {
            case 1...5: ["MSG-whatsapp": nil]
            case 6...8: ["Phone": nil]
            case 9: ["Name": "two\nlines"]
            case 10, 11: ["Phone": .string("+\(FlowWorld.phone(12))")]
            default: [:]
            }
        }
        let id = try await world.campaign()
        try await world.waitForEnd(of: id)
        try await world.wait(for: "replied", atLeast: 49, in: id)
        try await world.wait(for: "viewed", atLeast: 49, in: id)
        let stats = try await world.stats(id)
        #expect([stats["qualified"], stats["sent"], stats["delivered"], stats["viewed"], stats["replied"]] == [60, 49, 49, 49, 49])
        #expect([stats["control_group"], stats["errors"], stats["unknown"]] == [0, 11, 0])
        #expect(
            try await world.reasons(id) == ["not_opted_in": 5, "no_phone": 3, "invalid_value": 1, "duplicate_number": 2])
        let summary = try await world.requests()
        #expect(summary["accepted"]?.int == 49 && summary["duplicates"]?.int == 0)
        let first = try await world.sandbox.get("/sandbox/requests?limit=1")["requests"]?.array?.first
        #expect(first?["template"]?.string == "shop:order_ready")
        #expect(first?["parameters"]?.array?.last?.string == "A-17")
        #expect(try await world.command("recount").exitCode() == 0)
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `a STOP of the campaign leaves the rest unsent and says so`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind, perSecond: 20)
        try await world.upload(1...300)
        let id = try await world.campaign()
        try await world.wait(for: "sent", atLeast: 5, in: id)
        try await world.api.post("/api/v1/campaigns/\(id)/stop", [:])
        _ = try await eventually("nothing waits") { try await world.stats(id)["waiting"] == 0 ? true : nil }
        let stats = try await world.stats(id)
        #expect(stats["qualified"] == (stats["sent"] ?? 0) + (stats["errors"] ?? 0))
        #expect(try await world.reasons(id)["campaign_stopped"] == stats["errors"])
        #expect(try await world.requests()["accepted"]?.int == Int64(stats["sent"] ?? 0))
        #expect(try await world.command("recount").exitCode() == 0)
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `an opt-out during the campaign holds at the last gate`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind, perSecond: 20)
        try await world.upload(1...100)
        let id = try await world.campaign()
        try await world.wait(for: "sent", atLeast: 2, in: id)
        try await world.api.post(
            "/1/subscribe",
            ["d": [["type": "whatsapp", "value": .string("+\(FlowWorld.phone(100))"), "status": "Unsubscribe"]]])
        try await world.waitForEnd(of: id)
        #expect(try await world.reasons(id) == ["not_opted_in": 1])
        let phone = try await world.sandbox.call("GET", "/sandbox/phones/\(FlowWorld.phone(100))", nil)
        #expect(phone.status == 404 || phone.body["messages"]?.array?.isEmpty == true)
        #expect(try await server.stop() == 0)
    }

    @Test func `secrets go in and never come out`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite)
        try await world.upload(1...3)
        try await world.waitForEnd(of: world.campaign())
        let answers = try await [
            world.api.get("/api/v1/channels"), world.api.get("/api/v1/channels/\(world.channel)"),
            world.api.get("/api/v1/campaigns"), world.sandbox.get("/sandbox/accounts"),
        ]
        let wrong = try await Caller(base: world.api.base, headers: [("X-CleverTap-Account-Id", "FLOW-ACC")]).call(
            "GET", "/api/v1/channels", nil)
        #expect(wrong.status == 401)
        #expect(try await server.stop() == 0)
        let said = answers.map(\.text).joined() + wrong.body.text + server.output.joined()
        for secret in ["flow-secret", FlowWorld.signatureSecret, "flow-passcode-123", "a long enough secret"] {
            #expect(!said.contains(secret))
        }
    }
}
