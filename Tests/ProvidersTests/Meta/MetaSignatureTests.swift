import Core
import Providers
import Testing
import WhatsApp

/// Calls under the secret of `Line.meta`. The vector was computed apart from the code under test.
@Suite struct MetaSignatureTests {
    /// As Meta writes it, with escapes that nobody else would write alike.
    static let body =
        #"{"object":"whatsapp_business_account","entry":[{"id":"800000000000001","changes":"#
        + #"[{"value":{"text":"A\u010di\u016b \/ \ud83d\udc4d"},"field":"messages"}]}]}"#
    static let code = "87d41176f7e161df92fbb75ddc92aa227edaab2735bb52ff9ff6039dcf77c3d0"

    private func isGenuine(_ header: String?, _ body: String = Self.body, over line: Line = .meta) async -> Bool {
        let headers = header.map { ["x-hub-signature-256": $0] } ?? [:]
        return await MetaProvider().verify(
            WebhookRequest(headers: headers, body: Array(body.utf8)), over: line, at: Timestamp(seconds: 1_793_613_600))
    }

    @Test func `the signature of the raw bytes proves a call`() async {
        #expect(await isGenuine("sha256=" + Self.code))
    }

    static let forged: [String?] = [
        nil, "", "sha256=", code, "sha1=" + code, "SHA256=" + code, "sha256:" + code, "sha256=" + code.uppercased(),
        "sha256=" + code.dropLast(), "sha256=" + code + "0", " sha256=" + code, "sha256=" + code + " ", "sha256=\"\(code)\"",
        "sha256=" + code.dropLast() + "1", "sha256=" + String(repeating: "0", count: 64), "sha256= " + code.dropLast(),
        "sha256=" + code.dropLast(2) + "é",
    ]

    @Test(arguments: forged)
    func `another header proves nothing`(header: String?) async {
        #expect(await isGenuine(header) == false)
    }

    @Test(arguments: [body + " ", String(body.dropLast()), body.replacing("A", with: "B"), body.replacing(#"\/"#, with: "/"), ""])
    func `another body is not proven`(body: String) async {
        #expect(await isGenuine("sha256=" + Self.code, body) == false)
    }

    @Test(arguments: ["0123456789abcdef0123456789abcdeF", "", nil])
    func `another secret, or none, proves nothing`(secret: String?) async {
        #expect(await isGenuine("sha256=" + Self.code, over: .meta(["app_secret": secret])) == false)
    }

    @Test func `the older header proves nothing`() async {
        let call = WebhookRequest(headers: ["x-hub-signature": "sha256=" + Self.code], body: Array(Self.body.utf8))
        #expect(await MetaProvider().verify(call, over: .meta, at: Timestamp(seconds: 1_793_613_600)) == false)
    }
}

@Suite struct MetaChallengeTests {
    static let query = ["hub.mode": "subscribe", "hub.verify_token": "our-word-17", "hub.challenge": "1158201444"]

    @Test func `who knows our word gets the challenge back`() {
        #expect(MetaProvider().challenge(Self.query, over: .meta) == "1158201444")
    }

    static let changes: [[String: String]] = [
        ["hub.mode": "unsubscribe"], ["hub.mode": ""], ["hub.verify_token": "our-word-18"], ["hub.verify_token": "our-word-1"],
        ["hub.verify_token": "OUR-WORD-17"], ["hub.verify_token": ""], ["hub.challenge": ""],
        ["hub.challenge": String(repeating: "1", count: 257)],
    ]

    @Test(arguments: changes)
    func `anybody else gets nothing`(change: [String: String]) {
        #expect(MetaProvider().challenge(Self.query.merging(change, uniquingKeysWith: { $1 }), over: .meta) == nil)
    }

    @Test(arguments: ["hub.mode", "hub.verify_token", "hub.challenge"])
    func `nothing may be missing`(name: String) {
        #expect(MetaProvider().challenge(Self.query.filter { $0.key != name }, over: .meta) == nil)
    }

    @Test(arguments: [nil, ""])
    func `a channel without a word answers nobody`(word: String?) {
        let query = Self.query.merging(["hub.verify_token": ""], uniquingKeysWith: { $1 })
        #expect(MetaProvider().challenge(query, over: .meta(["verify_token": word])) == nil)
        #expect(MetaProvider().challenge(Self.query, over: .meta(["verify_token": word])) == nil)
    }
}
