import Foundation

/// How long it takes from the answer to an upload until the provider is asked, for a campaign on an event, while 2,000 events
/// come in each second. One in a hundred of them sets the campaign off, each for another person. Both moments are read from
/// this machine's wall clock: the first by us, the second by the sandbox.
struct LiveBench {
    let seconds: Int
    private static let rate = 2000
    private static let batch = 100

    func run() async throws {
        let world = try await World()
        let calls = seconds * Self.rate / Self.batch
        try await world.upload(people: calls)
        try await world.connect(withCallbacks: false)
        try await launch(in: world)
        let (answered, took) = try await load(world, calls: calls)
        line("events taken in, \(Self.rate)/s wanted", "\(perSecond(calls * Self.batch, in: took).whole) events/s")
        let delays = try await delays(after: answered, in: world)
        line("live trigger: accepted to provider asked, median", "\((delays[delays.count / 2] * 1000).whole) ms")
        line("live trigger: accepted to provider asked, 99th percentile", "\((delays[delays.count * 99 / 100] * 1000).whole) ms")
        line("  of how many messages; the slowest", "\(delays.count); \((delays[delays.count - 1] * 1000).whole) ms")
        line("server's memory", "\(world.server.residentMegabytes().whole) MB")
    }

    private func launch(in world: World) async throws {
        let campaign = try await world.api.post(
            "/api/v1/campaigns",
            """
            {"name":"live","type":"single_action","when":{"start":"now"},"who":{"event":{"name":"Ticket Bought"}},
             "what":{"template":"shop:order_ready","language":"en","variables":{"1":"{{ Profile.Name }}","2":"A-17"}}}
            """)
        let path = "/api/v1/campaigns/\(campaign["id"] ?? 0)"
        try await world.api.post(path + "/schedule", "{}")
        while try await world.api.get(path)["status"] as? String != "running" { try await Task.sleep(for: .milliseconds(100)) }
        try await Task.sleep(for: .seconds(2))  // its start must lie before the events
    }

    /// Each call goes out at its own moment, whatever becomes of those before it.
    /// - Returns: when each was answered, in seconds since 1970.
    private func load(_ world: World, calls: Int) async throws -> (answered: [Int: Double], took: Duration) {
        let (start, pause) = (ContinuousClock.now, Duration.seconds(1) / (Self.rate / Self.batch))
        let answered = try await withThrowingTaskGroup(of: (Int, Double).self) { group in
            for call in 0..<calls {
                group.addTask { [api = world.api] in
                    try await Task.sleep(until: start + pause * call)
                    let events = (0..<Self.batch).map { Self.event($0, of: call) }
                    try await api.post("/1/upload", Array("{\"d\":[\(events.joined(separator: ","))]}".utf8))
                    return (call, Date().timeIntervalSince1970)
                }
            }
            return try await group.reduce(into: [Int: Double]()) { $0[$1.0] = $1.1 }
        }
        return (answered, ContinuousClock.now - start)
    }

    private static func event(_ number: Int, of call: Int) -> String {
        let name = number == 0 ? "Ticket Bought" : "Page Viewed"
        return #"{"type":"event","identity":"p\#(call)","evtName":"\#(name)","evtData":{"Amount":\#(number),"City":"Vilnius"}}"#
    }

    /// Waits until all are asked.
    /// - Returns: seconds, ascending.
    private func delays(after answered: [Int: Double], in world: World) async throws -> [Double] {
        let end = ContinuousClock.now + .seconds(60)
        var requests: [[String: Any]] = []
        repeat {
            requests = try await world.phones.get("/sandbox/requests?limit=10000")["requests"] as? [[String: Any]] ?? []
            try await Task.sleep(for: .milliseconds(500))
        } while requests.count < min(answered.count, 10_000) && ContinuousClock.now < end
        let reader = ISO8601DateFormatter()
        reader.formatOptions.insert(.withFractionalSeconds)
        let delays = requests.compactMap { request -> Double? in
            guard let to = (request["to"] as? String).flatMap({ Int($0) }), let at = request["at"] as? String,
                let asked = reader.date(from: at), let answered = answered[to - 14_155_000_000]
            else { return nil }
            return asked.timeIntervalSince1970 - answered
        }
        guard delays.count == min(answered.count, 10_000) else {
            throw BenchFailure("of \(answered.count) messages \(delays.count) were found in the sandbox")
        }
        return delays.sorted()
    }
}
