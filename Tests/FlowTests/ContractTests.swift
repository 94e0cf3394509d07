import Core
import StorageTesting
import Testing

/// What callers meet at the edges: bad input is refused by a code, a field and a rule, and changes nothing.
@Suite(.serialized) struct ContractTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let path: String
        let body: JSONValue
        let status: Int
        let code: String
        let field: String?
        var testDescription: String { "\(path) \(code) \(field ?? "")" }

        init(_ path: String, _ body: JSONValue, _ status: Int, _ code: String, _ field: String?) {
            (self.path, self.body, self.status, self.code, self.field) = (path, body, status, code, field)
        }
    }

    private static func channel(_ changes: [String: JSONValue]) -> JSONValue {
        let standard: [String: JSONValue] = [
            "nickname": "Other", "provider": "vonage", "number": "+14155550101",
            "credentials": ["api_key": "k", "api_secret": "s", "signature_secret": "0123456789abcdef0123456789abcdef"],
        ]
        return .object(standard.merging(changes) { $1 })
    }

    private static func campaign(_ changes: [String: JSONValue]) -> JSONValue {
        let standard: [String: JSONValue] = [
            "name": "N", "type": "one_time", "when": ["start": "now"], "who": ["where": [:]],
            "what": ["template": "shop:order_ready", "language": "en", "variables": ["1": "a", "2": "b"]],
        ]
        return .object(standard.merging(changes) { $1 })
    }

    private static let refusals: [Refusal] = [
        Refusal("channels", channel(["provider": "pigeon"]), 400, "unknown_provider", "provider"),
        Refusal("channels", channel(["number": "4155550101"]), 400, "invalid_phone", "number"),
        Refusal("channels", channel(["nickname": "Flow"]), 409, "nickname_taken", "nickname"),
        Refusal("channels", channel(["base_url": "ftp://x"]), 400, "invalid_channel", "base_url"),
        Refusal("channels/99/templates", ["name": "a:b", "body": "x"], 404, "unknown_channel", nil),
        Refusal("channels/1/templates", ["name": "order_ready", "body": "x"], 400, "invalid_template_name", "name"),
        Refusal("channels/1/templates", ["name": "shop:gap", "body": "{{1}} and {{3}}"], 400, "variable_gap", "body"),
        Refusal("channels/1/templates", ["name": "shop:order_ready", "body": "again"], 409, "template_exists", "name"),
        Refusal("campaigns", campaign(["type": "recurring"]), 400, "invalid_type", "type"),
        Refusal("campaigns", campaign(["who": ["where": ["moon": 1]]]), 400, "invalid_rule", "who.where.moon"),
        Refusal("campaigns", campaign(["surprise": 1]), 400, "invalid_campaign", "surprise"),
        Refusal(
            "campaigns", campaign(["what": ["template": "shop:order_ready", "variables": ["1": "a"]]]), 400, "missing_variable",
            "what.variables.2"),
        Refusal(
            "campaigns", campaign(["what": ["template": "shop:nothing", "variables": [:]]]), 400, "unknown_template", "what.template"),
        Refusal("campaigns/99/schedule", [:], 404, "unknown_campaign", nil),
        Refusal("campaigns/moon/stop", [:], 404, "unknown_campaign", nil),
    ]

    @Test func `bad input is refused by code, field and rule, and makes nothing`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite)
        for refusal in Self.refusals {
            let answer = try await world.api.call("POST", "/api/v1/\(refusal.path)", refusal.body)
            let error = answer.body["error"]
            #expect(answer.status == refusal.status, "\(refusal.testDescription): \(answer.body.text)")
            #expect(error?["code"]?.string == refusal.code, "\(refusal.testDescription): \(answer.body.text)")
            #expect(error?["field"]?.string == refusal.field, "\(refusal.testDescription): \(answer.body.text)")
            #expect(error?["message"]?.string?.isEmpty == false)
        }
        #expect(try await world.api.get("/api/v1/channels")["channels"]?.array?.count == 1)
        #expect(try await world.api.get("/api/v1/campaigns")["campaigns"]?.array == [])
        #expect(try await server.stop() == 0)
    }

    @Test func `a template that is not approved cannot be scheduled until it is`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite)
        let template = try await world.api.post(
            "/api/v1/channels/1/templates", ["name": "shop:new", "body": "Hello", "approval": "pending"])
        let campaign = try await world.api.post(
            "/api/v1/campaigns", Self.campaign(["what": ["template": "shop:new", "variables": [:]]]))
        let path = "/api/v1/campaigns/\(campaign["id"]?.int ?? 0)/schedule"
        let refused = try await world.api.call("POST", path, [:])
        #expect((refused.status, refused.body["error"]?["code"]?.string) == (409, "template_not_approved"))
        try await world.api.post("/api/v1/channels/1/templates/\(template["id"]?.int ?? 0)/approval", ["approval": "approved"])
        try await world.api.post(path, [:])
        #expect(try await server.stop() == 0)
    }

    @Test func `twenty schedules at once start one run`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite)
        try await world.upload(1...40)
        let campaign = try await world.api.post("/api/v1/campaigns", Self.campaign([:]))
        let path = "/api/v1/campaigns/\(campaign["id"]?.int ?? 0)/schedule"
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await world.api.call("POST", path, [:]).status } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(statuses == [200])
        try await world.waitForEnd(of: campaign["id"]?.int ?? 0)
        #expect(try await world.requests()["accepted"]?.int == 40)
        #expect(try await server.stop() == 0)
    }

    @Test func `the doors for machines answer, and a forged callback does not get in`() async throws {
        let (world, server) = try await FlowWorld.start(.sqlite)
        let open = Caller(base: world.api.base)
        #expect(try await open.call("GET", "/health/live", nil).status == 200)
        #expect(try await open.call("GET", "/health/ready", nil).status == 200)
        #expect(try await open.call("GET", "/metrics", nil).body.string?.contains("whimbrel_commits_total") == true)
        #expect(try await open.call("GET", "/nothing", nil).status == 404)
        let wrongMethod = try await world.api.call("GET", "/1/upload", nil)
        #expect((wrongMethod.status, wrongMethod.body["code"]?.int) == (405, 405))
        let channel = try await world.api.get("/api/v1/channels/1")
        let callback = channel["callbacks"]?["status"]?.string?.dropFirst(world.api.base.count) ?? ""
        let receipt: JSONValue = ["channel": "whatsapp", "status": "read", "message_uuid": "x", "timestamp": "2026-11-22T10:00:00Z"]
        #expect(try await open.call("POST", String(callback), receipt).status == 401)
        let forged = Caller(base: open.base, headers: [("authorization", "Bearer e30.e30.e30")])
        #expect(try await forged.call("POST", String(callback), receipt).status == 401)
        #expect(try await open.call("POST", "/hooks/none/status", receipt).status == 404)
        let large = JSONValue.string(String(repeating: "x", count: 1_100_000))
        #expect(try await forged.call("POST", String(callback), large).status == 413)
        #expect(try await server.stop() == 0)
    }
}
