import Core
import Providers
import Testing
import WhatsApp

@Suite struct GupshupProofTests {
    private static let secret = "a-secret-of-the-shop-0001"
    private let provider = GupshupProvider()

    @Test(arguments: [
        (secret, true), (nil, false), ("", false), (secret.uppercased(), false), (String(secret.dropLast()), false), (secret + "1", false),
        ("Bearer " + secret, false), (" " + secret, false), ("a-secret-of-the-shop-0002", false),
    ])
    func `a channel with a secret takes calls that carry it`(header: String?, isGenuine: Bool) async {
        var webhook = WebhookRequest(headers: ["content-type": "application/json"], body: Array("not JSON".utf8))
        webhook.headers["x-webhook-secret"] = header
        let line = Line.gupshup(["webhook_secret": Self.secret])
        #expect(await provider.verify(webhook, over: line, at: GupshupSample.made) == isGenuine)
    }

    @Test func `a channel without one is proven by its address alone`() async {
        let webhook = WebhookRequest(headers: [:], body: [])
        #expect(await provider.verify(webhook, over: .gupshup(), at: GupshupSample.made))
    }

    @Test func `an empty secret proves nothing`() async {
        let webhook = WebhookRequest(headers: ["x-webhook-secret": ""], body: [])
        #expect(await !provider.verify(webhook, over: .gupshup(["webhook_secret": ""]), at: GupshupSample.made))
    }

    @Test func `there is no test call to answer`() {
        #expect(provider.challenge(["hub.challenge": "1"], over: .gupshup()) == nil)
    }
}

@Suite struct GupshupCredentialTests {
    private let provider = GupshupProvider()

    @Test(arguments: [
        ["api_key": "k", "app_name": "MyShop"],
        ["api_key": "k", "app_name": "MyShop", "app_id": GupshupSample.app, "webhook_secret": "0123456789abcdef", "payload_version": "3"],
        ["api_key": "k", "app_name": "MyShop", "payload_version": "2"],
    ])
    func `complete credentials are taken`(credentials: [String: String]) throws {
        try provider.check(Credentials(credentials))
    }

    @Test(
        arguments: [
            ("api_key", nil), ("api_key", ""), ("api_key", "two words"), ("api_key", "k\u{0}"), ("api_key", "ключ"),
            ("api_key", String(repeating: "k", count: 257)), ("app_name", nil), ("app_name", ""), ("app_name", "My Shop"),
            ("app_name", "My\nShop"), ("app_id", ""), ("app_id", "../template"), ("app_id", "c0ffee/1"), ("app_id", "c0ffee?"),
            ("app_id", String(repeating: "a", count: 65)), ("webhook_secret", ""), ("webhook_secret", "short-secret-00"),
            ("webhook_secret", "a secret with blanks"), ("payload_version", ""), ("payload_version", "1"), ("payload_version", "v2"),
        ] as [(String, String?)])
    func `what is wrong is named and not shown`(name: String, value: String?) throws {
        var credentials = ["api_key": GupshupSample.key, "app_name": "MyShop"]
        credentials[name] = value
        let error = try #require(throws: InputError.self) { try provider.check(Credentials(credentials)) }
        #expect(error.field == "credentials.\(name)" && error.code == "invalid_credentials")
        if let value, value.count > 3 { #expect(!error.message.contains(value)) }
    }

    @Test func `a request shows no key when printed`() throws {
        let message = OutboundMessage.toOna(.text(TextMessage("Labas")))
        let request = try provider.request(for: message, over: .gupshup(), at: GupshupSample.made)
        #expect(!"\(request)".contains(GupshupSample.key) && !String(reflecting: request).contains(GupshupSample.key))
        #expect(!request.url.contains(GupshupSample.key))
    }

    @Test func `it starts from its documented address and pace`() {
        #expect(provider.name == "gupshup" && provider.baseURL == "https://api.gupshup.io")
        #expect(provider.limits(for: Credentials([:])) == ProviderLimits(perSecond: 15))
    }
}
