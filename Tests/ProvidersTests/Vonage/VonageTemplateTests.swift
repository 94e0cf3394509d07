import Core
import Providers
import Testing
import WhatsApp

private let now = Timestamp(seconds: 1_793_613_600)

@Suite struct VonageTemplateTests {
    let provider = VonageProvider()

    private static let basic = Credentials(["api_key": "a1b2c3d4", "api_secret": "s3cret", "waba_id": "100000000000001"])

    @Test(
        arguments: [
            (nil, "?limit=100"), ("QVFIUm", "?limit=100&after=QVFIUm"), ("a=&b/../?", "?limit=100&after=a%3D%26b%2F..%2F%3F"),
        ] as [(String?, String)])
    func `a page of templates is asked for`(page: String?, query: String) throws {
        let request = try #require(try provider.templateRequest(page: page, over: .vonage(Self.basic), at: now))
        #expect(request.method == .get && request.body.isEmpty)
        #expect(request.url == "https://api.example.test/v2/whatsapp-manager/wabas/100000000000001/templates" + query)
        #expect(request.headers == ["authorization": "Basic YTFiMmMzZDQ6czNjcmV0", "accept": "application/json"])
    }

    @Test func `an application asks with its token`() throws {
        let request = try provider.templateRequest(page: nil, over: .vonage(.vonageApplication), at: now)
        #expect(request?.headers["authorization"]?.hasPrefix("Bearer ") == true)
    }

    @Test(arguments: [Credentials.vonage, Credentials(["waba_id": "100000000000001"])])
    func `without an account there is nothing to ask`(credentials: Credentials) {
        let failure = #expect(throws: SendFailure.self) {
            try provider.templateRequest(page: nil, over: .vonage(credentials), at: now)
        }
        #expect(failure?.code == "no_credentials")
    }

    @Test func `a page is read whole`() throws {
        let page = try provider.templates(status: 200, body: ProviderCases.vonage.bytes("templates"), page: nil)
        let content = try TemplateContent(json: [
            "category": "utility", "header": ["type": "image"], "body": "Hello {{1}}, order {{2}} is ready.", "footer": "Shop",
            "buttons": [["type": "url", "text": "Open", "url": "https://shop.example.test/o/{{1}}"], "Stop"],
        ])
        #expect(
            page.templates.map { [$0.name, $0.language, $0.standing.rawValue, $0.quality.rawValue] } == [
                ["order_ready", "lt", "approved", "green"], ["sale", "en_GB", "paused", "unknown"], ["old", "lt", "rejected", "unknown"],
                ["cards", "lt", "approved", "unknown"],
            ])
        #expect(page.templates.first?.content == content && page.templates.first?.providerID == "1051122791049475")
        #expect(page.templates[1].content?.header == nil && page.templates[1].content != nil)
        #expect(page.templates[2].reason == "INVALID_FORMAT")
        #expect(page.templates[3].content == nil && page.templates[3].reason?.contains("carousel") == true)
        #expect(page.next == "QVFIUm")
    }

    /// What stands under `paging`, and what is asked for next.
    @Test(
        arguments: [
            ("{}", nil), (#"{"cursors":{"after":"QVFIUm"}}"#, nil), (#"{"next":null,"cursors":{"after":"QVFIUm"}}"#, nil),
            (#"{"next":"","cursors":{"after":"QVFIUm"}}"#, nil),
            (#"{"next":"https://api.nexmo.com/v2/t?limit=100&after=QV%2BFI","cursors":{"before":"x"}}"#, "QV+FI"),
            (#"{"next":"https://evil.example.test/t?after=QVFIUm"}"#, "QVFIUm"),
            (#"{"next":"https://api.nexmo.com/v2/t"}"#, nil), (#"{"next":"QVFIUm"}"#, "QVFIUm"),
            (#"{"next":{"after":"QVFIUm"}}"#, nil), ("7", nil),
        ] as [(String, String?)])
    func `paging is read in every form`(paging: String, next: String?) throws {
        let body = #"{"templates":[],"paging":\#(paging)}"#
        #expect(try provider.templates(status: 200, body: Array(body.utf8), page: nil) == TemplatePage(templates: [], next: next))
    }

    @Test(
        arguments: [
            (401, "", .haltChannel, "http_401"), (403, "", .haltChannel, "http_403"), (404, "", .reject, "http_404"),
            (429, "", .slowChannel, "rate_limited"), (502, "", .retry, "http_502"), (302, "", .haltChannel, "redirected"),
            (0, "", .retry, "http_0"), (200, "", .retry, "unreadable_answer"), (200, "{}", .retry, "unreadable_answer"),
            (200, #"{"templates":{}}"#, .retry, "unreadable_answer"),
        ] as [(Int, String, SendFailure.Disposition, String)])
    func `a refusal is no empty list`(status: Int, body: String, disposition: SendFailure.Disposition, code: String) {
        let failure = #expect(throws: SendFailure.self) { try provider.templates(status: status, body: Array(body.utf8), page: nil) }
        #expect(failure?.disposition == disposition && failure?.code == code)
    }
}
