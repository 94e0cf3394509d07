import Core
import StorageTesting
import Testing

/// Faults on the way: whatever happens, nobody gets a message twice, and the numbers add up.
@Suite(.serialized) struct FaultFlowTests {
    @Test(arguments: TestEngine.available)
    func `a kill in the middle of a campaign loses nobody and sends to nobody twice`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind, perSecond: 300)
        try await world.behave([
            "answer_delay_ms": 30, "deliver_rate": 1, "read_rate": 1, "callback_delay_ms": 20, "deliver_delay_ms": 20,
            "read_delay_ms": 20, "callback_retry_scale": 0.02,
        ])
        try await world.upload(1...900)
        let id = try await world.campaign()
        _ = try await eventually("a third is out") { try await world.requests()["requests"]?.int ?? 0 >= 250 ? true : nil }
        try await server.killAtOnce()
        let again = try await world.restart()
        try await world.waitForEnd(of: id)
        let accepted = Int(try await world.requests()["accepted"]?.int ?? 0)
        try await world.wait(for: "viewed", atLeast: accepted, in: id)
        let (stats, requests) = (try await world.stats(id), try await world.requests())
        #expect(requests["duplicates"]?.int == 0)
        #expect(stats["qualified"] == 900)
        #expect(stats["qualified"] == (stats["sent"] ?? 0) + (stats["errors"] ?? 0) + (stats["unknown"] ?? 0))
        #expect(stats["errors"] == 0)
        // What was accepted is known by its receipts; what was asked and never arrived stays unknown.
        #expect(stats["sent"] == accepted)
        #expect(stats["unknown"] ?? 0 <= 64)
        #expect(try await world.command("recount").exitCode() == 0)
        #expect(try await again.stop() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `a stop in good order leaves nothing unknown, and the next start goes on`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind, perSecond: 200)
        try await world.behave(["answer_delay_ms": 50])
        try await world.upload(1...400)
        let id = try await world.campaign()
        try await world.wait(for: "sent", atLeast: 50, in: id)
        #expect(try await server.stop() == 0)
        let again = try await world.restart()
        try await world.waitForEnd(of: id)
        let stats = try await world.stats(id)
        #expect([stats["qualified"], stats["sent"], stats["unknown"], stats["errors"]] == [400, 400, 0, 0])
        #expect(try await world.requests()["duplicates"]?.int == 0)
        #expect(try await again.stop() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `lost answers become sent by their receipts and are never sent again`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind)
        try await world.behave(["lose_answer_rate": 0.3, "deliver_rate": 1, "callback_delay_ms": 300, "deliver_delay_ms": 5])
        try await world.upload(1...200)
        let id = try await world.campaign()
        try await world.wait(for: "delivered", atLeast: 200, in: id)
        try await world.waitForEnd(of: id)
        let (stats, requests) = (try await world.stats(id), try await world.requests())
        #expect([stats["sent"], stats["unknown"], stats["errors"]] == [200, 0, 0])
        #expect([requests["accepted"]?.int, requests["duplicates"]?.int] == [200, 0])
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `what stays unknown is shown, and a person decides about it`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind)
        // An account without callbacks: no receipt ever comes.
        try await world.sandbox.post(
            "/sandbox/accounts", ["key": "flow-key", "secret": "flow-secret", "signature_secret": .string(FlowWorld.signatureSecret)])
        try await world.behave(["lose_answer_rate": 1])
        try await world.upload(1...12)
        let id = try await world.campaign()
        try await world.waitForEnd(of: id)
        #expect(try await world.stats(id)["unknown"] == 12)
        try await world.behave(["lose_answer_rate": 0])
        let path = "/api/v1/campaigns/\(id)/unknown"
        #expect(try await world.api.call("POST", path, ["decision": "maybe"]).body["error"]?["field"]?.string == "decision")
        #expect(try await world.api.post(path, ["decision": "send_again"])["messages"]?.int == 12)
        try await world.wait(for: "sent", atLeast: 12, in: id)
        try await world.waitForEnd(of: id)
        let stats = try await world.stats(id)
        #expect([stats["sent"], stats["unknown"], stats["errors"]] == [12, 0, 0])
        #expect(try await world.requests()["duplicates"]?.int == 12)  // as the person was warned
        #expect(try await world.command("recount").exitCode() == 0)
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `repeated, unordered and early receipts give the numbers of orderly ones`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind)
        try await world.behave([
            "duplicate_rate": 0.5, "shuffle": true, "deliver_rate": 1, "read_rate": 1, "callback_delay_ms": 1, "deliver_delay_ms": 1,
            "read_delay_ms": 1,
        ])
        try await world.upload(1...150)
        let shuffled = try await world.campaign("Shuffled")
        try await world.wait(for: "viewed", atLeast: 150, in: shuffled)
        try await world.behave(["shuffle": false, "early_callbacks": true])
        let early = try await world.campaign("Early")
        try await world.wait(for: "viewed", atLeast: 150, in: early)
        for id in [shuffled, early] {
            try await world.waitForEnd(of: id)
            let stats = try await world.stats(id)
            #expect([stats["qualified"], stats["sent"], stats["delivered"], stats["viewed"]] == [150, 150, 150, 150])
        }
        #expect(try await world.command("recount").exitCode() == 0)
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `a provider that slows us down loses nobody`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind, perSecond: 40)
        try await world.behave(["error_rate": 0.05, "error_status": 503, "deliver_rate": 1])
        try await world.upload(1...60)
        let id = try await world.campaign()
        try await world.waitForEnd(of: id)
        let stats = try await world.stats(id)
        #expect([stats["sent"], stats["errors"], stats["unknown"]] == [60, 0, 0])
        #expect(try await world.requests()["duplicates"]?.int == 0)
        #expect(try await server.stop() == 0)
    }

    @Test func `a refusal for good is counted under the provider's code`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite)
        try await world.behave(["error_rate": 1, "error_status": 422])
        try await world.upload(1...10)
        let id = try await world.campaign()
        try await world.waitForEnd(of: id)
        #expect(try await world.stats(id)["errors"] == 10)
        #expect(try await world.reasons(id).values.reduce(0, +) == 10)
        #expect(try await server.stop() == 0)
    }

    @Test func `what cannot start says why in one line`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite)
        let second = try world.command("serve")
        #expect(try await second.exitCode() == 1)
        #expect(second.output.joined().contains("Another whimbrel works on the data folder"))
        let taken = try Program(["sandbox", "--listen", "127.0.0.1:\(world.port)"])
        #expect(try await taken.exitCode() == 1)
        #expect(taken.output.count == 1 && taken.output.joined().contains("is in use"))
        let free = try ScratchFolder()
        for flags in [
            ["--listen", "127.0.0.1:\(world.port)"], ["--listen", "127.0.0.1:0", "--sandbox-listen", "127.0.0.1:\(world.port)"],
        ] {
            let demo = try Program(["demo", "--data", free.path] + flags)
            #expect(try await demo.exitCode() == 1)
            #expect(demo.output.count == 1 && demo.output.joined().contains("is in use"))
        }
        let wrong = try Program(["serve", "--listen", "nowhere"])
        #expect(try await wrong.exitCode() == 1)
        #expect(wrong.output.joined().contains("WHIMBREL_LISTEN must be an address and a port"))
        #expect(try await server.stop() == 0)
    }
}
