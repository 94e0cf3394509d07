import Core
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(2)))
struct SendTests {
    @Test func `a message is accepted with its id`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let answer = try await sandbox.send()
            #expect(answer.status == 202)
            #expect(answer.type == "application/json")
            #expect(answer.json["message_uuid"]?.string?.count == 36)
        }
    }

    @Test(arguments: [nil, "Basic a2V5Ondyb25n", "Basic", "Bearer a.b.c", "a2V5OnNlY3JldA=="])
    func `wrong credentials are unauthorized`(authorization: String?) async throws {
        try await SandboxUnderTest.run { sandbox in
            let answer = try await sandbox.send(authorization: authorization)
            #expect(answer.status == 401)
            #expect(answer.type == "application/problem+json")
            #expect(answer.json["type"]?.string?.hasSuffix("#unauthorized") == true)
            #expect(answer.json["title"] == "Unauthorized")
            #expect(answer.json["detail"]?.string != nil && answer.json["instance"]?.string != nil)
            #expect(try await sandbox.get("/sandbox/requests/summary").json["accepted"] == 0)
        }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let changes: [String: JSONValue]
        var testDescription: String { "\(name): \(JSONValue.object(changes).text)" }
    }

    static let faults = [
        Fault(name: "channel", changes: ["channel": "sms"]), Fault(name: "channel", changes: ["channel": nil]),
        Fault(name: "to", changes: ["to": "+37060000001"]), Fault(name: "to", changes: ["to": "0037060000001"]),
        Fault(name: "to", changes: ["to": "12345"]), Fault(name: "to", changes: ["to": 37_060_000_001]),
        Fault(name: "to", changes: ["to": nil]), Fault(name: "from", changes: ["from": "Shop"]),
        Fault(name: "message_type", changes: ["message_type": nil]), Fault(name: "message_type", changes: ["message_type": "fax"]),
        Fault(name: "text", changes: ["message_type": "text"]), Fault(name: "text", changes: ["message_type": "text", "text": ""]),
        Fault(name: "text", changes: ["message_type": "text", "text": .string(String(repeating: "x", count: 4097))]),
        Fault(name: "template.name", changes: ["template": ["parameters": []]]),
        Fault(name: "template.parameters", changes: ["template": ["name": "a:b", "parameters": [1]]]),
        Fault(name: "template.parameters", changes: ["template": ["name": "a:b", "parameters": "x"]]),
        Fault(name: "whatsapp.locale", changes: ["whatsapp": ["policy": "deterministic"]]),
        Fault(name: "whatsapp.policy", changes: ["whatsapp": ["policy": "fallback", "locale": "en"]]),
        Fault(name: "client_ref", changes: ["client_ref": .string(String(repeating: "x", count: 101))]),
        Fault(name: "client_ref", changes: ["client_ref": 7]),
        Fault(name: "image.url", changes: ["message_type": "image", "image": ["url": "ftp://somewhere"]]),
        Fault(name: "context.message_uuid", changes: ["context": [:]]),
    ]

    @Test func `a parameter that is null is absent`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let picture: JSONValue = ["url": "https://files.example/a.png", "caption": nil]
            let nulls: [String: JSONValue] = [
                "channel": "whatsapp", "from": "37052000000", "to": "37060000001", "message_type": "image", "image": picture,
                "client_ref": nil, "context": nil, "template": nil,
            ]
            let post = { (body: [String: JSONValue]) in
                try await sandbox.post("/v1/messages", .object(body), authorization: SandboxUnderTest.credentials)
            }
            #expect(try await post(nulls).status == 202)
            let nobody = try await post(nulls.merging(["to": nil]) { $1 })
            #expect(nobody.status == 422 && nobody.json["invalid_parameters"]?.array?.first?["name"] == "to")
        }
    }

    @Test func `every invalid parameter is named`() async throws {
        try await SandboxUnderTest.run { sandbox in
            for fault in Self.faults {
                let answer = try await sandbox.send(fault.changes)
                #expect(answer.status == 422, "\(fault.testDescription)")
                #expect(answer.type == "application/problem+json")
                #expect(answer.json["type"] == "https://developer.vonage.com/api-errors/messages#1150")
                #expect(answer.json["title"] == "Invalid params")
                let named = answer.json["invalid_parameters"]?.array?.map { $0["name"]?.string }
                #expect(named == [fault.name], "\(fault.testDescription)")
                #expect(answer.json["invalid_parameters"]?.array?.first?["reason"]?.string?.isEmpty == false)
            }
            #expect(try await sandbox.get("/sandbox/requests/summary").json["accepted"] == 0)
        }
    }

    @Test func `all faults come in one answer, and what is no JSON is one`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let answer = try await sandbox.post("/v1/messages", [:], authorization: SandboxUnderTest.credentials)
            #expect(answer.json["invalid_parameters"]?.array?.map { $0["name"] } == ["channel", "to", "from", "message_type"])
            let broken = try await sandbox.post(
                "/v1/messages", text: "{", authorization: SandboxUnderTest.credentials, type: "application/json")
            #expect(broken.status == 422)
            #expect(broken.json["invalid_parameters"]?.array?.first?["name"] == "body")
        }
    }

    @Test func `another's number may not send`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let answer = try await sandbox.send(["from": "37052999999"])
            #expect(answer.status == 422)
            #expect(answer.json["type"]?.string?.hasSuffix("#1120") == true)
        }
    }

    @Test func `a scoped user id, a hyphened locale and a bare template name are taken`() async throws {
        try await SandboxUnderTest.run { sandbox in
            #expect(try await sandbox.send(["to": "LT.9001"]).status == 202)
            let older = try await sandbox.send(["whatsapp": ["locale": "en-GB"], "template": ["name": "order_ready"]])
            #expect(older.status == 202)
        }
    }

    @Test func `above the limit of a second the answer is 429`() async throws {
        try await SandboxUnderTest.run(["rate_limit_per_second": 3], clock: .fixed(Timestamp(seconds: 1_800_000_000))) { sandbox in
            for _ in 0..<3 { #expect(try await sandbox.send().status == 202) }
            let answer = try await sandbox.send()
            #expect(answer.status == 429)
            #expect(answer.json["type"]?.string?.hasSuffix("messages#1010") == true)
        }
    }

    @Test(arguments: [
        (401, "#unauthorized"), (402, "#low-balance"), (422, "#1150"), (429, "#1010"), (500, "#internal-error"),
        (503, "#internal-error"),
    ])
    func `a failure that is asked for has the vendor's shape`(status: Int, anchor: String) async throws {
        try await SandboxUnderTest.run(["error_rate": 1, "error_status": .int(Int64(status))]) { sandbox in
            let answer = try await sandbox.send()
            #expect(answer.status == status)
            #expect(answer.type == "application/problem+json")
            #expect(answer.json["type"]?.string?.hasSuffix(anchor) == true)
        }
    }

    @Test func `a lost answer is an accepted message`() async throws {
        try await SandboxUnderTest.run(["lose_answer_rate": 1]) { sandbox in
            await #expect(throws: (any Error).self) { try await sandbox.send() }
            try await sandbox.settle()
            #expect(sandbox.receiver.statuses == ["submitted", "delivered", "read"])
            let line = try await sandbox.get("/sandbox/requests").json["requests"]?.array?.first
            #expect(line?["lost"] == true && line?["status"] == 202 && line?["message_uuid"]?.string != nil)
        }
    }

    @Test func `accounts can be added and replaced over HTTP`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let account: JSONValue = ["key": "key", "secret": "other", "signature_secret": "0123456789abcdef0123456789abcdef"]
            #expect(try await sandbox.post("/sandbox/accounts", account).status == 200)
            #expect(try await sandbox.send().status == 401)
            #expect(try await sandbox.send(authorization: "Basic a2V5Om90aGVy").status == 202)
            let list = try await sandbox.get("/sandbox/accounts")
            #expect(list.json["accounts"]?.array?.count == 1)
            #expect(!list.text.contains("other") && !list.text.contains("0123456789abcdef"))
        }
    }

    @Test(
        arguments: [
            (["key": "k", "secret": "s"], "signature_secret"),
            (["key": "k", "secret": "s", "signature_secret": "short"], "signature_secret"),
            (["key": "k", "token": "s"], "token"),
        ] as [(JSONValue, String)])
    func `a wrong account is refused and its field named`(account: JSONValue, field: String) async throws {
        try await SandboxUnderTest.run { sandbox in
            let answer = try await sandbox.post("/sandbox/accounts", account)
            #expect(answer.status == 400)
            #expect(answer.json["error"]?["field"]?.string == field)
        }
    }
}
