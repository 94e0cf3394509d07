import Core
import Testing

@Suite(.timeLimit(.minutes(2)))
struct GenericTests {
    @Test func `a message is accepted`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGeneric()
            let answer = try await sandbox.generic()
            #expect(answer.status == 200 && answer.json == ["status": "success"])
            let text: [String: JSONValue] = [
                "isTemplate": false, "type": "text", "text": ["body": "Hi"], "template": nil, "components": nil,
            ]
            #expect(try await sandbox.generic(text).json["status"] == "success")
            let file: [String: JSONValue] = [
                "isTemplate": false, "type": "file", "file": ["mediaURL": "https://files.example/a.pdf", "filename": "a.pdf"],
            ]
            #expect(try await sandbox.generic(file).json["status"] == "success")
            let log = try await sandbox.log()
            #expect(log.map { $0["kind"] } == ["template", "text", "document"] && log[0]["client_ref"] == "m1")
            #expect(
                log[0]["template"] == "ns:order_ready" && log[0]["parameters"] == ["Ona", "A-17"] && log[0]["provider_message_id"] == .null)
        }
    }

    @Test func `a header of one's own does in the place of a password`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.open("generic", ["header_name": "Authorization", "header_value": "Key 77"])
            #expect(try await sandbox.generic(authorization: "Key 77").json["status"] == "success")
            #expect(try await sandbox.generic(authorization: "Key 78").json["error"]?["code"] == 2000)
        }
    }

    static let refused: [(code: Int64, changes: [String: JSONValue])] = [
        (2002, ["to": "x"]), (2002, ["wabaNumber": "1"]), (2002, ["wabaNumber": "37052999999"]), (2004, ["msgId": nil]),
        (2004, ["isTemplate": nil]), (2004, ["template": ["languageCode": "en"]]), (2001, ["components": [["type": "nose"]]]),
        (2001, ["components": [["type": "body", "body": ["parameters": [["type": "text"]]]]]]),
        (2004, ["isTemplate": false, "type": "fax"]), (2004, ["isTemplate": false, "type": "image", "image": [:]]),
    ]

    @Test func `what does not fit is a failure with a code`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGeneric()
            for authorization in [nil, "Basic eDp5"] {
                let answer = try await sandbox.generic(authorization: authorization)
                #expect(answer.status == 200 && answer.json["status"] == "failure" && answer.json["error"]?["code"] == 2000)
            }
            for (code, changes) in Self.refused {
                let answer = try await sandbox.generic(changes)
                #expect(answer.status == 200 && answer.json["status"] == "failure", "\(changes)")
                #expect(answer.json["error"]?["code"]?.int == code, "\(changes) \(answer.text)")
            }
            #expect(try await sandbox.get("/sandbox/requests/summary").json["accepted"] == 0)
        }
    }

    @Test func `statuses carry our message id`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGeneric()
            _ = try await sandbox.generic()
            try await sandbox.settle()
            #expect(sandbox.receiver.got.allSatisfy { $0.json["payloadVersion"] == "0.1" && $0.path == "/status" })
            let statuses = sandbox.receiver.got.compactMap { $0.json["statuses"]?.array?.first }
            #expect(statuses.map { $0["status"] } == ["sent", "delivered", "read"])
            #expect(
                statuses.allSatisfy { $0["msgId"] == "m1" && $0["timestamp"]?.string.flatMap { Int64($0) } != nil && $0["error"] == nil })
            try await sandbox.behave(["unreachable_rate": 1])
            _ = try await sandbox.generic()
            try await sandbox.settle()
            let failed = sandbox.receiver.got.last?.json["statuses"]?.array?.first
            #expect(failed?["status"] == "failed" && failed?["error"]?["code"] == 1003)
        }
    }

    static let replies: [(reply: JSONValue, type: String, value: JSONValue)] = [
        (["text": "Hi"], "text", ["body": "Hi"]), (["button": "Yes"], "text", ["body": "Yes"]),
        (["list": ["id": "t9", "title": "9:00"]], "text", ["body": "9:00"]),
        (
            ["media": "https://files.example/a.png", "caption": "A"], "image",
            ["mediaURL": "https://files.example/a.png", "mimetype": "image/png", "caption": "A"]
        ),
        (
            ["location": ["latitude": 54.5, "longitude": 25.5, "name": "Home"]], "location",
            ["latitude": 54.5, "longitude": 25.5, "name": "Home"]
        ),
    ]

    @Test func `what people write has the contract's shapes`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGeneric()
            _ = try await sandbox.generic()
            try await sandbox.settle()
            for (reply, type, value) in Self.replies {
                try await sandbox.reply(reply)
                try await sandbox.settle()
                let last = try #require(sandbox.receiver.got.last)
                #expect(last.path == "/inbound" && last.json["type"]?.string == type && last.json[type] == value, "\(last.text)")
                #expect(
                    last.json["from"] == "37060000001" && last.json["wabaNumber"] == "37052000001" && last.json["payloadVersion"] == "0.1")
            }
            let tap = sandbox.receiver.got.first { $0.json["text"]?["body"] == "Yes" }
            #expect(tap?.json["context"] == ["id": "m1"])
            let answer = try await sandbox.post("/sandbox/phones/37060000001/reply", ["reaction": "👍"])
            #expect(answer.status == 400 && answer.json["error"]?["code"] == "unsupported_kind")
        }
    }
}
