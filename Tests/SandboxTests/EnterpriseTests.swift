import Core
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(2)))
struct EnterpriseTests {
    private func report(_ callback: Receiver.Callback) throws -> JSONValue {
        #expect(callback.path == "/status" && callback.headers[.contentType] == "application/x-www-form-urlencoded")
        let text = try #require(callback.form["response"])
        return try #require(try JSONValue(parsing: text).array?.first)
    }

    @Test func `a message is accepted with an id and 200`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openEnterprise()
            let answer = try await sandbox.enterprise()
            #expect(answer.status == 200)
            let response = try #require(answer.json["response"])
            #expect(response["status"] == "success" && response["phone"] == "37060000001" && response["details"] == "")
            #expect(response["id"]?.string?.contains("-") == true)
            #expect(try await sandbox.enterprise(isTemplate: false).json["response"]?["status"] == "success")
            let media: [String: String?] = [
                "method": "SendMediaMessage", "msg_type": "IMAGE", "media_url": "https://files.example/a.png", "msg": nil,
                "caption": "Hello",
            ]
            #expect(try await sandbox.enterprise(media).json["response"]?["status"] == "success")
            let buttons: [String: String?] = [
                "interactive_type": "dr_button", "action": #"{"buttons":[{"type":"reply","reply":{"id":"y","title":"Yes"}}]}"#,
            ]
            #expect(try await sandbox.enterprise(buttons, isTemplate: false).json["response"]?["status"] == "success")
            let log = try await sandbox.log()
            #expect(log.map { $0["kind"] } == ["text", "text", "image", "interactive"])
            #expect(
                log[0]["client_ref"] == "m1" && log[0]["provider_message_id"] == response["id"]
                    && log[0]["text"] == "Hello Ona, order A-17 is ready.")
        }
    }

    static let refused: [(id: String, isTemplate: Bool, changes: [String: String?])] = [
        ("102", true, ["password": "wrong"]), ("102", true, ["userid": nil]), ("102", true, ["userid": "2002", "password": "two pass"]),
        ("102", false, ["userid": "2001", "password": "hsm pass"]), ("105", true, ["send_to": "12"]), ("106", false, ["method": "Fax"]),
        ("100", true, ["msg": ""]), ("100", true, ["auth_scheme": "digest"]),
        ("100", true, ["method": "SendMediaMessage", "msg_type": "IMAGE", "media_url": "ftp://x"]),
        ("100", false, ["interactive_type": "dr_button", "action": "{}"]),
    ]

    @Test func `what does not fit is refused with 200 and a code`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openEnterprise()
            for (id, isTemplate, changes) in Self.refused {
                let answer = try await sandbox.enterprise(changes, isTemplate: isTemplate)
                let response = answer.json["response"]
                #expect(
                    answer.status == 200 && response?["status"] == "error" && response?["id"]?.string == id, "\(changes) \(answer.text)")
                #expect(response?["details"]?.string?.isEmpty == false)
            }
            #expect(try await sandbox.get("/sandbox/requests/summary").json["accepted"] == 0)
        }
    }

    @Test func `reports hold JSON in a form field`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openEnterprise()
            let id = try await sandbox.enterprise(["extra": "m/1 & ž"]).json["response"]?["id"]
            try await sandbox.settle()
            let reports = try sandbox.receiver.got.map(report)
            #expect(reports.map { $0["eventType"] } == ["SENT", "DELIVERED", "READ"])
            #expect(
                reports.map { $0["errorCode"] } == ["000", "000", "026"] && reports.map { $0["cause"] } == ["SUCCESS", "SUCCESS", "READ"])
            for report in reports {
                #expect(report["externalId"] == id && report["extra"] == "m/1 & ž" && report["destAddr"] == "37060000001")
                #expect((report["eventTs"]?.int ?? 0) > 1_000_000_000_000 && report["channel"] == "WHATSAPP")
            }
        }
    }

    @Test func `a failed report says why in words`() async throws {
        try await SandboxUnderTest.run(["opt_out_rate": 1]) { sandbox in
            try await sandbox.openEnterprise()
            _ = try await sandbox.enterprise()
            try await sandbox.settle()
            let report = try report(sandbox.receiver.got[0])
            #expect(report["eventType"] == "FAILED" && report["cause"]?.string?.contains("OPTED") == true && report["errorCode"] != "000")
        }
    }

    static let replies: [(reply: JSONValue, type: String, value: String)] = [
        (["text": "Hi & bye"], "text", "Hi & bye"), (["button": "Yes", "payload": "y1"], "button", #"{"payload":"y1","text":"Yes"}"#),
        (
            ["list": ["id": "t9", "title": "9:00"]], "interactive",
            #"{"list_reply":{"id":"t9","title":"9:00"},"type":"list_reply"}"#
        ),
        (["location": ["latitude": 54.5, "longitude": 25.5]], "location", #"{"latitude":54.5,"longitude":25.5}"#),
        (
            ["media": "https://media.example/1?sig=2", "media_kind": "voice"], "voice",
            #"{"mime_type":"audio/ogg; codecs=opus","signature":"?sig=2","url":"https://media.example/1"}"#
        ),
        (
            ["contact": ["name": "A B", "phone": "37060000002"]], "contacts",
            #"[{"name":{"formatted_name":"A B"},"phones":[{"phone":"+37060000002"}]}]"#
        ),
    ]

    @Test func `what people write comes as form fields, without ids at first`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openEnterprise()
            let id = try await sandbox.enterprise().json["response"]?["id"]?.string
            try await sandbox.settle()
            for (reply, type, value) in Self.replies {
                try await sandbox.reply(reply)
                try await sandbox.settle()
                let fields = try #require(sandbox.receiver.got.last).form
                #expect(fields["type"] == type && fields[type] == value, "\(fields)")
                #expect(fields["waNumber"] == "37052000001" && fields["mobile"] == "37060000001" && fields["messageId"] == nil)
                #expect(fields["timestamp"].flatMap { Int64($0) } ?? 0 > 1_000_000_000_000 && fields["name"]?.isEmpty == false)
            }
            try await sandbox.behave(["inbound_ids": true])
            try await sandbox.reply(["button": "Yes"])
            try await sandbox.settle()
            let fields = try #require(sandbox.receiver.got.last).form
            #expect(fields["messageId"]?.isEmpty == false && fields["replyId"] == id)
        }
    }

    @Test func `numbers are opted in by the same path`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openEnterprise()
            let fields: [String: String?] = ["method": "OPT_IN", "phone_number": "37060000001", "channel": "WHATSAPP"]
            #expect(try await sandbox.enterprise(fields).json["response"]?["status"] == "success")
            #expect(try await sandbox.enterprise(fields.merging(["password": "x"]) { $1 }).json["response"]?["id"] == "102")
            #expect(try await sandbox.get("/sandbox/requests/summary").json["requests"] == 0)
        }
    }
}
