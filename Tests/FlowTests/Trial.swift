import Core
import StorageTesting

/// A server and a sandbox on a clock that goes fast, for what takes days.
struct Trial: Sendable {
    let world: FlowWorld
    let server: Program
    /// The clock that both go by, also after a restart.
    let clock: WallClock

    static let day = Duration.seconds(86_400)

    /// - Parameters:
    ///   - rate: how many times as fast. Looks that the server takes once a second are so far apart.
    ///   - hour: what the clock shows first, by UTC; nil for now.
    init(_ kind: TestEngine = .sqlite, rate: Int, from hour: Int64? = nil) async throws {
        let now = WallClock.system.now()
        let origin = hour.map { now - (now.next(hour: $0) - now) / (rate - 1) } ?? now
        clock = .system.scaled(by: rate, since: origin)
        // Meta's callbacks carry no time of signing that could be too old.
        (world, server) = try await FlowWorld.start(
            kind, .meta, clock: ["WHIMBREL_CLOCK_RATE": "\(rate)", "WHIMBREL_CLOCK_SINCE": origin.iso8601(fraction: true)])
        try await world.behave([
            "deliver_rate": 1, "read_rate": 0, "reply_rate": 0, "callback_delay_ms": 1, "deliver_delay_ms": 1, "read_delay_ms": 1,
        ])
    }

    /// Uploads what people did, all in one call.
    func did(_ event: String, _ people: some Sequence<Int>, at time: Timestamp? = nil, _ data: (Int) -> JSONValue = { _ in [:] })
        async throws
    {
        let records = people.map { person -> JSONValue in
            var record: [String: JSONValue] = [
                "type": "event", "identity": .string("p\(person)"), "evtName": .string(event), "evtData": data(person),
            ]
            if let time { record["ts"] = .int(time.seconds) }
            return .object(record)
        }
        let answer = try await world.api.post("/1/upload", ["d": .array(records)])
        guard answer["status"]?.string == "success" else { throw FlowFailure(answer.text) }
    }

    /// Makes a live campaign and waits until it runs.
    func live(_ type: String, _ who: JSONValue, _ changes: [String: JSONValue] = [:]) async throws -> Int64 {
        let id = try await world.campaign(changes: ["type": .string(type), "who": who].merging(changes) { $1 })
        _ = try await eventually("the campaign runs") {
            try await world.api.get("/api/v1/campaigns/\(id)")["status"]?.string == "running" ? true : nil
        }
        return id
    }

    /// Waits until the clock shows a time.
    func reach(_ time: Timestamp) async throws {
        _ = try await eventually("it is \(time.iso8601())", limit: .seconds(30)) { clock.now() >= time ? true : nil }
    }

    /// Who got a message, by number of the person, each time.
    func receivers() async throws -> [Int] { try await requests().map(\.person).sorted() }

    /// The requests that were accepted, and when by the trial's clock.
    func requests() async throws -> [(person: Int, at: Timestamp)] {
        let requests = try await world.sandbox.get("/sandbox/requests?limit=10000")["requests"]?.array ?? []
        return requests.filter { $0["status"]?.int == 200 }.compactMap { request in
            guard let to = request["to"]?.string, let at = request["at"]?.string.flatMap(Timestamp.init(iso8601:)) else { return nil }
            return Int(to.suffix(4)).map { ($0, at) }
        }
    }

    /// Sees that nobody got a message twice, that the numbers agree with the messages, and stops.
    func end(_ last: Program? = nil) async throws -> Bool {
        guard try await world.requests()["duplicates"]?.int == 0 else { return false }
        guard try await world.command("recount").exitCode() == 0 else { return false }
        return try await (last ?? server).stop() == 0
    }
}

extension Timestamp {
    /// The next time that it is a full hour of the day, by UTC.
    func next(hour: Int64) -> Timestamp {
        let today = Timestamp(seconds: seconds / 86_400 * 86_400 + hour * 3600)
        return today > self ? today : today + Trial.day
    }

    /// As an upload writes a date.
    var asProperty: JSONValue { .string(propertyDate) }
}
