import Core
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(2)))
struct PhoneTests {
    @Test func `a phone keeps its messages and how far they came`() async throws {
        try await SandboxUnderTest.run { sandbox in
            _ = try await sandbox.send()
            _ = try await sandbox.send(["message_type": "text", "text": "Hello"])
            try await sandbox.settle()
            let messages = try await sandbox.get("/sandbox/phones/37060000001").json["messages"]?.array ?? []
            #expect(messages.map { $0["message_type"] } == ["template", "text"])
            #expect(messages.map { $0["status"] } == ["read", "read"])
            #expect(messages[0]["template"] == "shop:order_ready" && messages[1]["text"] == "Hello")
            #expect(try await sandbox.get("/sandbox/phones/37060009999").status == 404)
        }
    }

    @Test func `a text quotes only what it is told to`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let id = try #require(try await sandbox.send().json["message_uuid"])
            _ = try await sandbox.send(["client_ref": "m2"])
            let path = "/sandbox/phones/37060000001/reply"
            #expect(try await sandbox.post(path, ["text": "Hi"]).status == 202)
            #expect(try await sandbox.post(path, ["text": "This one", "to_message": id]).status == 202)
            try await sandbox.settle()
            let replies = sandbox.receiver.got.filter { $0.path == "/inbound" }.map(\.json)
            let plain = try #require(replies.first { $0["text"] == "Hi" })
            #expect(plain["context"] == nil && plain["context_status"] == "none")
            let quoting = try #require(replies.first { $0["text"] == "This one" })
            #expect(quoting["context"]?["message_uuid"] == id && quoting["client_ref"] == "m1")
        }
    }

    @Test func `a button quotes the newest message, a picture is its address`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let id = try await sandbox.send().json["message_uuid"]
            let path = "/sandbox/phones/37060000001/reply"
            _ = try await sandbox.post(path, ["button": "Yes", "payload": "yes-1"])
            _ = try await sandbox.post(path, ["media": "https://example.com/cat.jpg", "caption": "Cat"])
            try await sandbox.settle()
            let replies = sandbox.receiver.got.filter { $0.path == "/inbound" }.map(\.json)
            let tap = try #require(replies.first { $0["message_type"] == "button" })
            #expect(tap["button"] == ["payload": "yes-1", "text": "Yes"] && tap["context"]?["message_uuid"] == id)
            let picture = try #require(replies.first { $0["message_type"] == "image" })
            #expect(picture["image"] == ["url": "https://example.com/cat.jpg", "caption": "Cat"])
        }
    }

    @Test func `a phone that nobody wrote to writes to the first account`() async throws {
        try await SandboxUnderTest.run { sandbox in
            #expect(try await sandbox.post("/sandbox/phones/37061234567/reply", ["text": "Open today?"]).status == 202)
            try await sandbox.settle()
            #expect(sandbox.receiver.got.first?.json["to"] == "37052000000")
        }
    }

    @Test(
        arguments: [
            (["text": "a", "button": "b"], 400), ([:], 400), (["words": "a"], 400), (["text": "a", "to_message": "x"], 400),
            (["text": "a", "to_message": "00000000-0000-4000-8000-000000000000"], 404),
        ] as [(JSONValue, Int)])
    func `a wrong reply is refused`(reply: JSONValue, status: Int) async throws {
        try await SandboxUnderTest.run { sandbox in
            _ = try await sandbox.send()
            let answer = try await sandbox.post("/sandbox/phones/37060000001/reply", reply)
            #expect(answer.status == status)
            #expect(answer.json["error"]?["message"]?.string?.isEmpty == false)
        }
    }

    @Test func `the page escapes what people write`() async throws {
        try await SandboxUnderTest.run { sandbox in
            _ = try await sandbox.send(["message_type": "text", "text": "<script>alert(1)</script>"])
            _ = try await sandbox.send(["template": ["name": "a:b", "parameters": ["<b>Ona</b>"]]])
            // One character to Swift, but still a quotation mark to a browser.
            _ = try await sandbox.send(["message_type": "text", "text": "end\"\u{301} onclick=x"])
            for path in ["/", "/phones", "/phones/37060000001", "/?search=0001"] {
                let page = try await sandbox.get(path)
                #expect(page.status == 200 && page.type == "text/html; charset=utf-8")
                #expect(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
                #expect(page.text.contains("&lt;b&gt;Ona&lt;/b&gt;"))
                #expect(!page.text.contains("<script>") && !page.text.contains("<b>"))
                #expect(page.text.contains("end&quot;\u{301} onclick"))
            }
            // The enter key presses a form's first button: the form of the text may have no quick replies.
            let form = try await sandbox.get("/").text.split(separator: "<form class=\"write\"").last?.split(separator: "</form>").first
            #expect(form?.contains("name=\"text\"") == true && form?.contains("name=\"button\"") == false)
            #expect(try await sandbox.get("/?search=%22%3E%3Cscript%3E").text.contains("<script>") == false)
        }
    }

    @Test func `the form of a phone replies and returns`() async throws {
        try await SandboxUnderTest.run { sandbox in
            let id = try await sandbox.send().json["message_uuid"]
            let type = "application/x-www-form-urlencoded"
            let answer = try await sandbox.post("/phones/37060000001/reply", text: "text=&button=Yes&search=", type: type)
            #expect(answer.status == 303 && answer.location == "/?search=#phone-37060000001")
            let other = try await sandbox.post("/phones/37060000001/reply", text: "text=See+you+%26+thanks&single=yes", type: type)
            #expect(other.location == "/phones/37060000001")
            try await sandbox.settle()
            let replies = sandbox.receiver.got.filter { $0.path == "/inbound" }.map(\.json)
            #expect(replies.first { $0["message_type"] == "button" }?["context"]?["message_uuid"] == id)
            #expect(replies.contains { $0["text"] == "See you & thanks" })
        }
    }

    @Test(arguments: [
        ("sandbox.css", "text/css; charset=utf-8"), ("sandbox.js", "text/javascript; charset=utf-8"), ("icon.svg", "image/svg+xml"),
    ])
    func `assets have their types`(name: String, type: String) async throws {
        try await SandboxUnderTest.run { sandbox in
            let asset = try await sandbox.get("/assets/\(name)")
            #expect(asset.status == 200 && asset.type == type)
            #expect(try await sandbox.get("/assets/..%2FViews%2Fpage.mustache").status == 404)
        }
    }
}
