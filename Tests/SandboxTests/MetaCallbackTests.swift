import Core
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(2)))
struct MetaCallbackTests {
    private static let signatureHeader = HTTPField.Name("X-Hub-Signature-256")

    /// The value of the only change of a callback whose signature is right.
    private func value(_ callback: Receiver.Callback, field: String = "messages") throws -> JSONValue {
        let header = try #require(Self.signatureHeader)
        #expect(callback.headers[header] == "sha256=" + KeyedHash.hmac(callback.bytes, key: "app secret"))
        #expect(callback.headers[.contentType] == "application/json")
        #expect(callback.bytes.allSatisfy { $0 < 0x80 })
        #expect(callback.json["object"] == "whatsapp_business_account")
        let entry = try #require(callback.json["entry"]?.array?.first)
        #expect(entry["id"] == "9001")
        let change = try #require(entry["changes"]?.array?.first)
        #expect(change["field"]?.string == field)
        return try #require(change["value"])
    }

    private func lastValue(_ sandbox: SandboxUnderTest) throws -> JSONValue {
        let callback = try #require(sandbox.receiver.got.last)
        return try value(callback)
    }

    @Test func `statuses carry signature, reference and price`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            let changes = SandboxUnderTest.metaTemplate().merging(["biz_opaque_callback_data": "m/1 žuvis 🐟"]) { $1 }
            let id = try await sandbox.meta(changes).json["messages"]?.array?.first?["id"]
            try await sandbox.settle()
            let statuses = try sandbox.receiver.got.map { try value($0)["statuses"]?.array?.first ?? .null }
            #expect(sandbox.receiver.got.allSatisfy { $0.path == "/status" })
            #expect(statuses.map { $0["status"] } == ["sent", "delivered", "read"])
            for status in statuses {
                #expect(status["id"] == id && status["recipient_id"] == "37060000001")
                #expect(status["biz_opaque_callback_data"] == "m/1 žuvis 🐟")
                #expect(status["timestamp"]?.string.flatMap { Int64($0) } != nil)
                #expect(status["pricing"]?["category"] == "marketing" && status["pricing"]?["pricing_model"] == "PMP")
            }
            #expect(statuses.map { $0["conversation"] != nil } == [true, false, false])
            for callback in sandbox.receiver.got {
                let contact = try value(callback)["contacts"]?.array?.first
                #expect(contact?["wa_id"] == "37060000001" && contact?["user_id"] == statuses[0]["recipient_user_id"])
                #expect(callback.json["entry"]?.array?.first?["time"] == nil)
            }
            #expect(sandbox.receiver.got.first?.text.contains(#"m\/1 \u017euvis \ud83d\udc1f"#) == true)
            let metadata = try value(sandbox.receiver.got[0])["metadata"]
            #expect(metadata == ["display_phone_number": "37052000001", "phone_number_id": "7001"])
        }
    }

    @Test func `a failed status has Meta's error`() async throws {
        try await SandboxUnderTest.run(["unreachable_rate": 1]) { sandbox in
            try await sandbox.openMeta()
            _ = try await sandbox.meta()
            try await sandbox.settle()
            let whole = try value(sandbox.receiver.got[0])
            let status = try #require(whole["statuses"]?.array?.first)
            #expect(whole["contacts"] == nil)
            #expect(status["status"] == "failed" && status["pricing"] == nil && status["conversation"] == nil)
            #expect(status["errors"]?.array?.first?["code"] == 131_026)
            #expect(status["errors"]?.array?.first?["error_data"]?["details"]?.string?.isEmpty == false)
        }
    }

    static let replies: [(reply: JSONValue, type: String, expected: JSONValue)] = [
        (["text": "Hi"], "text", ["body": "Hi"]), (["button": "Yes", "payload": "y1"], "button", ["payload": "y1", "text": "Yes"]),
        (
            ["list": ["id": "t9", "title": "9:00", "description": "Early"]], "interactive",
            ["type": "list_reply", "list_reply": ["id": "t9", "title": "9:00", "description": "Early"]]
        ),
        (
            ["location": ["latitude": 0, "longitude": 25.5, "name": "Home"]], "location",
            ["latitude": 0.0, "longitude": 25.5, "name": "Home"]
        ),
        (
            ["contact": ["name": "A B", "phone": "37060000002"]], "contacts",
            [
                [
                    "name": ["formatted_name": "A B"],
                    "phones": [["phone": "+37060000002", "wa_id": "37060000002", "type": "CELL"]],
                ]
            ]
        ),
    ]

    @Test func `what people write has Meta's shapes`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            let id = try await sandbox.meta(SandboxUnderTest.metaTemplate()).json["messages"]?.array?.first?["id"]
            try await sandbox.settle()
            for (reply, type, expected) in Self.replies {
                try await sandbox.reply(reply)
                try await sandbox.settle()
                let whole = try lastValue(sandbox)
                let message = try #require(whole["messages"]?.array?.first)
                #expect(message["type"]?.string == type && message[type] == expected, "\(message.text)")
                #expect(message["from"] == "37060000001" && message["id"]?.string?.hasPrefix("wamid.") == true)
                #expect(whole["contacts"]?.array?.first?["wa_id"] == "37060000001")
            }
            try await sandbox.reply(["reaction": "👍"])
            try await sandbox.reply(["unsupported": true])
            try await sandbox.settle()
            let messages = try sandbox.receiver.got.suffix(2).map { try value($0)["messages"]?.array?.first ?? .null }
            let reaction = try #require(messages.first { $0["type"] == "reaction" })
            #expect(reaction["reaction"]?["message_id"] == id && reaction["reaction"]?["emoji"] == "👍" && reaction["context"] == nil)
            let error = messages.first { $0["type"] == "unsupported" }?["errors"]?.array?.first
            #expect(error?["code"] == 131_051 && error?["title"] == "Message type unknown" && error?["message"] == error?["title"])
            #expect(error?["error_data"]?["details"]?.string?.isEmpty == false)
        }
    }

    @Test func `a tap on a message's own button and a quotation name the message`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            let id = try #require(try await sandbox.meta().json["messages"]?.array?.first?["id"])
            try await sandbox.settle()
            try await sandbox.reply(["button": "Yes", "payload": "y1", "to_message": id])
            try await sandbox.settle()
            let message = try #require(try lastValue(sandbox)["messages"]?.array?.first)
            #expect(message["interactive"] == ["type": "button_reply", "button_reply": ["id": "y1", "title": "Yes"]])
            #expect(message["context"] == ["from": "37052000001", "id": id])
        }
    }

    @Test func `a person without a number is known by the user id alone`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            let answer = try await sandbox.meta(["to": nil, "recipient": "US.90000000000000000001"])
            let contact = answer.json["contacts"]?.array?.first
            #expect(contact?["user_id"] == "US.90000000000000000001" && contact?["wa_id"] == nil)
            try await sandbox.settle()
            let status = try #require(try value(sandbox.receiver.got[0])["statuses"]?.array?.first)
            #expect(status["recipient_user_id"] == "US.90000000000000000001" && status["recipient_id"] == nil)
            try await sandbox.reply(["text": "Hi"], from: "US.90000000000000000001")
            try await sandbox.settle()
            let whole = try lastValue(sandbox)
            #expect(whole["messages"]?.array?.first?["from"] == nil && whole["contacts"]?.array?.first?["wa_id"] == nil)
            #expect(whole["messages"]?.array?.first?["from_user_id"] == "US.90000000000000000001")
        }
    }

    @Test func `a file is fetched by its id with the token`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            _ = try await sandbox.meta()
            try await sandbox.reply(["media": "https://files.example/cat.png", "caption": "Cat"])
            try await sandbox.settle()
            let messages = try sandbox.receiver.got.compactMap { try value($0)["messages"]?.array?.first }
            let image = try #require(messages.first?["image"])
            #expect(image["caption"] == "Cat" && image["mime_type"] == "image/png")
            let id = try #require(image["id"]?.string)
            #expect(try await sandbox.get("/v25.0/\(id)").status == 401)
            let file = try await sandbox.get("/v25.0/\(id)", bearer: "token").json
            let url = try #require(file["url"]?.string)
            #expect(url.hasPrefix("http://127.0.0.1:\(sandbox.port)/"))
            let path = String(url.dropFirst("http://127.0.0.1:\(sandbox.port)".count))
            #expect(try await sandbox.get(path).status == 401)
            let bytes = try await sandbox.get(path, bearer: "token").bytes
            #expect(KeyedHash.sha256(bytes).hexadecimal == image["sha256"]?.string && file["file_size"]?.int == Int64(bytes.count))
        }
    }
}
