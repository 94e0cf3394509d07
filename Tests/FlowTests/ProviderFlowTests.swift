import Core
import StorageTesting
import Testing

/// The same campaign over each provider: only the channel differs, and the numbers must not.
@Suite(.serialized) struct ProviderFlowTests {
    @Test(arguments: FlowProvider.allCases)
    func `from upload to viewed and replied, every provider gives the same numbers`(provider: FlowProvider) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, provider)
        try await world.behave([
            "deliver_rate": 1, "read_rate": 1, "reply_rate": 1, "callback_delay_ms": 5, "deliver_delay_ms": 5, "read_delay_ms": 5,
            "reply_delay_ms": 5, "duplicate_rate": 0.3, "shuffle": true,
        ])
        try await world.upload(1...40) { number in
            switch number {
            case 1...5: ["MSG-whatsapp": nil]
            case 6, 7: ["Phone": nil]
            case 8: ["Name": "two\nlines"]
            case 9: ["Phone": .string("+\(FlowWorld.phone(10))")]
            default: [:]
            }
        }
        let id = try await world.campaign()
        try await world.waitForEnd(of: id)
        try await world.wait(for: "replied", atLeast: 31, in: id)
        try await world.wait(for: "viewed", atLeast: 31, in: id)
        let stats = try await world.stats(id)
        #expect([stats["qualified"], stats["sent"], stats["delivered"], stats["viewed"], stats["replied"]] == [40, 31, 31, 31, 31])
        #expect([stats["control_group"], stats["errors"], stats["unknown"], stats["delivery_errors"]] == [0, 9, 0, 0])
        #expect(
            try await world.reasons(id) == ["not_opted_in": 5, "no_phone": 2, "invalid_value": 1, "duplicate_number": 1])
        let summary = try await world.requests()
        #expect(summary["accepted"]?.int == 31 && summary["duplicates"]?.int == 0)
        #expect(try await world.command("recount").exitCode() == 0)
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: FlowProvider.allCases.filter(\.signs))
    func `a forged callback changes nothing`(provider: FlowProvider) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, provider)
        try await world.behave(["deliver_rate": 0, "callback_delay_ms": 5])
        try await world.upload(1...1)
        let id = try await world.campaign()
        try await world.waitForEnd(of: id)
        for kind in ["missing", "wrong", "truncated", "upper_case", "other_account"] {
            let answer = try await world.sandbox.post("/sandbox/accounts/\(FlowWorld.account)/forge", ["kind": .string(kind)])
            #expect(answer["status"]?.int == 401, "\(kind)")
        }
        #expect(try await world.stats(id)["viewed"] == 0)
        #expect(try await server.stop() == 0)
    }

    @Test func `Meta's challenge is answered for the right token only`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, .meta)
        let answer = try await world.sandbox.post("/sandbox/accounts/\(FlowWorld.account)/verify", [:])
        #expect((answer["status"]?.int, answer["echoed"]?.bool) == (200, true))
        let address = try await world.api.get("/api/v1/channels/\(world.channel)")["callbacks"]?["status"]?.string ?? ""
        let path = String(address.dropFirst(world.api.base.count))
        let open = Caller(base: world.api.base)
        let wrong = try await open.call("GET", path + "?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1", nil)
        #expect(wrong.status == 403)
        #expect(try await open.call("GET", path, nil).status == 403)
        #expect(!server.output.joined().contains("flow-verify-token"))
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: [FlowProvider.meta, .gupshup, .enterprise])
    func `templates are synced, and what changed is told`(provider: FlowProvider) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, provider)
        let path = "/api/v1/channels/\(world.channel)/templates"
        for name in ["first", "second"] {
            try await world.sandbox.post(
                "/sandbox/accounts/\(FlowWorld.account)/templates",
                ["name": .string(name), "language": "en", "category": "UTILITY", "body": "Hello {{1}}, this is it."])
        }
        let first = try await world.api.post(path + "/sync", [:])
        #expect(
            first["added"]?.array?.compactMap { $0["name"]?.string?.split(separator: ":").last.map(String.init) } == ["first", "second"])
        #expect(try await world.api.post(path + "/sync", [:])["added"]?.array == [])
        try await world.sandbox.post(
            "/sandbox/accounts/\(FlowWorld.account)/templates/status", ["name": "first", "language": "en", "status": "DISABLED"])
        try await world.api.post(path + "/sync", [:])
        let template = try await world.api.get(path)["templates"]?.array?.first { $0["name"]?.string?.hasSuffix(":first") == true }
        #expect(template?["pause"]?.string == "disabled")
        let check = try await world.api.post("/api/v1/channels/\(world.channel)/check", [:])
        #expect(check["connected"]?.bool == true)
        #expect(try await server.stop() == 0)
    }
}
