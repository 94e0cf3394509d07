import Core
import Providers
import Testing
import WhatsApp

private let now = Timestamp(seconds: 1_793_613_600)

@Suite struct VonageCheckTests {
    let provider = VonageProvider()

    @Test func `an account is proven by its list of business accounts`() throws {
        let request = try #require(try provider.checkRequest(over: .vonage, at: now))
        #expect(request.method == .get && request.url == "https://api.example.test/v1/channel-manager/whatsapp/wabas")
        #expect(request.headers["authorization"] == "Basic YTFiMmMzZDQ6czNjcmV0LXMzY3JldA==")
    }

    @Test func `an application is proven by its list of templates`() throws {
        let request = try provider.checkRequest(over: .vonage(.vonageApplication), at: now)
        #expect(try request == provider.templateRequest(page: nil, over: .vonage(.vonageApplication), at: now))
        let nameless = Credentials(["application_id": VonageToken.application, "private_key": VonageKeys.pkcs8])
        #expect(try provider.checkRequest(over: .vonage(nameless), at: now) == nil)
    }

    @Test func `a channel that cannot sign in is not tried`() {
        let failure = #expect(throws: SendFailure.self) { try provider.checkRequest(over: .vonage(Credentials([:])), at: now) }
        #expect(failure?.code == "no_credentials")
    }

    @Test(arguments: [
        ("accounts", ["business_accounts": "Shop (100000000000001), 100000000000002"]),
        ("accounts-embedded", ["business_accounts": "Shop (100000000000001)"]), ("templates", ["templates": "4 and more"]),
    ])
    func `a yes is shown with what it says`(fixture: String, facts: [String: String]) throws {
        let report = provider.checkResult(status: 200, body: try ProviderCases.vonage.bytes(fixture))
        #expect(report == ConnectionReport(problem: nil, facts: facts))
    }

    @Test(arguments: [
        (401, #"{"type":"https://developer.vonage.com/api-errors#unauthorized","title":"Unauthorized"}"#, "vonage_unauthorized"),
        (403, "", "http_403"), (200, "<html>", "unreadable_answer"), (200, "", "unreadable_answer"), (307, "", "redirected"),
        (503, "", "http_503"), (0, "", "http_0"),
    ])
    func `anything else is a problem`(status: Int, body: String, code: String) {
        let report = provider.checkResult(status: status, body: Array(body.utf8))
        #expect(report.problem?.code == code && report.facts.isEmpty)
    }
}
