import Core
import Testing

@Suite(.timeLimit(.minutes(2)))
struct MetaSendTests {
    @Test func `the keyed hash of the tests is RFC 4231's`() {
        // Test cases 2 and 6.
        #expect(
            KeyedHash.hmac(Array("what do ya want for nothing?".utf8), key: "Jefe")
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let long = String(decoding: [UInt8](repeating: 0x61, count: 131), as: UTF8.self)
        #expect(KeyedHash.hmac([], key: long).count == 64)
        #expect(KeyedHash.sha256(Array("abc".utf8)).hexadecimal == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `a message is accepted in Meta's form`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            let answer = try await sandbox.meta()
            #expect(answer.status == 200)
            #expect(answer.json["messaging_product"] == "whatsapp")
            let contact = answer.json["contacts"]?.array?.first
            #expect(contact?["input"] == "+37060000001" && contact?["wa_id"] == "37060000001")
            let message = answer.json["messages"]?.array?.first
            #expect(message?["id"]?.string?.hasPrefix("wamid.HBg") == true && message?["message_status"] == nil)
            let template = try await sandbox.meta(SandboxUnderTest.metaTemplate()).json["messages"]?.array?.first
            #expect(template?["message_status"] == "accepted" && template?["id"] != message?["id"])
            let log = try await sandbox.log()
            #expect(log.map { $0["provider_message_id"] } == [message?["id"], template?["id"]])
            #expect(log.map { $0["kind"] } == ["text", "template"] && log.map { $0["vendor"] } == ["meta", "meta"])
            #expect(log[1]["template"] == "order_ready" && log[1]["parameters"] == ["Ona", "A-17"] && log[1]["client_ref"] == "m1")
            #expect(log[0]["status"] == 200 && log[0]["to"] == "37060000001" && log[0]["account"] == "meta")
        }
    }

    @Test func `credentials and ids that do not fit are refused`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            for token in [nil, "wrong"] {
                let answer = try await sandbox.meta(token: token)
                #expect(answer.status == 401)
                #expect(answer.json["error"]?["code"] == 190 && answer.json["error"]?["type"] == "OAuthException")
            }
            let other = try await sandbox.meta(id: "7002")
            #expect(other.status == 400 && other.json["error"]?["code"] == 100 && other.json["error"]?["error_subcode"] == 33)
            #expect(try await sandbox.get("/sandbox/requests/summary").json["accepted"] == 0)
        }
    }

    static let refused: [(code: Int64, changes: [String: JSONValue])] = [
        (100, ["messaging_product": "sms"]), (131_008, ["to": nil]), (131_009, ["to": "12345"]),
        (131_009, ["to": nil, "recipient": "37060000001"]),
        (131_009, ["biz_opaque_callback_data": .string(String(repeating: "x", count: 513))]), (100, ["type": "fax"]),
        (131_008, ["text": [:]]), (131_009, ["text": ["body": .string(String(repeating: "x", count: 4097))]]),
        (131_009, ["type": "image", "image": ["id": "1", "link": "https://files.example/a.png"]]),
        (100, ["type": "audio", "audio": ["id": "1", "caption": "no"]]),
        (131_009, ["type": "location", "location": ["latitude": 91, "longitude": 0]]),
        (131_008, ["type": "contacts", "contacts": []]), (131_008, ["type": "reaction", "reaction": ["emoji": "👍"]]),
        (131_008, ["context": [:]]),
        (100, ["type": "interactive", "interactive": ["type": "carpet", "body": ["text": "a"], "action": [:]]]),
        (131_009, ["type": "interactive", "interactive": ["type": "button", "body": ["text": "a"], "action": ["buttons": []]]]),
        (131_008, ["type": "template", "template": ["name": "a"]]),
        (132_018, SandboxUnderTest.metaTemplate("a", ["two\nlines"])), (132_018, SandboxUnderTest.metaTemplate("a", ["     "])),
    ]

    @Test func `what breaks a rule is refused with its code and named`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            for (code, changes) in Self.refused {
                let answer = try await sandbox.meta(changes)
                #expect(answer.status == 400)
                #expect(answer.json["error"]?["code"]?.int == code, "\(JSONValue.object(changes).text) \(answer.text)")
                #expect(answer.json["error"]?["error_data"]?["details"]?.string?.isEmpty == false)
            }
            let broken = try await sandbox.post("/v25.0/7001/messages", text: "{", authorization: "Bearer token")
            #expect(broken.status == 400)
        }
    }

    static let accepted: [(kind: String, changes: [String: JSONValue])] = [
        ("image", ["type": "image", "image": ["link": "https://files.example/a.png", "caption": "A"]]),
        ("document", ["type": "document", "document": ["id": "77", "filename": "a.pdf"]]),
        ("sticker", ["type": "sticker", "sticker": ["id": "1"]]),
        ("location", ["type": "location", "location": ["latitude": 54.68, "longitude": "25.28", "name": "Office"]]),
        ("contact", ["type": "contacts", "contacts": [["name": ["formatted_name": "A B"], "phones": [["phone": "+37060000002"]]]]]),
        ("reaction", ["type": "reaction", "reaction": ["message_id": "wamid.A", "emoji": ""]]),
        (
            "interactive",
            [
                "type": "interactive",
                "interactive": [
                    "type": "button", "body": ["text": "Keep it?"],
                    "action": ["buttons": [["type": "reply", "reply": ["id": "keep", "title": "Keep"]]]],
                ],
            ]
        ),
        (
            "interactive",
            [
                "type": "interactive",
                "interactive": [
                    "type": "list", "body": ["text": "Pick"],
                    "action": ["button": "Times", "sections": [["title": "Today", "rows": [["id": "t9", "title": "9:00"]]]]],
                ],
            ]
        ),
    ]

    @Test func `every type is taken and kept`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            for (_, changes) in Self.accepted {
                let answer = try await sandbox.meta(changes)
                #expect(answer.status == 200, "\(answer.text)")
            }
            #expect(try await sandbox.log().map { $0["kind"]?.string } == Self.accepted.map(\.kind))
        }
    }

    @Test func `a parent business's user id is written to`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            let answer = try await sandbox.meta(["to": nil, "recipient": "US.ENT.11815799212886844830"])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try await sandbox.log().last?["to"] == "US.ENT.11815799212886844830")
            #expect(try await sandbox.send(["to": "US.ENT.11815799212886844830"]).status == 202)
        }
    }

    @Test func `a member that is null is absent`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            let nulls: JSONValue = [
                "messaging_product": "whatsapp", "recipient_type": nil, "to": "37060000001", "recipient": nil, "type": "image",
                "context": nil, "biz_opaque_callback_data": nil,
                "image": ["link": "https://files.example/a.png", "id": nil, "caption": nil, "filename": nil],
            ]
            let answer = try await sandbox.post("/v25.0/7001/messages", nulls, authorization: "Bearer token")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try await sandbox.log().last?["client_ref"] == .null)
            let missing = try await sandbox.meta(["text": ["body": nil]])
            #expect(missing.status == 400 && missing.json["error"]?["code"] == 131_008)
        }
    }

    @Test func `an authentication template takes the code for its button`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            _ = try await sandbox.template(
                "meta",
                [
                    "name": "login", "category": "AUTHENTICATION", "body": "{{1}} is your code.",
                    "buttons": [["type": "OTP", "otp_type": "COPY_CODE"]],
                ])
            let code: JSONValue = [["type": "text", "text": "4711"]]
            let body: JSONValue = ["type": "body", "parameters": code]
            let button: JSONValue = ["type": "button", "sub_type": "url", "index": "0", "parameters": code]
            for (components, status) in [([body, button], 200), ([body], 400)] as [([JSONValue], Int)] {
                let template: JSONValue = ["name": "login", "language": ["code": "en"], "components": .array(components)]
                let answer = try await sandbox.meta(["type": "template", "text": nil, "template": template])
                #expect(answer.status == status, "\(answer.text)")
            }
        }
    }

    @Test func `the user id of a number leads to the number`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            let id = try #require(try await sandbox.meta().json["contacts"]?.array?.first?["user_id"])
            _ = try await sandbox.meta(["to": nil, "recipient": id])
            #expect(try await sandbox.log().map { $0["to"] } == ["37060000001", "37060000001"])
        }
    }

    @Test func `the number says how it is, and reading is confirmed`() async throws {
        try await SandboxUnderTest.run(["tier_limit": 250]) { sandbox in
            try await sandbox.openMeta()
            let health = try await sandbox.get(
                "/v25.0/7001?fields=quality_rating,whatsapp_business_manager_messaging_limit", bearer: "token")
            #expect(health.json == ["id": "7001", "quality_rating": "GREEN", "whatsapp_business_manager_messaging_limit": "TIER_250"])
            #expect(try await sandbox.get("/v25.0/7001", bearer: "token").json["verified_name"]?.string != nil)
            let read: JSONValue = ["messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A"]
            let answer = try await sandbox.post("/v25.0/7001/messages", read, authorization: "Bearer token")
            #expect(answer.json == ["success": true])
            #expect(try await sandbox.get("/sandbox/requests/summary").json["requests"] == 0)
        }
    }
}
