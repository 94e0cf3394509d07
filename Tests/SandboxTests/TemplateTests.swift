import Core
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(2)))
struct TemplateTests {
    @Test func `Meta lists templates page by page`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            for number in 1...5 {
                let header: JSONValue = number == 1 ? ["format": "IMAGE"] : nil
                _ = try await sandbox.template("meta", ["name": .string("t\(number)"), "header": header, "footer": "Shop"])
            }
            var (names, pages) = ([String](), 0)
            var next: String? = "/v25.0/9001/message_templates?limit=2"
            while let path = next {
                let page = try await sandbox.get(path, bearer: "token")
                #expect(page.status == 200)
                names += page.json["data"]?.array?.compactMap { $0["name"]?.string } ?? []
                next = page.json["paging"]?["next"]?.string?.replacing("http://127.0.0.1:\(sandbox.port)", with: "")
                pages += 1
            }
            #expect(names == ["t1", "t2", "t3", "t4", "t5"] && pages == 3)
            let first = try await sandbox.get("/v25.0/9001/message_templates?name=t1", bearer: "token").json["data"]?.array?.first
            #expect(first?["id"]?.string.flatMap { Int64($0) } != nil && first?["status"] == "APPROVED" && first?["category"] == "UTILITY")
            #expect(first?["components"]?.array?.map { $0["type"] } == ["HEADER", "BODY", "FOOTER"])
            #expect(try await sandbox.get("/v25.0/9001/message_templates", bearer: "wrong").status == 401)
            #expect(try await sandbox.get("/v25.0/9002/message_templates", bearer: "token").status == 400)
        }
    }

    static let listed: [(template: [String: JSONValue], format: String, components: JSONValue)] = [
        (
            ["body": "Hello {{2}}, order {{1}} is ready.", "header": "Order {{1}}", "footer": "Shop"], "POSITIONAL",
            [
                ["type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": ["header_text": ["example 1"]]],
                [
                    "type": "BODY", "text": "Hello {{2}}, order {{1}} is ready.",
                    "example": ["body_text": [["example 1", "example 2"]]],
                ], ["type": "FOOTER", "text": "Shop"],
            ]
        ),
        (
            ["body": "Hello {{first_name}}, it is {{first_name}} again.", "header": "For {{name}}"], "NAMED",
            [
                [
                    "type": "HEADER", "format": "TEXT", "text": "For {{name}}",
                    "example": ["header_text_named_params": [["param_name": "name", "example": "example name"]]],
                ],
                [
                    "type": "BODY", "text": "Hello {{first_name}}, it is {{first_name}} again.",
                    "example": ["body_text_named_params": [["param_name": "first_name", "example": "example first_name"]]],
                ],
            ]
        ),
        (
            [
                "body": "No variables", "header": ["format": "LOCATION"],
                "buttons": [
                    ["type": "URL", "text": "Open", "url": "https://s.example/{{1}}"], ["type": "QUICK_REPLY", "text": "Stop"],
                    ["type": "COPY_CODE", "text": "Copy"],
                    ["type": "URL", "text": "See", "url": "https://s.example/{{1}}", "example": ["https://s.example/own"]],
                ],
            ], "POSITIONAL",
            [
                ["type": "HEADER", "format": "LOCATION"], ["type": "BODY", "text": "No variables"],
                [
                    "type": "BUTTONS",
                    "buttons": [
                        ["type": "URL", "text": "Open", "url": "https://s.example/{{1}}", "example": ["https://s.example/example"]],
                        ["type": "QUICK_REPLY", "text": "Stop"], ["type": "COPY_CODE", "text": "Copy", "example": ["EXAMPLE1"]],
                        ["type": "URL", "text": "See", "url": "https://s.example/{{1}}", "example": ["https://s.example/own"]],
                    ],
                ],
            ]
        ),
    ]

    @Test func `Meta lists a template with its examples and the form of its variables`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            for (template, format, components) in Self.listed {
                _ = try await sandbox.template("meta", template)
                let item = try await sandbox.get("/v25.0/9001/message_templates", bearer: "token").json["data"]?.array?.first
                #expect(item?["parameter_format"]?.string == format)
                #expect(item?["components"] == components, "\(item?.text ?? "")")
            }
            _ = try await sandbox.template("meta", ["header": ["format": "IMAGE"]])
            let item = try await sandbox.get("/v25.0/9001/message_templates", bearer: "token").json["data"]?.array?.first
            let handles = item?["components"]?.array?.first?["example"]?["header_handle"]?.array
            #expect(handles?.first?.string?.hasPrefix("https://") == true)
        }
    }

    @Test func `Vonage lists business accounts and their templates`() async throws {
        try await SandboxUnderTest.run { sandbox in
            for number in 1...3 { _ = try await sandbox.template("key", ["name": .string("t\(number)")]) }
            let basic: HTTPFields = [.authorization: SandboxUnderTest.credentials]
            let accounts = try await sandbox.get("/v1/channel-manager/whatsapp/wabas", headers: basic)
            let id = try #require(accounts.json["wabas"]?.array?.first?["id"]?.string)
            let path = "/v2/whatsapp-manager/wabas/\(id)/templates?limit=2"
            let page = try await sandbox.get(path, headers: basic)
            #expect(page.json["templates"]?.array?.map { $0["name"] } == ["t1", "t2"])
            let next = try #require(page.json["paging"]?["next"]?.string).replacing("http://127.0.0.1:\(sandbox.port)", with: "")
            let last = try await sandbox.get(next, headers: basic)
            #expect(last.json["templates"]?.array?.map { $0["name"] } == ["t3"] && last.json["paging"]?["next"] == nil)
            #expect(try await sandbox.get(path).status == 401)
        }
    }

    @Test func `Gupshup lists templates with its ids`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGupshup()
            let first = try await sandbox.template(
                "gupshup", ["name": "t1", "footer": "Shop", "buttons": [["type": "QUICK_REPLY", "text": "Stop"]]])
            for number in 2...3 { _ = try await sandbox.template("gupshup", ["name": .string("t\(number)"), "status": "PAUSED"]) }
            let headers: HTTPFields = try [#require(HTTPField.Name("apikey")): "gup key"]
            let page = try await sandbox.get("/wa/app/app-1/template?pageNo=1&pageSize=2", headers: headers)
            let items = page.json["templates"]?.array ?? []
            #expect(page.json["status"] == "success" && items.map { $0["elementName"] } == ["t1", "t2"])
            #expect(
                items[0]["id"] == first["id"] && items[0]["languageCode"] == "en"
                    && items[0]["data"] == "Hello {{1}}, order {{2}} is ready.\nShop")
            let container = try JSONValue(parsing: items[0]["containerMeta"]?.string ?? "")
            #expect(container["footer"] == "Shop" && container["buttons"]?.array?.first?["text"] == "Stop")
            let second = try await sandbox.get("/wa/app/app-1/template?pageNo=2&pageSize=2", headers: headers)
            #expect(second.json["templates"]?.array?.map { $0["elementName"] } == ["t3"])
            let paused = try await sandbox.get("/wa/app/app-1/template?templateStatus=APPROVED", headers: headers)
            #expect(paused.json["templates"]?.array?.count == 1)
            #expect(try await sandbox.get("/wa/app/app-1/business", headers: headers).status == 200)
            #expect(try await sandbox.get("/wa/app/app-2/business", headers: headers).status == 400)
            #expect(try await sandbox.get("/wa/app/app-1/business").status == 401)
        }
    }

    @Test func `the enterprise gateway lists templates by offset`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openEnterprise()
            for number in 1...3 {
                _ = try await sandbox.template("gupshup_enterprise", ["name": .string("t\(number)"), "header": "Order"])
            }
            let fields: [String: String?] = ["method": "get_whatsapp_hsm", "limit": "2", "offset": "2"]
            let page = try await sandbox.enterprise(fields).json
            #expect(page["data"]?.array?.map { $0["name"] } == ["t3"] && page["meta"]?["total"] == 3)
            #expect(page["data"]?.array?.first?["status"] == "ENABLED" && page["data"]?.array?.first?["header"] == "Order")
            let query = "userid=2001&password=hsm%20pass&method=get_whatsapp_hsm&limit=1"
            #expect(try await sandbox.get("/GatewayAPI/rest?\(query)").json["data"]?.array?.count == 1)
            #expect(try await sandbox.enterprise(["method": "get_whatsapp_hsm", "password": "x"]).json["response"]?["id"] == "102")
        }
    }

    @Test func `Meta refuses at once what does not fit a template`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openMeta()
            #expect(try await sandbox.meta(SandboxUnderTest.metaTemplate("anything")).status == 200)
            let template = try await sandbox.template("meta")
            let code = { (changes: [String: JSONValue]) in try await sandbox.meta(changes).json["error"]?["code"]?.int }
            #expect(try await sandbox.meta(SandboxUnderTest.metaTemplate()).status == 200)
            #expect(try await sandbox.meta(SandboxUnderTest.metaTemplate("anything")).status == 404)
            #expect(try await code(SandboxUnderTest.metaTemplate("anything")) == 132_001)
            #expect(try await code(SandboxUnderTest.metaTemplate("order_ready", ["Ona"])) == 132_000)
            try await sandbox.settle()
            let status: JSONValue = ["name": "order_ready", "status": "PAUSED", "reason": "quality"]
            #expect(try await sandbox.post("/sandbox/accounts/meta/templates/status", status).json == ["changed": 1])
            try await sandbox.settle()
            #expect(try await code(SandboxUnderTest.metaTemplate()) == 132_015)
            let entry = sandbox.receiver.got.last?.json["entry"]?.array?.first
            #expect(entry?["id"] == "9001" && (entry?["time"]?.int ?? 0) > 1_500_000_000)
            let change = entry?["changes"]?.array?.first
            #expect(change?["field"] == "message_template_status_update" && change?["value"]?["event"] == "PAUSED")
            #expect(change?["value"]?["message_template_id"]?.int == template["meta_id"]?.string.flatMap { Int64($0) })
            #expect(change?["value"]?["message_template_name"] == "order_ready" && change?["value"]?["reason"] == "quality")
            #expect(try await sandbox.meta().status == 200)
        }
    }

    @Test func `Gupshup reports later what does not fit a template`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openGupshup()
            let id = try #require(try await sandbox.template("gupshup")["id"]?.string)
            let use = { (id: String, parameters: String) in ["template": #"{"id":"\#(id)","params":\#(parameters)}"#] as [String: String?] }
            for (fields, code) in [(use("none", #"["a","b"]"#), 4003), (use(id, #"["a"]"#), 132_000)] as [([String: String?], JSONValue)] {
                #expect(try await sandbox.gupshup(fields, template: true).status == 202)
                try await sandbox.settle()
                let payload = sandbox.receiver.got.last?.json["payload"]
                #expect(payload?["type"] == "failed" && payload?["payload"]?["code"] == code)
            }
            _ = try await sandbox.post(
                "/sandbox/accounts/gupshup/templates/status", ["name": "order_ready", "language": "en", "status": "PAUSED"])
            try await sandbox.settle()
            let event = try #require(sandbox.receiver.got.last?.json)
            #expect(event["type"] == "template-event" && event["payload"]?["status"] == "paused" && event["payload"]?["id"]?.string == id)
            _ = try await sandbox.gupshup(use(id, #"["a","b"]"#), template: true)
            try await sandbox.settle()
            #expect(sandbox.receiver.got.last?.json["payload"]?["payload"]?["code"] == 4005)
            _ = try await sandbox.post("/sandbox/accounts/gupshup/templates/status", ["name": "order_ready", "status": "APPROVED"])
            _ = try await sandbox.gupshup(use(id, #"["a","b"]"#), template: true)
            try await sandbox.settle()
            #expect(sandbox.receiver.got.last?.json["payload"]?["type"] == "read")
            #expect(try await sandbox.log().last?["template"] == "order_ready")
        }
    }

    @Test func `Vonage rejects later what does not fit a template`() async throws {
        try await SandboxUnderTest.run { sandbox in
            _ = try await sandbox.template("key")
            #expect(try await sandbox.send(["template": ["name": "ns:other"]]).status == 202)
            try await sandbox.settle()
            #expect(sandbox.receiver.got.map(\.status) == ["rejected"])
            #expect(sandbox.receiver.got.last?.json["error"]?["title"] == "1022")
            #expect(try await sandbox.send().status == 202)
            try await sandbox.settle()
            #expect(sandbox.receiver.got.last?.status == "read")
        }
    }

    @Test(
        arguments: [
            ("shop:order_ready", true), ("order_ready", true), ("other:order_ready", false), ("shop:other", false),
            ("Shop:order_ready", false), ("my:shop:order_ready", false),
        ])
    func `Vonage knows a template in its namespace only`(name: String, isKnown: Bool) async throws {
        try await SandboxUnderTest.run { sandbox in
            _ = try await sandbox.template("key", ["namespace": "shop"])
            #expect(try await sandbox.send(["template": ["name": .string(name), "parameters": ["Ona", "A-17"]]]).status == 202)
            try await sandbox.settle()
            #expect(sandbox.receiver.got.last?.status == (isKnown ? "read" : "rejected"))
            #expect(sandbox.receiver.got.last?.json["error"]?["title"] == (isKnown ? nil : "1022"))
            let parts = name.split(separator: ":").map { JSONValue.string(String($0)) }
            var template = SandboxUnderTest.metaTemplate()["template"]?.object ?? [:]
            (template["name"], template["namespace"]) = (parts.last, .string(name.split(separator: ":").dropLast().joined(separator: ":")))
            if parts.count == 1 { template["namespace"] = nil }
            let custom: JSONValue = ["type": "template", "template": .object(template)]
            #expect(try await sandbox.send(["message_type": "custom", "template": nil, "custom": custom]).status == 202)
            try await sandbox.settle()
            #expect(sandbox.receiver.got.last?.status == (isKnown ? "read" : "rejected"))
        }
    }

    @Test func `the enterprise gateway compares the text, the generic provider the name`() async throws {
        try await SandboxUnderTest.run { sandbox in
            try await sandbox.openEnterprise()
            try await sandbox.openGeneric()
            for account in ["gupshup_enterprise", "generic"] { _ = try await sandbox.template(account) }
            #expect(try await sandbox.enterprise().json["response"]?["status"] == "success")
            let line = try await sandbox.log().last
            #expect(line?["template"] == "order_ready" && line?["parameters"] == ["Ona", "A-17"] && line?["kind"] == "template")
            let other = try await sandbox.enterprise(["msg": "Hello  Ona, order A-17 is ready"])
            #expect(other.json["response"]?["details"] == "template not found")
            #expect(try await sandbox.generic().json["status"] == "success")
            let unknown: [String: JSONValue] = ["template": ["namespace": "other", "languageCode": "en"]]
            #expect(try await sandbox.generic(unknown).json["error"]?["code"] == 2001)
            for account in ["gupshup_enterprise", "generic"] {
                _ = try await sandbox.post("/sandbox/accounts/\(account)/templates/status", ["name": "order_ready", "status": "DISABLED"])
            }
            #expect(try await sandbox.enterprise().json["response"]?["details"] == "template is disabled")
            #expect(try await sandbox.generic().json["error"]?["code"] == 2001)
        }
    }

    @Test(
        arguments: [
            (["name": "Upper"], "name"), (["language": nil], "language"), (["category": "ART"], "category"), (["body": ""], "body"),
            (["header": 7], "header"), (["namespace": ""], "namespace"), (["buttons": [:]], "buttons"),
            (["buttons": [["type": "NOSE", "text": "a"]]], "buttons"),
            (["status": "GONE"], "status"), (["colour": "red"], "colour"),
        ] as [([String: JSONValue], String)])
    func `a wrong template is refused and its key named`(changes: [String: JSONValue], field: String) async throws {
        try await SandboxUnderTest.run { sandbox in
            let body: [String: JSONValue] = ["name": "a", "language": "en", "category": "UTILITY", "body": "Hi"]
            let answer = try await sandbox.post("/sandbox/accounts/key/templates", .object(body.merging(changes) { $1 }))
            #expect(answer.status == 400 && answer.json["error"]?["field"]?.string == field)
            #expect(try await sandbox.post("/sandbox/accounts/none/templates", .object(body)).status == 404)
            let change: JSONValue = ["name": "none", "status": "PAUSED"]
            #expect(try await sandbox.post("/sandbox/accounts/key/templates/status", change).status == 404)
        }
    }
}
