import Core
import Providers
import Testing
import WhatsApp

private let provider = GupshupEnterpriseProvider()
private let now = Timestamp(seconds: 1_793_613_600)

@Suite struct GupshupEnterpriseTemplateTests {
    private static func content(_ json: JSONValue) throws -> TemplateContent { try TemplateContent(json: json) }

    private static func page(_ fixture: String, status: Int = 200) throws -> TemplatePage {
        try provider.templates(status: status, body: ProviderCases.gupshupEnterprise.bytes(fixture), page: nil)
    }

    @Test func `templates are read with their parts`() throws {
        let page = try Self.page("templates")
        #expect(page.next == nil && page.templates.count == 7)
        let order = try Self.content([
            "category": "utility", "header": "Užsakymas {{1}}", "body": "Labas {{1}}, jūsų užsakymas {{2}} paruoštas.",
            "footer": "Parduotuvė",
        ])
        #expect(
            page.templates[0]
                == ListedTemplate(
                    providerID: "910001", name: "order_ready", language: "lt", standing: .approved, quality: .green, content: order))
        let sale = try Self.content([
            "header": ["type": "image"], "body": "Hello {{1}}, our sale is on.",
            "buttons": [
                ["type": "url", "text": "Shop", "url": "https://shop.example.test/{{1}}"],
                ["type": "phone", "text": "Call", "number": "+37052000000"],
            ],
        ])
        #expect(page.templates[1].content == sale && page.templates[1].quality == .unknown && page.templates[1].language == "en_US")
        let survey = try Self.content(["body": "How was it, {{1}}?", "buttons": ["Good", "Bad"]])
        #expect(page.templates[2].content == survey && page.templates[2].quality == .red)
        #expect(page.templates[2].standing == .rejected && page.templates[2].reason == "INVALID_FORMAT")
    }

    @Test(arguments: [(nil, 2, "2"), ("2", 1, nil), ("2", 0, nil), (nil, 0, nil)] as [(String?, Int, String?)])
    func `there is a next page until the total is reached`(page: String?, entries: Int, next: String?) throws {
        let items = (0..<entries).map { ["name": .string("t\($0)"), "language": "en", "body": "Hello"] as JSONValue }
        let body: JSONValue = ["data": .array(items), "meta": ["total": "3"]]
        #expect(try provider.templates(status: 200, body: body.bytes, page: page).next == next)
    }

    @Test(arguments: [
        (3, "Gupshup's enterprise gateway cannot send buttons of the type OTP."),
        (4, "Gupshup's enterprise gateway cannot send templates of the type CAROUSEL."),
        (5, "Gupshup's enterprise gateway cannot send buttons that it does not list."),
        (6, "Its status is not known: FLAGGED"),
    ])
    func `what cannot be sent says why`(index: Int, reason: String) throws {
        let template = try Self.page("templates").templates[index]
        #expect(template.content == nil && template.reason == reason)
        #expect(template.standing == (index == 6 ? .pending : .approved))
    }

    @Test(arguments: [
        ("https://media.smsgupshup.com", "https://wamedia.smsgupshup.com/GatewayAPI/rest"),
        ("https://twin.example.test", "https://twin.example.test/GatewayAPI/rest"),
    ])
    func `the list is asked for by pages, with the password in the body`(base: String, url: String) throws {
        let line = Line.gupshupEnterprise(baseURL: base)
        let list = try #require(try provider.templateRequest(page: nil, over: line, at: now))
        #expect(list.method == .post && list.url == url)
        let fields = FormFields.decoded(list.body)
        #expect(fields["method"] == "get_whatsapp_hsm" && fields["userid"] == "2000000001" && fields["password"] == "hsm&pass=1%")
        #expect(fields["limit"] == "100" && fields["offset"] == "0" && fields["fields"] == #"["buttons"]"#)
        let second = try #require(try provider.templateRequest(page: "100", over: line, at: now))
        #expect(FormFields.decoded(second.body)["offset"] == "100")
        let check = try #require(try provider.checkRequest(over: line, at: now))
        #expect(FormFields.decoded(check.body)["limit"] == "1")
        #expect(throws: SendFailure.self) { try provider.checkRequest(over: .gupshupEnterprise(Credentials([:])), at: now) }
    }

    @Test(arguments: [
        (200, "templates-error", SendFailure.Disposition.haltChannel, "enterprise_102"), (200, "page", .retry, "unreadable_answer"),
        (200, "answer-success", .retry, "unreadable_answer"), (200, "answer-plain-error", .haltChannel, "enterprise_102"),
        (403, "page", .haltChannel, "http_403"), (429, "page", .slowChannel, "rate_limited"), (502, "page", .retry, "http_502"),
        (302, "page", .haltChannel, "redirected"), (500, "templates", .retry, "http_500"),
    ])
    func `a list that did not come says why`(status: Int, fixture: String, disposition: SendFailure.Disposition, code: String) throws {
        let error = #expect(throws: SendFailure.self) { try Self.page(fixture, status: status) }
        #expect(error?.disposition == disposition && error?.code == code)
        let report = provider.checkResult(status: status, body: try ProviderCases.gupshupEnterprise.bytes(fixture))
        #expect(report.problem == error && report.facts.isEmpty)
    }

    @Test func `credentials that work show how many templates there are`() throws {
        let report = provider.checkResult(status: 200, body: try ProviderCases.gupshupEnterprise.bytes("templates-one"))
        #expect(report == ConnectionReport(problem: nil, facts: ["templates": "37"]))
    }
}
