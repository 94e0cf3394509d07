import Foundation

/// How long it takes to plan a one-time campaign to everybody, and how much memory. The people come in through the upload call,
/// 1,000 at a time, which is timed apart. The channel is slowed to one message a second, so that next to nothing is sent meanwhile.
struct PlanningBench {
    let people: Int

    func run() async throws {
        let world = try await World()
        let uploading = try await ContinuousClock().measure { try await world.upload(people: people) }
        line("upload of \(people) profiles, one call of 1,000 after another", "\(perSecond(people, in: uploading).whole) records/s")
        try await world.connect(withCallbacks: false)
        let channels = try await world.api.get("/api/v1/channels")["channels"] as? [[String: Any]] ?? []
        try await world.api.post("/api/v1/channels/\(channels.first?["id"] ?? 0)", #"{"per_second":1}"#)
        let atStart = world.server.residentMegabytes()
        let (took, most) = try await plan(in: world)
        let seconds = took / .seconds(1)
        line("planning a one-time campaign for \(people) people", "\(seconds.hundredths) s, \((Double(people) / seconds).whole) people/s")
        line("server's memory: before, highest while planning", "\(atStart.whole) and \(most.whole) MB")
    }

    /// From "schedule" until everybody has qualified, looking ten times a second.
    private func plan(in world: World) async throws -> (took: Duration, memory: Double) {
        let campaign = try await world.api.post(
            "/api/v1/campaigns",
            """
            {"name":"plan","type":"one_time","when":{"start":"now"},"who":{"where":{}},"what":{"template":"shop:order_ready",
             "language":"en","variables":{"1":"{{ Profile.Name }}","2":"A-17"}}}
            """)
        let path = "/api/v1/campaigns/\(campaign["id"] ?? 0)"
        var memory = 0.0
        let took = try await ContinuousClock().measure {
            try await world.api.post(path + "/schedule", "{}")
            while try await world.api.get(path + "/stats")["qualified"] as? Int ?? 0 < people {
                memory = max(memory, world.server.residentMegabytes())
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        return (took, memory)
    }
}
