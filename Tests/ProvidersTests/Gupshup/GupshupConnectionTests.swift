import Core
import Providers
import Testing
import WhatsApp

@Suite struct GupshupConnectionTests {
    private let provider = GupshupProvider()

    @Test func `the check asks for the app's business details`() throws {
        let request = try #require(try provider.checkRequest(over: .gupshup(), at: GupshupSample.made))
        #expect(request.method == .get && request.headers["apikey"] == GupshupSample.key)
        #expect(request.url == "https://api.gupshup.io/wa/app/c0ffee00-0000-4000-8000-00000000c003/business")
        let failure = try #require(throws: SendFailure.self) {
            try provider.checkRequest(over: .gupshup(["app_id": nil]), at: GupshupSample.made)
        }
        #expect(failure.code == "no_credentials" && !failure.summary.contains(GupshupSample.key))
    }

    @Test func `what Gupshup says of the number is shown`() throws {
        let report = provider.checkResult(status: 200, body: try ProviderCases.gupshup.bytes("check-business"))
        #expect(report.problem == nil)
        #expect(report.facts == ["phone": "37052000000", "name": "My Shop", "quality": "GREEN", "messaging_limit": "TIER_10K"])
    }

    @Test(
        arguments: [
            (200, "{}", nil), (200, "", "unreadable_answer"),
            (200, #"{"status":"error","message":"Invalid App Details"}"#, "gupshup_invalid_app_details"),
            (401, #"{"status":"error","message":"Authentication Failed"}"#, "gupshup_authentication_failed"), (404, "", "http_404"),
            (500, "", "http_500"), (301, "{}", "redirected"),
        ] as [(Int, String, String?)])
    func `the answer says whether the credentials work`(status: Int, body: String, problem: String?) {
        #expect(provider.checkResult(status: status, body: Array(body.utf8)).problem?.code == problem)
    }

    @Test(arguments: [
        "https://filemanager.gupshup.io/wa/1/wa/media/2?download=false", "https://fss.gupshup.io/0/public/a.jpg", "https://gupshup.io/a",
        "https://FileManager.Gupshup.IO/a", "https://filemanager.gupshup.io", "https://filemanager.gupshup.io/a@b:c",
    ])
    func `a file on Gupshup's hosts is fetched without the key`(link: String) throws {
        let request = try provider.mediaRequest(for: .link(link), over: .gupshup(), at: GupshupSample.made)
        #expect(request == ProviderRequest(.get, url: link, headers: [:]))
    }

    @Test(arguments: [
        "http://filemanager.gupshup.io/a", "ftp://filemanager.gupshup.io/a", "https://evil.example.test/a", "https://evilgupshup.io/a",
        "https://gupshup.io.evil.example.test/a", "https://filemanager.gupshup.io@evil.example.test/a",
        "https://evil.example.test\\.gupshup.io/a", "https://evil.example.test#.gupshup.io/a", "https://evil.example.test?.gupshup.io",
        "https://filemanager.gupshup.io:444/a", "https://filemanager.gupshup.io:80@evil.example.test/", "https://filemanager.gupshup.io:/a",
        "https://.gupshup.io/a", "https://filemanager.gupshup.io./a", "https://filemanager..gupshup.io/a", "https:filemanager.gupshup.io/a",
        "https://filemanager.gupshup.io\n.evil.example.test/a", "https://[::1]/a", "https://127.0.0.1/a", "https:///a", "https://", "",
        "//filemanager.gupshup.io/a", " https://filemanager.gupshup.io/a", "https://filemanager.gupshup.io/a b",
        "https://filemanager\u{3002}gupshup.io/a", "https://filemanager.gupshup.io%2eevil.example.test/a",
        "https://api.example.test:9000/a",
    ])
    func `a file elsewhere is not`(link: String) throws {
        let failure = try #require(throws: SendFailure.self) {
            try provider.mediaRequest(for: .link(link), over: .gupshup(), at: GupshupSample.made)
        }
        #expect(failure.code == "foreign_media" && failure.disposition == .reject)
    }

    @Test(arguments: [
        ("http://127.0.0.1:9000/media/1", true), ("http://127.0.0.1:9001/media/1", false), ("https://127.0.0.1:9000/media/1", false),
        ("http://127.0.0.1/media/1", false), ("http://127.0.0.1:9000@evil.example.test/1", false),
        ("https://filemanager.gupshup.io/a", true),
    ])
    func `a channel with an address of its own takes files from there`(link: String, isTaken: Bool) {
        let line = Line.gupshup(at: "http://127.0.0.1:9000/gupshup")
        let request = try? provider.mediaRequest(for: .link(link), over: line, at: GupshupSample.made)  // nil is the refusal
        #expect((request?.url == link) == isTaken)
    }

    @Test func `there are no files by id`() {
        #expect(throws: SendFailure.self) { try provider.mediaRequest(for: .id("1"), over: .gupshup(), at: GupshupSample.made) }
        #expect(provider.mediaReference(in: Array(#"{"url":"https://filemanager.gupshup.io/a"}"#.utf8), answering: .id("1")) == nil)
    }
}
