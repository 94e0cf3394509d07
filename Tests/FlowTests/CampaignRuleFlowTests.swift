import Core
import StorageTesting
import Testing

/// What holds campaigns back: hours, limits, control groups and tests, with the numbers and reasons that are shown for it.
@Suite(.serialized) struct CampaignRuleFlowTests {
    @Test(arguments: TestEngine.available)
    func `quiet hours hold a message until they end where the person lives`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 3600)
        try await trial.world.upload(1...2) { ["Tz": $0 == 1 ? "Asia/Kolkata" : "America/Lima"] }
        // From an hour ago to four hours from now on the clocks of Kolkata, ten and a half hours before those of Lima.
        let now = trial.clock.now()
        let hour = (now + .seconds(19_800)).hour
        let hours: JSONValue = ["from": .string(Self.clock(hour + 23)), "to": .string(Self.clock(hour + 4))]
        let id = try await trial.world.campaign(
            changes: ["when": ["start": "now", "quiet_hours": ["hours": [hours], "otherwise": "delay"]]])
        try await trial.world.wait(for: "sent", atLeast: 1, in: id)
        #expect(try await trial.receivers() == [2])
        #expect(try await trial.world.stats(id)["waiting"] == 1)
        try await trial.world.waitForEnd(of: id)
        let requests = try await trial.requests().sorted { $0.at < $1.at }
        #expect(requests.map(\.person) == [2, 1])
        let end = Timestamp(seconds: (now.seconds + 19_800) / 3600 * 3600 + 4 * 3600 - 19_800)
        #expect(requests[1].at >= end, "\(requests)")
        #expect(try await trial.world.stats(id)["sent"] == 2)
        #expect(try await trial.end())
    }

    @Test func `quiet hours that discard count who was left out`() async throws {
        let trial = try await Trial(rate: 60)
        try await trial.world.upload(1...3) { _ in ["Tz": "Asia/Kolkata"] }
        let hour = (trial.clock.now() + .seconds(19_800)).hour
        let hours: JSONValue = ["from": .string(Self.clock(hour + 23)), "to": .string(Self.clock(hour + 4))]
        let id = try await trial.world.campaign(
            changes: ["when": ["start": "now", "quiet_hours": ["hours": [hours], "otherwise": "discard"]]])
        try await trial.world.waitForEnd(of: id)
        #expect(try await trial.world.reasons(id) == ["quiet_hours": 3])
        #expect(try await trial.end())
    }

    @Test(arguments: TestEngine.available)
    func `a person gets no more than the campaign's gap allows`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 3600)
        try await trial.world.upload(1...2)
        let id = try await trial.live(
            "single_action", ["event": ["name": "Charged"]], ["setup": ["limits": ["gap": ["hours": 4]]]])
        let first = trial.clock.now()
        try await trial.did("Charged", 1...2)
        try await trial.world.wait(for: "sent", atLeast: 2, in: id)
        try await trial.did("Charged", [1])
        try await trial.world.wait(for: "errors", atLeast: 1, in: id)
        #expect(try await trial.world.reasons(id) == ["campaign_limit": 1])
        try await trial.reach(first + .seconds(8 * 3600))
        try await trial.did("Charged", [1])
        try await trial.world.wait(for: "sent", atLeast: 3, in: id)
        #expect(try await trial.receivers() == [1, 1, 2])
        #expect(try await trial.end())
    }

    @Test(arguments: TestEngine.available)
    func `the control group of a live campaign gets nothing and is compared`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 60)
        try await trial.world.upload(1...60)
        let id = try await trial.live(
            "single_action", ["event": ["name": "Searched"]],
            [
                "setup": [
                    "control_group": ["percent": 50],
                    "conversion": ["event": "Charged", "within": ["days": 1], "revenue_property": "Amount"],
                ]
            ])
        try await trial.did("Searched", 1...60)
        _ = try await eventually("all are settled") {
            let stats = try await trial.world.stats(id)
            return stats["qualified"] == 60 && stats["waiting"] == 0 ? true : nil
        }
        let stats = try await trial.world.stats(id)
        let (sent, held) = (stats["sent"] ?? 0, stats["control_group"] ?? 0)
        #expect(sent + held == 60 && sent >= 10 && held >= 10 && stats["errors"] == 0)
        #expect(try await trial.receivers().count == sent)
        try await trial.did("Charged", 1...60) { _ in ["Amount": 2.5] }
        try await trial.did("Charged", 1...60) { _ in ["Amount": 100] }
        try await trial.world.wait(for: "control_conversions", atLeast: held, in: id)
        let counted = try await trial.world.api.get("/api/v1/campaigns/\(id)/stats")
        #expect(counted["conversions"]?.int == Int64(sent) && counted["control_conversions"]?.int == Int64(held))
        #expect(counted["revenue"]?.number == 2.5 * Double(sent) && counted["control_revenue"]?.number == 2.5 * Double(held))
        #expect(try await trial.end())
    }

    @Test(arguments: TestEngine.available)
    func `the variant that is viewed most goes to the rest`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 900)
        try await trial.world.behave(["read_rate": 0.5])
        try await trial.world.upload(1...100)
        let choice: [String: JSONValue] = ["template": "shop:order_ready", "language": "en"]
        let variants = ["Short", "Long"].map { name in
            JSONValue.object(choice.merging(["variables": ["1": .string(name), "2": "A-17"], "name": .string(name)]) { $1 })
        }
        let id = try await trial.world.campaign(
            changes: ["what": ["variants": .array(variants), "mode": "winner", "test": ["percent": 40, "minutes": 60]]])
        try await trial.world.wait(for: "sent", atLeast: 40, in: id)
        try await trial.reach(trial.clock.now() + .seconds(1800))
        let test = try await trial.world.api.get("/api/v1/campaigns/\(id)/stats")
        #expect(test["sent"]?.int == 40)
        let viewed = ["Short", "Long"].map { test["variants"]?[$0]?["viewed"]?.int ?? 0 }
        #expect(["Short", "Long"].map { test["variants"]?[$0]?["sent"]?.int } == [20, 20])
        try await trial.world.waitForEnd(of: id)
        let all = try await trial.world.api.get("/api/v1/campaigns/\(id)/stats")
        let (winner, other) = viewed[1] > viewed[0] ? ("Long", "Short") : ("Short", "Long")
        #expect(all["variants"]?[winner]?["sent"]?.int == 80 && all["variants"]?[other]?["sent"]?.int == 20)
        #expect(try await trial.receivers() == Array(1...100))
        #expect(try await trial.end())
    }

    @Test(arguments: TestEngine.available)
    func `at most so many are written to, and the others are counted`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 60)
        try await trial.world.upload(1...150)
        let id = try await trial.world.campaign(changes: ["who": ["where": [:], "reach": ["at_most": 100]]])
        try await trial.world.waitForEnd(of: id)
        let stats = try await trial.world.stats(id)
        #expect([stats["qualified"], stats["sent"], stats["errors"]] == [150, 100, 50])
        #expect(try await trial.world.reasons(id) == ["reach_limit": 50])
        let receivers = try await trial.receivers()
        #expect(Set(receivers).count == 100 && receivers != Array(1...100))
        #expect(try await trial.end())
    }

    @Test(arguments: TestEngine.available)
    func `a live campaign sends so many a day, and the next day again`(kind: TestEngine) async throws {
        let trial = try await Trial(kind, rate: 3600, from: 14)
        try await trial.world.upload(1...110)
        let id = try await trial.live("single_action", ["event": ["name": "Charged"], "reach": ["per_day": 100]])
        // What comes must come on one day, and an hour is a second.
        let midnight = trial.clock.now().next(hour: 0)
        if midnight - trial.clock.now() < .seconds(4 * 3600) { try await trial.reach(midnight) }
        let end = trial.clock.now().next(hour: 0)
        try await trial.did("Charged", 1...110)
        _ = try await eventually("all are settled") {
            let stats = try await trial.world.stats(id)
            return stats["qualified"] == 110 && stats["waiting"] == 0 ? true : nil
        }
        let stats = try await trial.world.stats(id)
        #expect([stats["sent"], stats["errors"]] == [100, 10])
        #expect(try await trial.world.reasons(id) == ["day_limit": 10])
        try await trial.reach(end)
        try await trial.did("Charged", 1...5)
        try await trial.world.wait(for: "sent", atLeast: 105, in: id)
        #expect(try await trial.end())
    }

    /// `23:00` for 23 and 47.
    private static func clock(_ hour: Int) -> String { "\(hour % 24 < 10 ? "0" : "")\(hour % 24):00" }
}

extension Timestamp {
    /// Of the day, in UTC.
    fileprivate var hour: Int { Int(seconds % 86_400 / 3600) }
}
