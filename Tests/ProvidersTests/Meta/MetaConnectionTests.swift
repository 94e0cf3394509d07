import Core
import Providers
import Testing
import WhatsApp

@Suite struct MetaConnectionTests {
    private let provider = MetaProvider()
    private let noon = Timestamp(seconds: 1_793_613_600)

    @Test func `the number's own entry is asked for`() throws {
        let request = try #require(try provider.checkRequest(over: .meta, at: noon))
        #expect(request.method == .get && request.headers["authorization"] == "Bearer EAAGexampletoken0001")
        #expect(request.url.hasPrefix("https://graph.facebook.com/v25.0/700000000000001?fields=display_phone_number%2Cverified_name"))
    }

    @Test func `without a token nothing is asked`() {
        #expect(throws: SendFailure.self) { try provider.checkRequest(over: .meta(["access_token": nil]), at: noon) }
    }

    @Test func `what Meta says about the number is shown`() {
        let body = #"""
            {"display_phone_number":"+370 520 00000","verified_name":"Shop","quality_rating":"GREEN","throughput":{"level":"STANDARD"},
            "name_status":"APPROVED","status":"CONNECTED","whatsapp_business_manager_messaging_limit":"TIER_2K","id":"700000000000001"}
            """#
        let facts = [
            "number": "+370 520 00000", "name": "Shop", "quality": "GREEN", "throughput": "STANDARD", "name_status": "APPROVED",
            "status": "CONNECTED", "messaging_limit": "TIER_2K",
        ]
        #expect(provider.checkResult(status: 200, body: Array(body.utf8)) == ConnectionReport(problem: nil, facts: facts))
    }

    static let problems: [(Int, String, SendFailure.Disposition, String)] = [
        (401, #"{"error":{"code":190}}"#, .haltChannel, "meta_190"),
        (400, #"{"error":{"code":100,"error_subcode":33}}"#, .haltChannel, "meta_100"), (301, "", .haltChannel, "redirected"),
        (503, "", .retry, "http_503"), (200, "<html>", .retry, "unreadable_answer"), (200, "[]", .retry, "unreadable_answer"),
        (200, #"{"error":{"code":1}}"#, .retry, "unreadable_answer"), (600, "{}", .retry, "unreadable_answer"),
    ]

    @Test(arguments: problems)
    func `a problem says which`(status: Int, body: String, disposition: SendFailure.Disposition, code: String) {
        let report = provider.checkResult(status: status, body: Array(body.utf8))
        #expect(report.problem?.disposition == disposition && report.problem?.code == code && report.facts.isEmpty)
    }
}

@Suite struct MetaMediaTests {
    private let provider = MetaProvider()
    private let noon = Timestamp(seconds: 1_793_613_600)

    @Test func `an id is asked for with the token`() throws {
        let request = try provider.mediaRequest(for: .id("900000000000001"), over: .meta, at: noon)
        #expect(request.method == .get && request.url == "https://graph.facebook.com/v25.0/900000000000001")
        #expect(request.headers["authorization"] == "Bearer EAAGexampletoken0001")
    }

    @Test(arguments: ["", "../me", "1?fields=x", "1/2", "é", "1 2", String(repeating: "1", count: 256)])
    func `an id that would lead elsewhere is refused`(id: String) {
        #expect(throws: SendFailure.self) { try provider.mediaRequest(for: .id(id), over: .meta, at: noon) }
    }

    @Test func `the answer to an id leads to the file, and the file to nothing`() {
        let body = Array(#"{"url":"https://lookaside.fbsbx.com/x?mid=1","mime_type":"image/jpeg","id":"9"}"#.utf8)
        #expect(provider.mediaReference(in: body, answering: .id("9")) == .link("https://lookaside.fbsbx.com/x?mid=1"))
        #expect(provider.mediaReference(in: body, answering: .link("https://lookaside.fbsbx.com/x")) == nil)
        #expect(provider.mediaReference(in: Array("{}".utf8), answering: .id("9")) == nil)
    }

    static let ours = [
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&ext=2&hash=ATv~x", "https://scontent.fbsbx.com/a.jpg",
        "https://mmg.whatsapp.net/v/t62?ccb=11-4", "https://LOOKASIDE.fbsbx.com/x", "https://graph.facebook.com/v25.0/9",
        "https://fbsbx.com/x",
    ]

    @Test(arguments: ours)
    func `a file on a host of Meta's is fetched with the token`(link: String) throws {
        let request = try provider.mediaRequest(for: .link(link), over: .meta, at: noon)
        #expect(request.url == link && request.method == .get)
        #expect(request.headers["authorization"] == "Bearer EAAGexampletoken0001")
    }

    static let others = [
        "http://lookaside.fbsbx.com/x", "https://evil.example.test/x", "https://evilfbsbx.com/x", "https://fbsbx.com.evil.example.test/",
        "https://lookaside.fbsbx.com@evil.example.test/x", "https://evil.example.test\\.fbsbx.com/x",
        "https://evil.example.test#.fbsbx.com",
        "https://evil.example.test?.fbsbx.com", "https://user:pass@lookaside.fbsbx.com/x", "https://lookaside.fbsbx.com:8443/x",
        "https://lookaside.fbsbx.com:443/x", "https://lookaside.fbsbx.com./x", "https://lookaside%2efbsbx.com/x",
        "https:/lookaside.fbsbx.com/x", "https:///lookaside.fbsbx.com/x", "//lookaside.fbsbx.com/x", "HTTPS://lookaside.fbsbx.com/x",
        "ftp://lookaside.fbsbx.com/x", "https://lookaside.fbsbx.com /x", "https://lookaside.fbsbx.com/\n", "https://169.254.169.254/x",
        "https://[::1]/x", "https://lookaside.fbsbx.com\t.evil.example.test/", "https://ｆbsbx.com/x", "", "https://",
        "https://graph.facebook.com.evil.example.test/x", "https://graph.facebook.com@evil.example.test/", "http://graph.facebook.com/x",
    ]

    @Test(arguments: others)
    func `the token goes to no other address`(link: String) {
        let failure = #expect(throws: SendFailure.self) { try provider.mediaRequest(for: .link(link), over: .meta, at: noon) }
        #expect(failure?.code == "invalid_media" && failure?.disposition == .reject)
    }

    @Test func `a channel's own address counts, with its scheme and port`() throws {
        let line = Line.meta([:], baseURL: "http://127.0.0.1:8090/sandbox")
        let link = "http://127.0.0.1:8090/media/9"
        #expect(try provider.mediaRequest(for: .link(link), over: line, at: noon).url == link)
        for other in [
            "http://127.0.0.1:8091/9", "https://127.0.0.1:8090/9", "http://127.0.0.1/9", "http://127.0.0.1:8090@evil.example.test/",
        ] {
            #expect(throws: SendFailure.self) { try provider.mediaRequest(for: .link(other), over: line, at: noon) }
        }
    }
}
