import Foundation

/// A one-time campaign to everybody, beside a bare loop of async-http-client that posts the same message to the same
/// sandbox with as many requests under way.
struct CampaignBench {
    let people: Int
    private static let inFlight = 64

    func run() async throws {
        let world = try await World()
        let atStart = world.server.residentMegabytes()
        let uploading = try await ContinuousClock().measure { try await world.upload(people: people) }
        line("upload of \(people) profiles, one call of 1,000 after another", "\(perSecond(people, in: uploading).whole) records/s")

        try await world.connect(withCallbacks: false)
        let before = try await bareLoop(world, "before")
        let quiet = try await campaign("without receipts", in: world)
        let after = try await bareLoop(world, "after")
        let bare = (before + after) / 2
        line("bare loop, before and after", "\(before.whole) and \(after.whole) requests/s")
        line("campaign without receipts", "\(quiet.rate.whole) people/s, \((quiet.rate / bare).hundredths) of the bare loop")

        try await world.connect(withCallbacks: true)
        try await world.phones.post(
            "/sandbox/behaviour", #"{"deliver_rate":1,"read_rate":0.7,"reply_rate":0.05,"callback_delay_ms":5,"deliver_delay_ms":20}"#)
        let full = try await campaign("with receipts", in: world)
        line(
            "campaign with receipts and replies coming in", "\(full.rate.whole) people/s, \((full.rate / bare).hundredths) of the bare loop"
        )
        line("server's memory: at start, highest of both campaigns", "\(atStart.whole) and \(max(quiet.memory, full.memory).whole) MB")
        try await report(full.id, world)
    }

    private func bareLoop(_ world: World, _ name: String) async throws -> Double {
        let count = min(people, 20_000)
        var caller = world.phones
        caller.headers = [("authorization", World.authorization)]
        let target = caller
        let duration = try await timed(count, width: Self.inFlight) { index in
            _ = try await target.post(
                "/v1/messages",
                Array(
                    """
                    {"channel":"whatsapp","client_ref":"\(name)-\(index)","from":"14155550100","message_type":"template",\
                    "template":{"name":"shop:order_ready","parameters":["Person \(index)","A-17"]},"to":"1415\(5_000_000 + index)",\
                    "whatsapp":{"locale":"en","policy":"deterministic"}}
                    """.utf8))
        }
        return perSecond(count, in: duration)
    }

    /// From "schedule" to "completed", looking four times a second.
    private func campaign(_ name: String, in world: World) async throws -> (id: Int, rate: Double, memory: Double) {
        let campaign = try await world.api.post(
            "/api/v1/campaigns",
            """
            {"name":"\(name)","type":"one_time","when":{"start":"now"},"who":{"where":{}},"what":{"template":"shop:order_ready",
             "language":"en","variables":{"1":"{{ Profile.Name }}","2":"A-17"}}}
            """)
        guard let id = campaign["id"] as? Int else { throw BenchFailure("\(campaign)") }
        var memory = 0.0
        let duration = try await ContinuousClock().measure {
            try await world.api.post("/api/v1/campaigns/\(id)/schedule", "{}")
            while try await world.api.get("/api/v1/campaigns/\(id)")["status"] as? String != "completed" {
                memory = max(memory, world.server.residentMegabytes())
                try await Task.sleep(for: .milliseconds(250))
            }
        }
        return (id, perSecond(people, in: duration), memory)
    }

    /// Waits until receipts no longer come in and prints the numbers.
    private func report(_ id: Int, _ world: World) async throws {
        var last: [String: Any] = [:]
        while true {
            let stats = try await world.api.get("/api/v1/campaigns/\(id)/stats")
            if NSDictionary(dictionary: stats) == NSDictionary(dictionary: last) { break }
            last = stats
            try await Task.sleep(for: .seconds(3))
        }
        let names = ["qualified", "sent", "delivered", "viewed", "replied", "errors", "unknown"]
        line("its numbers", names.map { "\($0) \(last[$0] ?? 0)" }.joined(separator: ", "))
        line("server's memory when all receipts are in", "\(world.server.residentMegabytes().whole) MB")
        let summary = try await world.phones.get("/sandbox/requests/summary")
        line("references that the sandbox accepted twice", "\(summary["duplicates"] ?? "unknown")")
    }
}
