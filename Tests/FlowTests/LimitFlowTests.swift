import Core
import StorageTesting
import Testing

/// The limits that WhatsApp sets, kept before the provider has to say so.
@Suite(.serialized) struct LimitFlowTests {
    @Test(arguments: TestEngine.available)
    func `the daily budget of new people is kept, and the rest waits for tomorrow`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind, .meta, limits: ["daily_people": 25])
        try await world.behave(["tier_limit": 25])
        try await world.upload(1...100)
        let id = try await world.campaign()
        try await world.wait(for: "sent", atLeast: 25, in: id)
        _ = try await eventually("nothing is on its way") {
            let stats = try await world.stats(id)
            return (stats["sent"] ?? 0) + (stats["waiting"] ?? 0) == 100 ? true : nil
        }
        let stats = try await world.stats(id)
        #expect([stats["sent"], stats["waiting"], stats["errors"]] == [25, 75, 0])
        // Those who have their message already may get another one; nobody else may.
        let second = try await world.campaign("Second")
        try await world.wait(for: "sent", atLeast: 25, in: second)
        #expect(try await world.stats(second)["errors"] == 0)
        #expect(try await world.requests()["requests"]?.int == 50)
        #expect(try await server.stop() == 0)
    }

    @Test func `one person gets a burst and then a message in six seconds, from however many campaigns`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, .meta, limits: ["pair_seconds": 2, "pair_burst": 3])
        try await world.behave(["pair_limit_seconds": 1])
        try await world.upload(1...1)
        var campaigns: [Int64] = []
        for number in 1...5 { campaigns.append(try await world.campaign("Campaign \(number)")) }
        for campaign in campaigns { try await world.waitForEnd(of: campaign) }
        for campaign in campaigns { #expect(try await world.stats(campaign)["sent"] == 1) }
        let requests = try await world.sandbox.get("/sandbox/requests")["requests"]?.array ?? []
        let times = requests.compactMap { $0["at"]?.string.flatMap(Timestamp.init(iso8601:)) }
        #expect(times.count == 5)
        #expect(times[3] - times[0] >= .milliseconds(1900) && times[4] - times[3] >= .milliseconds(1900))
        #expect(try await server.stop() == 0)
    }

    @Test func `a channel that is told to slow down gets through without a failure`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite, .meta, perSecond: 200)
        try await world.behave(["rate_limit_per_second": 60, "retry_after_s": 1])
        try await world.upload(1...200)
        let id = try await world.campaign()
        try await world.waitForEnd(of: id)
        let stats = try await world.stats(id)
        #expect([stats["sent"], stats["errors"], stats["unknown"]] == [200, 0, 0])
        let requests = try await world.sandbox.get("/sandbox/requests?limit=10000")["requests"]?.array ?? []
        #expect(requests.contains { $0["status"]?.int == 429 })
        #expect(try await world.requests()["duplicates"]?.int == 0)
        #expect(try await server.stop() == 0)
    }
}
