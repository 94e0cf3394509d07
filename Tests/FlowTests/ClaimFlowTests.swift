import Core
import StorageTesting
import Testing

/// The examples of the claims, as a company would do them: uploads in, messages out, on a clock that goes fast.
@Suite(.serialized) struct ClaimFlowTests {
    // Claim 55.
    @Test(arguments: TestEngine.available)
    func `everyone who booked tickets last week gets the message once`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 60)
        try await trial.world.upload(1...12)
        let now = trial.clock.now()
        try await trial.did("Tickets Booked", 1...6, at: now - Trial.day * 3)
        try await trial.did("Tickets Booked", 1...3, at: now - Trial.day * 2)
        try await trial.did("Tickets Booked", 7...9, at: now - Trial.day * 9)
        try await trial.did("Tickets Viewed", 10...12, at: now - Trial.day)
        let id = try await trial.world.campaign(
            changes: ["who": ["where": ["did": [["event": "tickets booked", "window": ["last": ["days": 7]]]]]]])
        try await trial.world.waitForEnd(of: id)
        #expect(try await trial.receivers() == Array(1...6))
        let stats = try await trial.world.stats(id)
        #expect([stats["qualified"], stats["sent"], stats["errors"], stats["unknown"]] == [6, 6, 0, 0])
        #expect(try await trial.end())
    }

    // Claim 57.
    @Test(arguments: TestEngine.available)
    func `a confirmation goes to everyone who buys a movie ticket`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 60)
        try await trial.world.upload(1...4) { $0 == 3 ? ["MSG-whatsapp": nil] : [:] }
        let id = try await trial.live(
            "single_action", ["event": ["name": "Ticket Bought", "filters": [["name": "Movie", "operator": "exists"]]]],
            ["what": ["template": "shop:order_ready", "variables": ["1": "{{ Profile.Name }}", "2": "{{ Event.Movie }}"]]])
        try await trial.did("Ticket Bought", 1...3) { ["Movie": .string("Film \($0)")] }
        try await trial.did("Ticket Bought", [4])
        try await trial.world.wait(for: "sent", atLeast: 2, in: id)
        try await trial.did("Ticket Bought", [1]) { _ in ["Movie": "Sequel"] }
        try await trial.world.wait(for: "sent", atLeast: 3, in: id)
        #expect(try await trial.receivers() == [1, 1, 2])
        let stats = try await trial.world.stats(id)
        #expect([stats["qualified"], stats["sent"], stats["errors"]] == [4, 3, 1])
        #expect(try await trial.world.reasons(id) == ["not_opted_in": 1])
        let last = try await trial.world.sandbox.get("/sandbox/requests?limit=10")["requests"]?.array ?? []
        #expect(Set(last.compactMap { $0["parameters"]?.array?.last?.string }) == ["Film 1", "Film 2", "Sequel"])
        #expect(try await trial.end())
    }

    // Claim 59.
    @Test(arguments: TestEngine.available)
    func `a reminder goes to those who do not check out within 30 minutes`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 300)
        try await trial.world.upload(1...4)
        let id = try await trial.live(
            "inaction", ["event": ["name": "Added To Cart"], "without": ["name": "Charged"], "within": ["minutes": 30]])
        try await trial.did("Charged", [3])
        let added = trial.clock.now()
        try await trial.did("Added To Cart", 1...4)
        try await trial.reach(added + .seconds(600))
        try await trial.did("Charged", [2])
        #expect(try await trial.receivers() == [])
        try await trial.world.wait(for: "sent", atLeast: 3, in: id)
        let requests = try await trial.requests()
        #expect(requests.map(\.person).sorted() == [1, 3, 4])
        #expect(requests.allSatisfy { $0.at - added >= .seconds(1800) })
        let stats = try await trial.world.stats(id)
        #expect([stats["qualified"], stats["sent"], stats["errors"]] == [3, 3, 0])
        #expect(try await trial.end())
    }

    // Claim 61.
    @Test(arguments: TestEngine.available)
    func `what to do and not to do goes out one day before the flight leaves`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 3600)
        try await trial.world.upload(1...4)
        let id = try await trial.live(
            "date_time",
            [
                "event": ["name": "Flight Booked"], "date_property": "departure", "offset": ["days": -1], "same": "PNR",
                "cancelled_by": ["name": "Flight Cancelled"],
            ])
        let (now, hour) = (trial.clock.now(), Duration.seconds(3600))
        let leaves = now + Trial.day + hour * 5
        try await trial.did("Flight Booked", 1...4) { ["departure": leaves.asProperty, "PNR": .string("P\($0)")] }
        // The second leaves later, the third not at all, the fourth so soon that there is no day left.
        try await trial.did("Flight Booked", [2]) { _ in ["departure": (leaves + hour * 4).asProperty, "PNR": "P2"] }
        try await trial.did("Flight Cancelled", [3]) { _ in ["PNR": "P3"] }
        try await trial.did("Flight Booked", [4]) { _ in ["departure": (now + hour * 20).asProperty, "PNR": "P4"] }
        try await trial.world.wait(for: "sent", atLeast: 2, in: id)
        try await trial.reach(leaves + hour * 6 - Trial.day)
        let requests = try await trial.requests().sorted { $0.at < $1.at }
        #expect(requests.map(\.person) == [1, 2])
        let due = [leaves - Trial.day, leaves + hour * 4 - Trial.day]
        #expect(zip(requests, due).allSatisfy { $0.at >= $1 && $0.at - $1 < Trial.day }, "\(requests)")
        let stats = try await trial.world.stats(id)
        #expect([stats["qualified"], stats["sent"], stats["errors"]] == [2, 2, 0])
        #expect(try await trial.end())
    }

    @Test(arguments: TestEngine.available, [true, false])
    func `those who wait outlast a stop and a kill`(kind: TestEngine, isKilled: Bool) async throws {
        let trial = try await Trial(kind, rate: 300)
        try await trial.world.upload(1...40)
        let id = try await trial.live(
            "single_action", ["event": ["name": "Charged"]], ["when": ["start": "now", "delay": ["minutes": 20]]])
        let bought = trial.clock.now()
        try await trial.did("Charged", 1...40)
        try await trial.reach(bought + .seconds(300))
        if isKilled { try await trial.server.killAtOnce() } else { #expect(try await trial.server.stop() == 0) }
        let again = try await trial.world.restart()
        try await trial.did("Charged", [7])
        try await trial.world.wait(for: "sent", atLeast: 41, in: id)
        #expect(try await trial.receivers() == (Array(1...40) + [7]).sorted())
        let stats = try await trial.world.stats(id)
        #expect([stats["qualified"], stats["sent"], stats["errors"], stats["unknown"]] == [41, 41, 0, 0])
        #expect(try await trial.end(again))
    }

    @Test(arguments: TestEngine.available)
    func `a start that was missed by too much waits for a person`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 3600)
        try await trial.world.upload(1...5)
        let start = trial.clock.now() + .seconds(3 * 3600)
        let id = try await trial.world.campaign(changes: ["when": ["start": .string(start.iso8601())]])
        #expect(try await trial.server.stop() == 0)
        try await trial.reach(start + .seconds(7200))
        let again = try await trial.world.restart()
        #expect(try await trial.world.held(id)["hold"]?["code"]?.string == "start_missed")
        #expect(try await trial.world.stats(id)["qualified"] == 0)
        try await trial.world.api.post("/api/v1/campaigns/\(id)/resume", [:])
        try await trial.world.waitForEnd(of: id)
        #expect(try await trial.receivers() == Array(1...5))
        #expect(try await trial.end(again))
    }

    @Test func `a fast clock is refused where others could reach the server`() async throws {
        for variables in [["WHIMBREL_LISTEN": "0.0.0.0:0"], ["WHIMBREL_PUBLIC_URL": "https://chat.example.com"]] {
            let folder = try ScratchFolder()
            let program = try Program(
                ["serve", "--clock-rate", "60"],
                variables: ["WHIMBREL_DATA": folder.path, "WHIMBREL_LISTEN": "127.0.0.1:0"].merging(variables) { $1 })
            #expect(try await program.exitCode() == 1)
            #expect(program.output.joined().contains("WHIMBREL_CLOCK_RATE is for trials"))
        }
        for rate in ["0", "3601", "fast"] {
            let program = try Program(["serve", "--listen", "127.0.0.1:0", "--clock-rate", rate])
            #expect(try await program.exitCode() == 1)
            #expect(program.output.joined().contains("WHIMBREL_CLOCK_RATE must be a whole number from 1 to 3600"))
        }
    }
}
