import Core
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(2)))
struct GupshupTests {
    private func event(_ callback: Receiver.Callback, type: String) throws -> JSONValue {
        let header = try #require(HTTPField.Name("X-Webhook-Secret"))
        #expect(callback.headers[header] == "Hook1")
        #expect(callback.json["app"] == "MyShop" && callback.json["appId"] == "app-1" && callback.json["phone"] == "37052000001")
        #expect(callback.json["version"] == 2 && (callback.json["timestamp"]?.int ?? 0) > 1_000_000_000_000)
        #expect(callback.json["type"]?.string == type)
        return try #require(callback.json["payload"])
    }

    @Test func `a message is taken and has no reference`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGupshup()
            let answer = try await sandbox.gupshup()
            #expect(answer.status == 202 && answer.json["status"] == "submitted")
            let id = try #require(answer.json["messageId"])
            #expect(id.string?.count == 36)
            #expect(try await sandbox.gupshup(template: true).status == 202)
            let log = try await sandbox.log()
            #expect(log.map { $0["client_ref"] } == [.null, .null] && log[0]["provider_message_id"] == id)
            #expect(log[1]["kind"] == "template" && log[1]["parameters"] == ["Ona", "A-17"])
        }
    }

    static let refused: [(status: Int, message: String?, changes: [String: String?])] = [
        (400, "Invalid Destination", ["destination": "x"]), (400, "Invalid App Details", ["src.name": "Other"]),
        (400, "Invalid App Details", ["source": "37052999999"]), (400, nil, ["channel": "sms"]), (400, nil, ["message": "{"]),
        (400, nil, ["message": nil]), (400, nil, ["message": #"{"type":"fax"}"#]), (400, nil, ["message": #"{"type":"text","text":""}"#]),
        (400, nil, ["message": #"{"type":"quick_reply","content":{"type":"text","text":"a"},"options":[]}"#]),
        (400, nil, ["message": #"{"type":"video","url":"https://files.example/a.mp4","caption":null}"#]),
        (400, nil, ["message": #"{"type":"image","url":"https://files.example/a.png"}"#]),
    ]

    @Test func `what does not fit is refused in Gupshup's form`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGupshup()
            for key in [nil, "wrong"] {
                let answer = try await sandbox.gupshup(key: key)
                #expect(answer.status == 401 && answer.json == ["status": "error", "message": "Authentication Failed"])
            }
            for (status, message, changes) in Self.refused {
                let answer = try await sandbox.gupshup(changes)
                #expect(answer.status == status && answer.json["status"] == "error", "\(changes)")
                if let message { #expect(answer.json["message"]?.string == message) }
            }
            #expect(try await sandbox.gupshup(["template": #"{"params":[]}"#], template: true).status == 400)
            #expect(try await sandbox.get("/sandbox/requests/summary").json["accepted"] == 0)
        }
    }

    static let accepted: [(kind: String, message: String)] = [
        ("image", #"{"type":"image","originalUrl":"https://files.example/a.jpg","previewUrl":"https://files.example/a.jpg"}"#),
        ("document", #"{"type":"file","url":"https://files.example/a.pdf","filename":"a.pdf"}"#),
        ("location", #"{"type":"location","longitude":25.28,"latitude":54.68,"name":"Office","address":"Street 1"}"#),
        ("interactive", #"{"type":"quick_reply","content":{"type":"text","text":"Keep?"},"options":[{"type":"text","title":"Keep"}]}"#),
        (
            "interactive",
            #"{"type":"list","title":"T","body":"Pick","globalButtons":[{"type":"text","title":"Open"}],"#
                + #""items":[{"title":"D","options":[{"title":"9"}]}]}"#
        ),
        ("reaction", #"{"type":"reaction","msgId":"x","emoji":"👍"}"#),
    ]

    @Test func `every kind of message is taken`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGupshup()
            for (_, message) in Self.accepted {
                let answer = try await sandbox.gupshup(["message": message])
                #expect(answer.status == 202, "\(message) \(answer.text)")
            }
            #expect(try await sandbox.log().map { $0["kind"]?.string } == Self.accepted.map(\.kind))
        }
    }

    @Test func `two ids stand where the documents put them`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGupshup()
            let id = try await sandbox.gupshup(template: true).json["messageId"]
            try await sandbox.settle()
            let events = try sandbox.receiver.got.map { try event($0, type: "message-event") }
            #expect(events.map { $0["type"] } == ["enqueued", "sent", "delivered", "read"])
            #expect(events[0]["id"] == id && events[0]["gsId"] == nil && events[0]["payload"]?["type"] == "template")
            let other = events[0]["payload"]?["whatsappMessageId"]
            #expect(other != nil && other != id)
            for event in events.dropFirst() {
                #expect(event["gsId"] == id && event["id"] == other && event["destination"] == "37060000001")
                #expect(event["payload"]?["ts"]?.int != nil)
            }
            #expect(events[1]["pricing"]?["category"] == "marketing" && events[1]["conversation"]?["id"] != nil)
        }
    }

    @Test func `a failure of its own has the id alone, one of WhatsApp's both`() async throws {
        try await SandboxUnderTest.run(["unreachable_rate": 1]) { sandbox in
            try await sandbox.openGupshup()
            let id = try await sandbox.gupshup().json["messageId"]
            try await sandbox.settle()
            let own = try event(sandbox.receiver.got[1], type: "message-event")
            #expect(own["type"] == "failed" && own["id"] == id && own["gsId"] == nil && own["payload"]?["code"] == 1002)
            try await sandbox.behave(["unreachable_rate": 0, "undeliverable_rate": 1, "fail_code": 131_047])
            let second = try await sandbox.gupshup().json["messageId"]
            try await sandbox.settle()
            let other = try event(sandbox.receiver.got[3], type: "message-event")
            #expect(other["gsId"] == second && other["id"] != second && other["payload"]?["code"] == 131_047)
            #expect(other["payload"]?["reason"]?.string?.isEmpty == false)
        }
    }

    static let replies: [(reply: JSONValue, type: String?, payload: JSONValue)] = [
        (["text": "Hi"], "text", ["text": "Hi"]),
        (["button": "Yes", "payload": "y1"], nil, ["text": "Yes", "type": "button", "postbackText": "y1"]),
        (
            ["list": ["id": "t9", "title": "9:00"]], "list_reply",
            ["title": "9:00", "id": "", "reply": "9:00 1", "postbackText": "t9", "description": ""]
        ),
        (["location": ["latitude": 54.5, "longitude": 25]], "location", ["latitude": "54.5", "longitude": "25.0"]),
        (["reaction": "👍"], "reaction", ["emoji": "👍"]), (["unsupported": true], "unsupported", [:]),
    ]

    @Test func `what people write has Gupshup's shapes`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGupshup()
            let id = try await sandbox.gupshup(template: true).json["messageId"]
            try await sandbox.settle()
            for (reply, type, expected) in Self.replies {
                try await sandbox.reply(reply)
                try await sandbox.settle()
                let last = try #require(sandbox.receiver.got.last)
                let payload = try event(last, type: "message")
                #expect(payload["payload"] == expected && payload["source"] == "37060000001", "\(payload.text)")
                if let type { #expect(payload["type"]?.string == type) }
                #expect(payload["sender"]?["phone"] == "37060000001" && payload["id"]?.string != nil)
            }
            let taps = try sandbox.receiver.got.filter { $0.path == "/inbound" }.map { try event($0, type: "message") }
            #expect(taps[1]["context"]?["gsId"] == id && taps[0]["context"] == nil)
            try await sandbox.reply(["media": "https://filemanager.gupshup.io/wa/1", "media_kind": "document", "caption": "A"])
            try await sandbox.settle()
            let last = try #require(sandbox.receiver.got.last)
            let file = try event(last, type: "message")
            #expect(file["type"] == "file" && file["payload"]?["url"] == "https://filemanager.gupshup.io/wa/1")
            #expect(file["payload"]?["contentType"] == "application/pdf" && file["payload"]?["urlExpiry"]?.int != nil)
        }
    }

    @Test func `version 3 is Meta's envelope with Gupshup's ids`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGupshup(version: "3")
            let id = try await sandbox.gupshup().json["messageId"]
            try await sandbox.settle()
            try await sandbox.reply(["text": "Hi", "to_message": id ?? .null])
            try await sandbox.settle()
            let values = sandbox.receiver.got.map { $0.json["entry"]?.array?.first?["changes"]?.array?.first?["value"] }
            #expect(sandbox.receiver.got.allSatisfy { $0.json["gs_app_id"] == "app-1" })
            let statuses = values.compactMap { $0?["statuses"]?.array?.first }
            #expect(statuses.map { $0["status"] } == ["enqueued", "sent", "delivered", "read"])
            #expect(statuses.allSatisfy { $0["gs_id"] == id && $0["id"] != id })
            #expect(statuses[0]["timestamp"]?.int != nil && statuses[1]["timestamp"]?.string != nil)
            let message = values.last??["messages"]?.array?.first
            #expect(message?["text"]?["body"] == "Hi" && message?["context"]?["gs_id"] == id)
            #expect(message?["context"]?["meta_msg_id"] == statuses[1]["id"])
            try await sandbox.reply(["reaction": "👍"])
            try await sandbox.reply(["unsupported": true])
            try await sandbox.settle()
            let others = sandbox.receiver.got.suffix(2).compactMap {
                $0.json["entry"]?.array?.first?["changes"]?.array?.first?["value"]?["messages"]?.array?.first
            }
            let reaction = others.first { $0["type"] == "reaction" }?["reaction"]
            #expect(reaction == ["message_id": statuses[1]["id"] ?? .null, "emoji": "👍"])
            #expect(others.first { $0["type"] == "unsupported" }?["errors"]?.array?.first?["message"]?.string?.isEmpty == false)
        }
    }

    @Test func `a whole body that comes again is a duplicate`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGupshup()
            _ = try await sandbox.gupshup()
            _ = try await sandbox.gupshup(["destination": "37060000002"])
            #expect(try await sandbox.get("/sandbox/requests/summary").json["duplicates"] == 0)
            _ = try await sandbox.gupshup()
            let summary = try await sandbox.get("/sandbox/requests/summary").json
            #expect(summary["duplicates"] == 1 && summary["accepted"] == 3 && summary["distinct_references"] == 2)
        }
    }

    @Test func `a callback that is not taken comes again, whatever the answer`() async throws {
        try await SandboxUnderTest.run(["deliver_rate": 0]) { sandbox in
            try await sandbox.openGupshup()
            sandbox.receiver.answer([.badRequest, .ok])
            _ = try await sandbox.gupshup()
            try await sandbox.settle()
            let types = sandbox.receiver.got.map { $0.json["payload"]?["type"]?.string }
            #expect(types.count(where: { $0 == "enqueued" }) == 2 && types.count(where: { $0 == "sent" }) == 1)
        }
    }
}
