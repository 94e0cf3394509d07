import Core
import Providers
import Testing
import WhatsApp

@Suite struct GupshupTemplateListTests {
    private let provider = GupshupProvider()

    private func listed() throws -> [String: ListedTemplate] {
        let page = try provider.templates(status: 200, body: ProviderCases.gupshup.bytes("list-templates"), page: nil)
        #expect(page.next == nil && page.templates.count == 13)
        return Dictionary(page.templates.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    @Test func `the list of the app is asked for with the key`() throws {
        let request = try #require(try provider.templateRequest(page: nil, over: .gupshup(), at: GupshupSample.made))
        #expect(request.method == .get && request.body.isEmpty && request.headers["apikey"] == GupshupSample.key)
        #expect(request.url == "https://api.gupshup.io/wa/app/c0ffee00-0000-4000-8000-00000000c003/template?pageNo=0&pageSize=100")
        let second = try #require(try provider.templateRequest(page: "1", over: .gupshup(), at: GupshupSample.made))
        #expect(second.url.hasSuffix("template?pageNo=1&pageSize=100"))
    }

    @Test(arguments: [(nil, 100, "1"), ("1", 100, "2"), ("1", 99, nil), (nil, 250, nil)] as [(String?, Int, String?)])
    func `a full page has a next one`(page: String?, entries: Int, next: String?) throws {
        let items = (0..<entries).map { ["elementName": .string("t\($0)")] as JSONValue }
        let body: JSONValue = ["status": "success", "templates": .array(items)]
        #expect(try provider.templates(status: 200, body: body.bytes, page: page).next == next)
    }

    @Test(arguments: [["app_id": nil], ["api_key": nil], ["app_id": "../x"]] as [[String: String?]])
    func `without an app's id there is no list`(changes: [String: String?]) {
        #expect(throws: SendFailure.self) { try provider.templateRequest(page: nil, over: .gupshup(changes), at: GupshupSample.made) }
    }

    @Test func `a template has all its parts`() throws {
        let template = try #require(try listed()["order_ready"])
        #expect(template.providerID == "7e3a91d2-0000-4000-8000-000000000001" && template.language == "lt")
        #expect(template.namespace == "69c54856_55eb_42d4_8d01_e67e984dcb0f")
        #expect(template.standing == .approved && template.quality == .green && template.reason == nil)
        let content = try TemplateContent(json: [
            "category": "utility", "header": "Order {{1}}", "body": "Hello {{1}}, order {{2}} is ready.", "footer": "My Shop",
            "buttons": [
                ["type": "url", "text": "Open", "url": "https://shop.example.test/o/{{1}}"],
                ["type": "phone", "text": "Call", "number": "+37052000000"], ["type": "copy_code"], "Stop",
            ],
        ])
        #expect(template.content == content)
    }

    @Test func `headers of all kinds, split addresses and names are read`() throws {
        let templates = try listed()
        let picture = try TemplateContent(json: [
            "header": ["type": "image"], "body": "Look, {{1}}.",
            "buttons": [["type": "url", "text": "Open", "url": "https://shop.example.test/o/{{1}}"]],
        ])
        #expect(templates["picture"]?.content == picture)
        #expect(templates["place"]?.content?.header == .location)
        #expect(templates["named"]?.content?.body.names == ["first_name"])
    }

    @Test(arguments: [
        ("many_cards", "CAROUSEL"), ("one_time_code", "OTP"), ("no_parts", "parts"), ("broken_parts", "parts"), ("gap", "{{1}}"),
        ("strange_address", "variable"), ("new_category", "category"),
    ])
    func `what cannot be sent is listed with the reason`(name: String, word: String) throws {
        let template = try #require(try listed()[name])
        #expect(template.content == nil && template.providerID != nil)
        #expect(template.reason?.contains(word) == true, "\(template.reason ?? "")")
    }

    @Test func `a rejection says why`() throws {
        let templates = try listed()
        #expect(templates["refused"]?.standing == .rejected && templates["refused"]?.reason == "Header format is wrong")
        #expect(templates["appealed"]?.standing == .disabled && templates["appealed"]?.content != nil)
    }

    @Test func `an empty list is a list`() throws {
        let page = try provider.templates(status: 200, body: ProviderCases.gupshup.bytes("list-empty"), page: nil)
        #expect(page == TemplatePage(templates: [], next: nil))
    }

    @Test(
        arguments: [
            (200, "", .retry, "unreadable_answer"), (200, #"{"status":"success"}"#, .retry, "unreadable_answer"),
            (200, #"{"status":"error","message":"Authentication Failed"}"#, .haltChannel, "gupshup_authentication_failed"),
            (401, "", .haltChannel, "http_401"), (429, "", .slowChannel, "rate_limited"), (503, "", .retry, "http_503"),
            (302, #"{"templates":[]}"#, .haltChannel, "redirected"),
        ] as [(Int, String, SendFailure.Disposition, String)])
    func `an answer without a list is a failure`(status: Int, body: String, disposition: SendFailure.Disposition, code: String) throws {
        let failure = try #require(throws: SendFailure.self) { try provider.templates(status: status, body: Array(body.utf8), page: nil) }
        #expect(failure.disposition == disposition && failure.code == code)
    }

    @Test func `a template from the list can be sent`() throws {
        let template = try #require(try listed()["picture"])
        let message = TemplateMessage(
            name: try TemplateName("shop:picture"), language: "lt", content: try #require(template.content),
            values: ["Ona", "https://files.example.test/1.jpg", "A-17"], providerID: template.providerID)
        let request = try provider.request(for: .toOna(.template(message)), over: .gupshup(), at: GupshupSample.made)
        let sent = try JSONValue(parsing: FormFields.decoded(request.body)["template"] ?? "")
        #expect(sent == ["id": "7e3a91d2-0000-4000-8000-000000000002", "params": ["Ona", "A-17"]])
    }
}
