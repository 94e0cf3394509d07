import Core
import StorageTesting
import Testing

/// CleverTap's campaign calls, pre-flight and test sends, over the wire to the sandbox.
@Suite(.serialized) struct TargetFlowTests {
    private static let content: JSONValue = [
        "template_name": "order_ready", "locale": "en",
        "body": ["replacements": [#"{{ Profile.Name | default: "there" }}"#, "A-17"]],
    ]

    @Test(arguments: TestEngine.available)
    func `a target that is created over the wire arrives, and reports`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind)
        try await world.upload(1...20) { $0 > 15 ? ["MSG-whatsapp": nil] : [:] }
        let made = try await world.api.post(
            "/1/targets/create.json",
            [
                "name": "Wire", "target_mode": "whatsapp", "provider_nick_name": "Flow", "where": [:], "when": "now",
                "content": Self.content,
            ])
        #expect(made["status"] == "success" && made["estimates"] == ["whatsapp": 15])
        let id = made["id"]?.int ?? 0
        try await world.waitForEnd(of: id)
        let result = try await world.api.post("/1/targets/result.json", ["id": .int(id)])
        #expect(result == ["status": "success", "result": ["sent": 15, "clicked": 0]])
        #expect(try await world.reasons(id) == ["not_opted_in": 5])
        let summary = try await world.requests()
        #expect(summary["accepted"]?.int == 15 && summary["duplicates"]?.int == 0)
        #expect(try await server.stop() == 0)
    }

    @Test(arguments: TestEngine.available)
    func `a call that sends at once arrives once, however often it is repeated`(kind: TestEngine) async throws {
        let (world, server) = try await FlowWorld.start(kind)
        try await world.upload(1...5) { $0 == 5 ? ["MSG-whatsapp": nil] : [:] }
        let call: JSONValue = [
            "to": ["Identity": ["p1", "p2", "p3", "p5"]], "tag_group": "Receipts", "content": Self.content, "message_id": "call-1",
        ]
        for _ in 1...3 {
            #expect(try await world.api.post("/1/send/whatsapp.json", call)["message"] == "Added to queue for processing")
        }
        let campaigns = try await world.api.get("/api/v1/campaigns?type=direct")["campaigns"]?.array ?? []
        #expect(campaigns.map { $0["name"] } == ["Receipts"])
        let id = campaigns.first?["id"]?.int ?? 0
        try await world.wait(for: "sent", atLeast: 3, in: id)
        let stats = try await world.stats(id)
        #expect([stats["qualified"], stats["sent"], stats["errors"]] == [4, 3, 1])
        let first = try await world.sandbox.get("/sandbox/requests?limit=1")["requests"]?.array?.first
        #expect(first?["parameters"]?.array?.last?.string == "A-17")
        #expect(try await world.requests()["accepted"]?.int == 3)
        #expect(try await world.command("recount").exitCode() == 0)
        #expect(try await server.stop() == 0)
    }

    @Test func `a campaign is looked at, tested, and then does what was said`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite)
        try await world.upload(1...2100) { $0 > 2000 ? ["MSG-whatsapp": nil] : $0 == 7 ? ["ct_is_test_user": true] : [:] }
        let definition: JSONValue = [
            "name": "Looked at", "type": "one_time", "channel_id": .int(world.channel), "when": ["start": "now"], "who": ["where": [:]],
            "what": ["template": "shop:order_ready", "variables": ["1": "{{ Profile.Name }}", "2": "A-17"]],
        ]
        let id = try await world.api.post("/api/v1/campaigns", definition)["id"]?.int ?? 0
        let begun = try await world.api.call("POST", "/api/v1/campaigns/\(id)/preflight", [:])
        let job = begun.body["job"]?.string ?? ""
        #expect(begun.status == 202)
        let report = try await eventually("the job is done") {
            let answer = try await world.api.get("/api/v1/campaigns/\(id)/preflight/\(job)")
            return answer["status"] == "done" ? answer : JSONValue?.none
        }
        #expect(report["people"] == 2100 && report["will_get"] == 2000 && report["seconds_at_rate"]?.number == 4)
        #expect(report["reasons"]?["not_opted_in"]?["people"] == 100)
        let test = try await world.api.post("/api/v1/campaigns/\(id)/test", ["to": "test_profiles"])["results"]?.array ?? []
        #expect(test.map { $0["outcome"] } == ["accepted"] && test.first?["values"] == ["Person 7", "A-17"])
        // Not opted in, but named.
        let named = try await world.api.post("/api/v1/campaigns/\(id)/test", ["to": ["identity": "p2050"]])["results"]?.array ?? []
        #expect(named.map { $0["outcome"] } == ["accepted"])
        #expect(try await world.requests()["accepted"]?.int == 2)
        #expect(try await world.stats(id)["qualified"] == 0)
        try await world.api.post("/api/v1/campaigns/\(id)/schedule", [:])
        try await world.waitForEnd(of: id)
        #expect(try await world.stats(id)["sent"] == 2000)
        #expect(try await server.stop() == 0)
    }
}
