import Core
import Providers
import Testing
import WhatsApp

@Suite struct MetaCredentialTests {
    @Test func `name, address and rate are Meta's`() {
        let provider = MetaProvider()
        #expect(provider.name == "meta" && provider.baseURL == "https://graph.facebook.com")
        #expect(provider.limits(for: Credentials([:])) == ProviderLimits(perSecond: 60))
    }

    static let complete: [[String: String?]] = [
        [:], ["waba_id": nil], ["api_version": "v25.0"], ["api_version": "v9.0"], ["app_secret": "short"],
        ["access_token": String(repeating: "E", count: 1024)],
    ]

    @Test(arguments: complete)
    func `complete credentials are taken`(change: [String: String?]) throws {
        try MetaProvider().check(Line.meta(change).credentials)
    }

    static let wrong: [(String, String?)] = [
        ("access_token", nil), ("access_token", ""), ("access_token", "EAAG token"), ("access_token", "EAAG\ntoken"),
        ("access_token", "EAAG…"), ("access_token", String(repeating: "E", count: 1025)), ("phone_number_id", nil),
        ("phone_number_id", ""), ("phone_number_id", "+37052000000"), ("phone_number_id", "7/../8"),
        ("phone_number_id", String(repeating: "7", count: 33)), ("app_secret", nil), ("app_secret", ""), ("app_secret", "a b"),
        ("verify_token", nil), ("verify_token", ""), ("verify_token", "our word"), ("waba_id", ""), ("waba_id", "shop"),
        ("api_version", ""), ("api_version", "25.0"), ("api_version", "v25"), ("api_version", "v25.0.1"), ("api_version", "v.0"),
        ("api_version", "v25.x"), ("api_version", "v25.0/.."), ("api_version", "v٢.٠"),
    ]

    @Test(arguments: wrong)
    func `what is missing or malformed is named, and never shown`(name: String, value: String?) throws {
        let error = try #require(throws: InputError.self) { try MetaProvider().check(Line.meta([name: value]).credentials) }
        #expect(error.code == "invalid_credentials" && error.field == "credentials.\(name)")
        if let value, value.count > 5 { #expect(!error.message.contains(value)) }
    }

    @Test func `a request shows no secret when it is printed`() throws {
        let message = OutboundMessage.toOna(.text(TextMessage("Hello")))
        let request = try MetaProvider().request(for: message, over: .meta, at: Timestamp(seconds: 1_793_613_600))
        #expect(!"\(request)".contains("EAAG") && !String(reflecting: request).contains("EAAG"))
    }
}
