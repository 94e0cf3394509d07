import Core
import Providers
import Testing
import WhatsApp

private let now = Timestamp(seconds: 1_793_613_600)

@Suite struct VonageMediaTests {
    let provider = VonageProvider()

    private func line(_ credentials: Credentials = .vonage, at baseURL: String = "https://api.nexmo.com") -> Line {
        .vonage(credentials, baseURL: baseURL)
    }

    @Test(arguments: [
        "https://api-eu.vonage.com/v3/media/1b456509", "https://api-us.nexmo.com/v3/media/1b456509", "https://api.nexmo.com/v3/media/1",
        "https://API-EU.Vonage.com/v3/media/1b456509?x=1",
    ])
    func `a file at an address of Vonage is fetched`(link: String) throws {
        let plain = try provider.mediaRequest(for: .link(link), over: line(), at: now)
        #expect(plain.method == .get && plain.url == link && plain.headers["authorization"] == nil)
        let signed = try provider.mediaRequest(for: .link(link), over: line(.vonageApplication), at: now)
        #expect(signed.url == link && signed.headers["authorization"]?.hasPrefix("Bearer ") == true)
    }

    @Test(arguments: [
        "http://api.nexmo.com/a", "https://nexmo.com.example.test/a", "https://evilnexmo.com/a", "https://api.example.test/a",
        "https://api.nexmo.com@example.test/a", "https://user:pass@api.nexmo.com/a", "https://api.nexmo.com:8443/a",
        #"https://example.test\.nexmo.com/a"#, #"https://api.nexmo.com\@example.test/a"#, "https://example.test#.nexmo.com/a",
        "https://example.test?.nexmo.com", "https://example.test/.nexmo.com", "https://api..nexmo.com/a", "https://.nexmo.com/a",
        "https://api.nexmo.com./a", "https://api.nexmo.com%2eexample.test/a", "https://api.nexmo.com%00.example.test/a",
        "https://127.0.0.1/a", "https://[::1]/a", "https://169.254.169.254/latest/meta-data/", "//api.nexmo.com/a", "/v3/media/1", "",
        "ftp://api.nexmo.com/a", "file:///etc/passwd", "https:/api.nexmo.com/a", " https://api.nexmo.com/a", "https://api.nexmo.com/a b",
        "https://api.nexmo.com/a\r\nx: y", "https://аpi.nexmo.com/a", "https://api.ｎexmo.com/a",
    ])
    func `no other address is asked`(link: String) {
        for credentials in [Credentials.vonage, .vonageApplication] {
            let failure = #expect(throws: SendFailure.self) {
                try provider.mediaRequest(for: .link(link), over: line(credentials), at: now)
            }
            #expect(failure?.disposition == .reject)
        }
    }

    @Test func `a file without an address is not to be had`() {
        #expect(throws: SendFailure.self) { try provider.mediaRequest(for: .id("1b456509"), over: line(), at: now) }
    }

    @Test(arguments: [
        ("https://vonage.example.test", "https://vonage.example.test/v3/media/1", true),
        ("https://vonage.example.test/proxy", "https://vonage.example.test/v3/media/1", true),
        ("http://127.0.0.1:8090", "http://127.0.0.1:8090/v3/media/1", true),
        ("http://127.0.0.1:8090", "http://127.0.0.1:8091/v3/media/1", false),
        ("http://127.0.0.1:8090", "http://127.0.0.1/v3/media/1", false),
        ("https://vonage.example.test", "http://vonage.example.test/v3/media/1", false),
        ("https://vonage.example.test", "https://vonage.example.test.evil.test/a", false),
        ("https://vonage.example.test", "https://x.vonage.example.test/a", false),
    ])
    func `a channel with an address of its own takes files from there`(baseURL: String, link: String, isTaken: Bool) {
        let request = try? provider.mediaRequest(for: .link(link), over: line(at: baseURL), at: now)
        #expect((request?.url == link) == isTaken)
    }
}
