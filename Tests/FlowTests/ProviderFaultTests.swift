import Core
import StorageTesting
import Testing

/// Everything that goes wrong between us and a provider, on command of the sandbox: `faults.md` B and C in the large.
@Suite(.serialized) struct ProviderFaultTests {
    private static let unreadable = [
        "html", "empty", "huge", "slow_drip", "truncated", "reset", "hang_up", "gzip_bomb", "wrong_length",
    ]

    /// B1, B10: the message was taken, the answer is no use. Nothing is sent twice, and receipts settle it.
    @Test(arguments: unreadable)
    func `an answer that cannot be read is settled by receipts`(fault: String) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, .meta)
        try await world.behave(["answer_fault": .string(fault), "callback_delay_ms": 50, "deliver_delay_ms": 50, "reply_rate": 0])
        try await world.upload(1...8)
        let id = try await world.campaign()
        try await world.wait(for: "sent", atLeast: 8, in: id)
        let stats = try await world.stats(id)
        #expect([stats["sent"], stats["unknown"], stats["errors"]] == [8, 0, 0])
        let summary = try await world.requests()
        #expect([summary["requests"]?.int, summary["accepted"]?.int, summary["duplicates"]?.int] == [8, 8, 0])
        #expect(try await server.stop() == 0)
    }

    /// B10: a no in the clothes of a yes is never counted as sent.
    @Test(arguments: FlowProvider.allCases)
    func `an error under 200 is no success`(provider: FlowProvider) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, provider)
        try await world.behave(["answer_fault": "error_in_200"])
        try await world.upload(1...5)
        let id = try await world.campaign()
        _ = try await eventually("all are asked") { try await world.requests()["requests"]?.int ?? 0 >= 1 ? true : nil }
        _ = try await eventually("nothing is under way") {
            let stats = try await world.stats(id)
            return (stats["unknown"] ?? 0) + (stats["errors"] ?? 0) + (stats["waiting"] ?? 0) == 5 ? true : nil
        }
        #expect(try await world.stats(id)["sent"] == 0)
        #expect(try await server.stop() == 0)
    }

    /// B9: nothing follows the redirect, and the channel says what is wrong with it.
    @Test(arguments: FlowProvider.allCases)
    func `a redirect halts the channel`(provider: FlowProvider) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, provider)
        let trap = try Program(["sandbox", "--listen", "127.0.0.1:0"])
        let elsewhere = Caller(base: try await trap.address())
        try await world.behave(["answer_fault": "redirect", "redirect_to": .string(elsewhere.base + "/v1/messages")])
        try await world.upload(1...5)
        let id = try await world.campaign()
        #expect(try await world.held(id)["hold"]?["code"]?.string == "redirected")
        #expect(try await elsewhere.get("/sandbox/requests/summary")["requests"]?.int == 0)
        #expect(try await server.stop() == 0)
        #expect(try await trap.stop() == 0)
    }

    /// B8: what provably never left is tried again, and a new address is used at once.
    @Test func `a provider that is not there loses nobody`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, .meta)
        let channel = "/api/v1/channels/\(world.channel)"
        try await world.api.post(channel, ["base_url": "http://127.0.0.1:1"])
        try await world.upload(1...20)
        let id = try await world.campaign()
        _ = try await eventually("all are planned") { try await world.stats(id)["waiting"] == 20 ? true : nil }
        try await world.api.post(channel, ["base_url": .string(world.sandbox.base)])
        try await world.waitForEnd(of: id)
        #expect(try await world.stats(id)["sent"] == 20)
        #expect(try await world.requests()["duplicates"]?.int == 0)
        #expect(try await server.stop() == 0)
    }

    /// B4, B14: what the provider says about a number outlasts the campaign.
    @Test func `numbers that had enough or are not there are left out of the next campaign`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, .meta)
        try await world.behave(["callback_delay_ms": 5, "deliver_delay_ms": 5, "reply_rate": 0, "marketing_cap_rate": 1])
        try await world.upload(1...10)
        let first = try await world.campaign()
        try await world.wait(for: "delivery_errors", atLeast: 10, in: first)
        #expect(try await world.reasons(first, "delivery_error_reasons") == ["meta_131049": 10])
        let second = try await world.campaign("Second")
        try await world.waitForEnd(of: second)
        #expect(try await world.reasons(second) == ["marketing_paused": 10])
        #expect(try await world.requests()["requests"]?.int == 10)
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: [FlowProvider.vonage, .gupshup])
    func `a number that is not on WhatsApp is left out until it writes`(provider: FlowProvider) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, provider)
        try await world.behave(["callback_delay_ms": 5, "deliver_delay_ms": 5, "reply_rate": 0, "unreachable_rate": 1])
        try await world.upload(1...3)
        let first = try await world.campaign()
        try await world.wait(for: "delivery_errors", atLeast: 3, in: first)
        try await world.behave(["unreachable_rate": 0])
        try await world.sandbox.post("/sandbox/phones/\(FlowWorld.phone(1))/reply", ["text": "I am here"])
        try await world.wait(for: "replied", atLeast: 1, in: first)
        let second = try await world.campaign("Second")
        try await world.waitForEnd(of: second)
        #expect(try await world.stats(second)["sent"] == 1)
        #expect(try await world.reasons(second) == ["unreachable": 2])
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: [FlowProvider.vonage, .meta, .gupshup])
    func `an opt-out at the provider is one here`(provider: FlowProvider) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, provider)
        try await world.behave(["callback_delay_ms": 5, "deliver_delay_ms": 5, "reply_rate": 0, "opt_out_rate": 1])
        try await world.upload(1...4)
        let first = try await world.campaign()
        try await world.wait(for: "delivery_errors", atLeast: 4, in: first)
        let second = try await world.campaign("Second")
        try await world.waitForEnd(of: second)
        #expect(try await world.reasons(second) == ["not_opted_in": 4])
        #expect(try await server.stop() == 0)
    }

    /// B5, B11, B13 and their kin: each code of Meta's ends as its table says.
    @Test(arguments: [("131048", "channel"), ("131031", "channel"), ("132015", "template"), ("132001", "template")])
    func `a refusal that concerns everybody holds the campaign`(code: String, cause: String) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, .meta)
        try await world.behave(["refuse_rate": 1, "refuse_code": .string(code)])
        try await world.upload(1...200)
        let id = try await world.campaign()
        let hold = try await world.held(id)["hold"]
        #expect(hold?["cause"]?.string == cause && hold?["code"]?.string == "meta_\(code)")
        #expect(try await world.requests()["requests"]?.int ?? 0 <= 64 + 2)  // what may be under way at once, and a try
        #expect(try await world.stats(id)["waiting"] == 200)
        #expect(try await server.stop() == 0)
    }

    /// Everything at once: whatever happens, the numbers add up and nobody gets anything twice.
    @Test(arguments: FlowProvider.allCases)
    func `with every fault switched on the numbers add up and nobody gets it twice`(provider: FlowProvider) async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, provider, perSecond: 200, limits: ["pair_seconds": 0])
        try await world.behave([
            "callback_delay_ms": 5, "deliver_delay_ms": 20, "read_delay_ms": 20, "reply_delay_ms": 20, "read_rate": 0.7, "reply_rate": 0.3,
            "duplicate_rate": 0.3, "shuffle": true, "early_callbacks": true, "late_callbacks_ms": 20, "second_id_rate": 0.1,
            "lose_answer_rate": 0.1, "error_rate": 0.1, "error_status": 503, "rate_limit_per_second": 150, "retry_after_s": 1,
            "answer_fault": "truncated", "answer_fault_rate": 0.1, "unreachable_rate": 0.05, "opt_out_rate": 0.05,
            "marketing_cap_rate": 0.05, "undeliverable_rate": 0.05, "callback_retry_scale": 0.01,
        ])
        try await world.upload(1...150)
        let id = try await world.campaign()
        try await world.waitForEnd(of: id)
        _ = try await eventually("all callbacks are in") { try await world.requests()["callbacks"]?["open"]?.int == 0 ? true : nil }
        let stats = try await world.stats(id)
        #expect(stats["qualified"] == (stats["sent"] ?? 0) + (stats["errors"] ?? 0) + (stats["unknown"] ?? 0))
        let summary = try await world.requests()
        #expect(summary["duplicates"]?.int == 0)
        #expect(summary["accepted"]?.int ?? 0 >= Int64(stats["sent"] ?? 0))
        #expect(stats["delivered"] ?? 0 <= stats["sent"] ?? 0 && stats["viewed"] ?? 0 <= stats["delivered"] ?? 0)
        #expect(try await world.command("recount").exitCode() == 0)
        #expect(try await server.stop() == 0)
    }
}
