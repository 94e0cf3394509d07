import Core
import Providers
import Testing
import WhatsApp

private let provider = GenericProvider()
private let now = Timestamp(seconds: 1_793_613_600)

@Suite struct GenericTests {
    private static let secret = "callback-secret-0123456789"

    @Test(arguments: [
        ["username": "a", "password": "b"], ["username": "a", "password": "b:c", "max_concurrency": "30"],
        ["header_name": "X-Api-Key", "header_value": "k", "max_concurrency": "1000"],
        ["header_name": "Authorization", "header_value": "Bearer a.b.c", "webhook_secret": secret],
    ])
    func `whole credentials are taken`(values: [String: String]) throws {
        try provider.check(Credentials(values))
    }

    @Test(
        arguments: [
            ([:], "username"), (["username": "a"], "password"), (["password": "b"], "username"),
            (["username": "a:b", "password": "c"], "username"),
            (["username": "a", "password": "b c"], "password"), (["header_name": "X-Key"], "header_value"),
            (["header_value": "k"], "header_name"),
            (["header_name": "X-Key", "header_value": "k", "username": "a"], "header_name"),
            (["username": "a", "password": "b", "webhook_secret": "short"], "webhook_secret"),
        ] as [([String: String], String)])
    func `what is wrong with credentials is named`(values: [String: String], field: String) {
        let error = #expect(throws: InputError.self) { try provider.check(Credentials(values)) }
        #expect(error?.field == "credentials.\(field)")
    }

    @Test(arguments: [
        "", "X Key", "X-Key:", "X-Kėy", "X\r\nKey", "(x)", "Host", "CONTENT-length", "content-type", "Transfer-Encoding", "connection",
        String(repeating: "x", count: 65),
    ])
    func `a header that could break the request is refused`(name: String) {
        let error = #expect(throws: InputError.self) { try provider.check(Credentials(["header_name": name, "header_value": "k"])) }
        #expect(error?.field == "credentials.header_name")
    }

    @Test(arguments: ["", " k", "k ", "k\r\nHost: a", "k\n", "k\u{0}", "ė", String(repeating: "k", count: 4097)])
    func `a header's value that could start another is refused, and not shown`(value: String) {
        let error = #expect(throws: InputError.self) { try provider.check(Credentials(["header_name": "X-Key", "header_value": value])) }
        #expect(error?.field == "credentials.header_value")
        if value.contains("Host") { #expect(error?.message.contains("Host") == false) }
    }

    @Test(arguments: ["29", "1001", "", "+30", "030", "30.0", "many", "-30", "99999999999999999999"])
    func `the number of requests at once has bounds`(text: String) {
        let credentials = Credentials(["username": "a", "password": "b", "max_concurrency": text])
        let error = #expect(throws: InputError.self) { try provider.check(credentials) }
        #expect(error?.field == "credentials.max_concurrency")
    }

    @Test(arguments: [(secret, true), (nil, false), ("", false), (String(secret.dropLast()), false), (secret.uppercased(), false)])
    func `a channel with a secret takes only calls that carry it`(header: String?, isGenuine: Bool) async {
        let webhook = WebhookRequest(headers: ["x-webhook-secret": header].compactMapValues { $0 }, body: [])
        let guarded = Credentials(["username": "a", "password": "b", "webhook_secret": Self.secret])
        #expect(await provider.verify(webhook, over: .generic(guarded), at: now) == isGenuine)
        #expect(await provider.verify(webhook, over: .generic(), at: now), "the secret address is the proof")
    }

    @Test func `files come from where messages go, and from nowhere else`() throws {
        let link = "https://hook.example.test/media/1.jpg"
        #expect(
            try provider.mediaRequest(for: .link(link), over: .generic(), at: now) == ProviderRequest(.get, url: link, headers: [:]))
        for link in ["https://example.test/1", "https://a.hook.example.test/1", "http://hook.example.test/1", "https://127.0.0.1/1"] {
            let error = #expect(throws: SendFailure.self) { try provider.mediaRequest(for: .link(link), over: .generic(), at: now) }
            #expect(error?.code == "foreign_media")
        }
    }

    @Test func `there is no list of templates and no call that sends nothing`() throws {
        #expect(try provider.templateRequest(page: nil, over: .generic(), at: now) == nil)
        #expect(try provider.checkRequest(over: .generic(), at: now) == nil)
        #expect(provider.baseURL == nil && provider.limits(for: Credentials([:])) == ProviderLimits(perSecond: 20, concurrency: 30))
        #expect(provider.limits(for: Credentials(["max_concurrency": "200"])).concurrency == 200)
    }
}

/// The codes of status callbacks.
@Suite struct GenericCodeTests {
    struct Row: Sendable {
        var disposition: SendFailure.Disposition
        var codes: [Int]
    }

    private static func failure(_ error: String) throws -> SendFailure? {
        let body = #"{"statuses":[{"msgId":"1","status":"failed","timestamp":"1793613600","error":\#(error)}]}"#
        guard case .receipt(let receipt) = try provider.events(from: Array(body.utf8), kind: .status, over: .generic()).first,
            case .failed(let failure) = receipt.status
        else { return nil }
        return failure
    }

    @Test(arguments: [
        Row(disposition: .haltChannel, codes: [1000]), Row(disposition: .reject, codes: [1001, 1007, 1008, 1009, 1010]),
        Row(disposition: .unreachable, codes: [1002, 1003, 1006]), Row(disposition: .delayRecipient, codes: [1004]),
        Row(disposition: .retry, codes: [1005]),
    ])
    func `each code asks for what the contract means`(row: Row) throws {
        for code in row.codes {
            let failure = try #require(try Self.failure(#"{"code":\#(code),"title":"Why"}"#))
            #expect(failure == SendFailure(row.disposition, code: "generic_\(code)", summary: "Why"))
            #expect(!failure.isVague && failure.marketingPause == nil)
        }
    }

    @Test func `a long title on many lines becomes one short line`() throws {
        let failure = try Self.failure(#"{"code":1009,"title":"\#(String(repeating: #"a\n"#, count: 400))"}"#)
        #expect(failure?.summary.count == 300 && failure?.summary.contains("\n") == false)
    }
}
