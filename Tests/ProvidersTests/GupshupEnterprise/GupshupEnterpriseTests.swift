import Core
import Providers
import Testing
import WhatsApp

private let provider = GupshupEnterpriseProvider()
private let now = Timestamp(seconds: 1_793_613_600)

@Suite struct GupshupEnterpriseTests {
    private static let secret = "callback-secret-0123456789"

    private static func with(_ changes: [String: String?]) -> Credentials {
        var values = ["hsm_user_id": "2000000001", "hsm_password": "p&1", "two_way_user_id": "2000000002", "two_way_password": "p2"]
        for (name, value) in changes { values[name] = value }
        return Credentials(values)
    }

    @Test func `whole credentials are taken`() throws {
        try provider.check(Self.with([:]))
        try provider.check(Self.with(["two_way_user_id": nil, "two_way_password": nil, "webhook_secret": Self.secret]))
    }

    @Test(arguments: [
        ("hsm_user_id", nil), ("hsm_user_id", ""), ("hsm_password", nil), ("hsm_password", "a b"), ("two_way_user_id", nil),
        ("two_way_password", nil), ("two_way_password", "a\n"), ("webhook_secret", "short"),
        ("hsm_user_id", String(repeating: "1", count: 65)),
    ])
    func `what is wrong with credentials is named, not shown`(name: String, value: String?) {
        let error = #expect(throws: InputError.self) { try provider.check(Self.with([name: value])) }
        #expect(error?.field == "credentials.\(name)")
        if let value, value.count > 3 { #expect(error?.message.contains(value) == false) }
    }

    @Test(arguments: [
        (secret, true), (nil, false), ("", false), (String(secret.dropLast()), false), (secret + " ", false), (secret.uppercased(), false),
        ("callback-secret-0123456780", false),
    ])
    func `a channel with a secret takes only calls that carry it`(header: String?, isGenuine: Bool) async {
        let webhook = WebhookRequest(headers: ["x-webhook-secret": header].compactMapValues { $0 }, body: Array("{}".utf8))
        let line = Line.gupshupEnterprise(Self.with(["webhook_secret": Self.secret]))
        #expect(await provider.verify(webhook, over: line, at: now) == isGenuine)
        #expect(await provider.verify(webhook, over: .gupshupEnterprise(), at: now), "the secret address is the proof")
        #expect(await !provider.verify(webhook, over: .gupshupEnterprise(Self.with(["webhook_secret": ""])), at: now))
    }

    @Test(arguments: [
        "https://filemanager.gupshup.io/wa/1?sig=a", "https://gupshup.io/a", "https://media.smsgupshup.com:443/a", "https://GUPSHUP.IO/a",
    ])
    func `files come from the vendor's hosts, without credentials`(link: String) throws {
        let request = try provider.mediaRequest(for: .link(link), over: .gupshupEnterprise(), at: now)
        #expect(request == ProviderRequest(.get, url: link, headers: [:]))
    }

    @Test(arguments: [
        "http://filemanager.gupshup.io/a", "https://gupshup.io.example.test/a", "https://evilgupshup.io/a",
        "https://gupshup.io@example.test/",
        "https://user:pass@gupshup.io/a", "https://gupshup.io:8443/a", "https://gupshup.io:443x/a", "https://gupshup.io:/a",
        "https://example.test\\@gupshup.io/", "https://example.test\\.gupshup.io/", "https://[::1]/a", "https://127.0.0.1/a",
        "https://gupshup.io./a", "https://.gupshup.io/a", "https:///gupshup.io", "https://example.test#.gupshup.io",
        "https://example.test?.gupshup.io", "https://example%2egupshup.io/a", "https://gupshup.ıo/a", "https://gupshup.io/a b",
        "https://gupshup.io/a\u{7}", "ftp://gupshup.io/a", "//gupshup.io/a", "gupshup.io/a", "", "https://gateway.example.test/a",
    ])
    func `files from anywhere else are not fetched`(link: String) {
        let error = #expect(throws: SendFailure.self) { try provider.mediaRequest(for: .link(link), over: .gupshupEnterprise(), at: now) }
        #expect(error?.code == "foreign_media" && error?.disposition == .reject)
    }

    @Test func `a channel with an address of its own gets files from there too`() throws {
        let line = Line.gupshupEnterprise(baseURL: "http://127.0.0.1:8099/twin")
        #expect(try provider.mediaRequest(for: .link("http://127.0.0.1:8099/a"), over: line, at: now).method == .get)
        for link in ["http://127.0.0.1/a", "https://127.0.0.1:8099/a", "http://127.0.0.1:80990/a"] {
            #expect(throws: SendFailure.self) { try provider.mediaRequest(for: .link(link), over: line, at: now) }
        }
        #expect(throws: SendFailure.self) { try provider.mediaRequest(for: .id("1"), over: line, at: now) }
    }

    @Test func `passwords are printed nowhere`() throws {
        let request = try provider.request(for: .toOna(.text(TextMessage("Hello"))), over: .gupshupEnterprise(), at: now)
        #expect(String(describing: request) == "POST https://media.smsgupshup.com/GatewayAPI/rest")
        #expect(FormFields.decoded(request.body)["password"] == "two+way2%")
    }
}
