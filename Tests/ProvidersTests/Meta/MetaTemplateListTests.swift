import Core
import Providers
import Testing
import WhatsApp

@Suite struct MetaTemplateListTests {
    private let provider = MetaProvider()
    private let noon = Timestamp(seconds: 1_793_613_600)

    private func page(_ fixture: String = "templates-page") throws -> TemplatePage {
        try provider.templates(status: 200, body: ProviderCases.meta.bytes(fixture), page: nil)
    }

    private func listed(_ name: String) throws -> ListedTemplate {
        try #require(try page().templates.first { $0.name == name })
    }

    @Test func `the first page is asked for with the token`() throws {
        let request = try #require(try provider.templateRequest(page: nil, over: .meta, at: noon))
        let fields = "id%2Cname%2Clanguage%2Cstatus%2Ccategory%2Cquality_score%2Crejected_reason%2Cparameter_format%2Ccomponents"
        #expect(
            request.url == "https://graph.facebook.com/v25.0/800000000000001/message_templates?fields=\(fields)&limit=100")
        #expect(request.method == .get && request.body.isEmpty)
        #expect(request.headers["authorization"] == "Bearer EAAGexampletoken0001")
    }

    @Test func `the next page is asked for by its cursor`() throws {
        let request = try #require(try provider.templateRequest(page: "QVFJ+/=", over: .meta, at: noon))
        #expect(request.url.hasSuffix("&limit=100&after=QVFJ%2B%2F%3D"))
    }

    @Test func `without the account's id there is no list`() {
        let failure = #expect(throws: SendFailure.self) {
            try provider.templateRequest(page: nil, over: .meta(["waba_id": nil]), at: noon)
        }
        #expect(failure?.code == "no_credentials")
    }

    @Test func `a page leads to the next, and the last to none`() throws {
        #expect(try page().next == "QVFJ+/=")
        #expect(try page("templates-last-page") == TemplatePage(templates: [], next: nil))
    }

    @Test func `every template with a name is listed, in Meta's order`() throws {
        let names = [
            "order_ready", "sale", "login_code", "show", "where", "odd_button", "odd_address", "odd_header", "no_parts", "no_body",
            "fixed",
        ]
        #expect(try page().templates.map(\.name) == names)
    }

    @Test func `all parts are read`() throws {
        let content = try TemplateContent(json: [
            "category": "utility", "header": ["type": "image"], "body": "Hello {{1}}, order {{2}} is ready.", "footer": "Shop",
            "buttons": [
                ["type": "url", "text": "Open", "url": "https://s.example.test/o/{{1}}"], "Stop",
                ["type": "phone", "text": "Call", "number": "+37052000000"],
            ],
        ])
        let expected = ListedTemplate(
            providerID: "594425479261596", name: "order_ready", language: "lt", standing: .approved, quality: .green, content: content)
        #expect(try listed("order_ready") == expected)
    }

    @Test func `named variables are read, and the one of an address is the first`() throws {
        let content = try TemplateContent(json: [
            "category": "marketing", "header": "Sale {{day}}", "body": "Hello {{first_name}}, take 5 off.",
            "buttons": [
                ["type": "copy_code", "text": "Copy offer code"],
                ["type": "url", "text": "Open", "url": "https://s.example.test/?c={{1}}"],
            ],
        ])
        let expected = ListedTemplate(
            providerID: "2", name: "sale", language: "en_GB", standing: .paused, quality: .red, content: content)
        #expect(try listed("sale") == expected)
    }

    @Test func `a code for signing in has a button to copy it`() throws {
        let template = try listed("login_code")
        #expect(template.providerID == "3" && template.content?.category == .authentication && template.content?.footer == nil)
        #expect(template.content?.buttons == [.copyCode(text: "Copy code")])
    }

    @Test(arguments: ["show", "odd_button", "odd_address", "odd_header", "no_parts", "no_body"])
    func `what cannot be sent is listed with the reason`(name: String) throws {
        let template = try listed(name)
        #expect(template.content == nil && template.reason?.isEmpty == false)
    }

    @Test func `words for the standing and the rejection are read`() throws {
        #expect(try listed("where").standing == .rejected && listed("where").reason == "INVALID_FORMAT")
        #expect(try listed("where").content?.header == .location)
        #expect(try listed("no_parts").standing == .approved)  // flagged
        #expect(try listed("no_body").standing == .pending)  // a word that is not known
        #expect(try listed("fixed").quality == .green && listed("fixed").reason == nil)
        #expect(try listed("fixed").content?.slots == [])
    }

    @Test func `what is sent fits what was listed`() throws {
        let template = try listed("sale")
        let content = try #require(template.content)
        let message = OutboundMessage.toOna(
            .template(
                TemplateMessage(
                    name: try TemplateName("shop:sale"), language: template.language, content: content,
                    values: ["Ona", "today", "SAVE5", "17"])))
        let json = try JSONValue(parsing: provider.request(for: message, over: .meta, at: noon).body)
        let kinds = json["template"]?["components"]?.array?.map { [$0["type"], $0["sub_type"], $0["index"]] }
        #expect(kinds == [["header", nil, nil], ["body", nil, nil], ["button", "copy_code", "0"], ["button", "url", "1"]])
    }

    static let refusals: [(Int, String, SendFailure.Disposition, String)] = [
        (401, #"{"error":{"code":190}}"#, .haltChannel, "meta_190"), (400, #"{"error":{"code":80007}}"#, .slowChannel, "meta_80007"),
        (302, "", .haltChannel, "redirected"), (502, "", .retry, "http_502"), (200, "", .retry, "unreadable_answer"),
        (200, "{}", .retry, "unreadable_answer"), (200, #"{"data":{}}"#, .retry, "unreadable_answer"),
        (204, "", .retry, "unreadable_answer"), (0, "", .retry, "unreadable_answer"),
    ]

    @Test(arguments: refusals)
    func `a refusal says why`(status: Int, body: String, disposition: SendFailure.Disposition, code: String) {
        let failure = #expect(throws: SendFailure.self) { try provider.templates(status: status, body: Array(body.utf8), page: nil) }
        #expect(failure?.disposition == disposition && failure?.code == code)
    }
}
