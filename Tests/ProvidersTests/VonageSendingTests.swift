import Core
import Providers
import Testing
import WhatsApp

struct AnswerCase: CustomTestStringConvertible, Sendable {
    var status: Int
    var body: String
    var outcome: SendOutcome
    var testDescription: String { "\(status) \(body.prefix(60))" }

    static func refused(
        _ status: Int, _ word: String?, _ disposition: SendFailure.Disposition, code: String
    ) -> AnswerCase {
        let type = word.map { "https://developer.vonage.com/api-errors/messages#\($0)" }
        let body = type.map { #"{"type":"\#($0)","title":"No","detail":"Because."}"# } ?? ""
        return AnswerCase(
            status: status, body: body,
            outcome: .refused(SendFailure(disposition, code: code, summary: word == nil ? "HTTP \(status)" : "No; Because.")))
    }
}

@Suite struct VonageSendingTests {
    let provider = VonageProvider()

    private func message(language: String, template: String, _ parameters: [String]) throws -> OutboundMessage {
        OutboundMessage(
            id: MessageID(rawValue: 7_654_321_098_765_432), to: .ona, template: try TemplateName(template), language: language,
            parameters: parameters)
    }

    @Test(arguments: [
        ("request-two-variables", "lt", "1a2b_ns:order_ready", ["Ona", "A-17 \"big\" ąž"]),
        ("request-no-variables", "en-GB", "whatsapp:hsm:technology:nexmo:verify", []),
    ])
    func `a template message becomes a request`(fixture: String, language: String, template: String, parameters: [String]) throws {
        let request = try provider.request(
            for: message(language: language, template: template, parameters), over: .vonage)
        #expect(try JSONValue(parsing: request.body) == Fixture.json(fixture))
        #expect(request.url == "https://api.example.test/v1/messages")
        #expect(request.headers["authorization"] == "Basic YTFiMmMzZDQ6czNjcmV0")
        #expect(request.headers["content-type"] == "application/json")
    }

    @Test func `nothing is sent without credentials`() throws {
        let line = Line(number: .office, baseURL: provider.baseURL, credentials: Credentials([:]))
        let failure = #expect(throws: SendFailure.self) {
            try provider.request(for: message(language: "lt", template: "ns:a", []), over: line)
        }
        #expect(failure?.disposition == .haltChannel)
    }

    @Test(arguments: [
        ("answer-accepted", 202), ("answer-accepted", 200), ("answer-accepted", 299), ("answer-accepted-workflow", 202),
    ])
    func `a yes with an id is an acceptance`(fixture: String, status: Int) throws {
        let outcome = provider.interpret(status: status, body: try Fixture.bytes(fixture))
        #expect(outcome == .accepted(providerMessageID: "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"))
    }

    @Test(arguments: [
        "", "{}", "[]", "null", "OK", #"{"message_uuid":""}"#, #"{"message_uuid":null}"#, #"{"message_uuid":{"a":1}}"#,
        #"{"message_uuid":"aaaaaaaa"#, "<html>", #"{"uuid":"a"}"#, "{\"message_uuid\":\"\(String(repeating: "a", count: 256))\"}",
    ])
    func `a yes without an id is unknown`(body: String) {
        guard case .unknown(let code, _) = provider.interpret(status: 202, body: Array(body.utf8)) else {
            Issue.record("not unknown: \(body)")
            return
        }
        #expect(code == "unreadable_answer")
    }

    @Test(
        arguments: [
            .refused(401, "unauthorized", .haltChannel, code: "vonage_unauthorized"),
            .refused(401, "jwt-expired", .haltChannel, code: "vonage_jwt_expired"),
            .refused(401, "jwt-revoked", .haltChannel, code: "vonage_jwt_revoked"),
            .refused(401, "invalid-api-key", .haltChannel, code: "vonage_invalid_api_key"),
            .refused(401, "invalid-signature", .haltChannel, code: "vonage_invalid_signature"),
            .refused(401, nil, .haltChannel, code: "http_401"),
            .refused(402, "low-balance", .haltChannel, code: "vonage_low_balance"),
            .refused(403, "forbidden", .haltChannel, code: "vonage_forbidden"),
            .refused(403, "unprovisioned", .haltChannel, code: "vonage_unprovisioned"),
            .refused(403, "account-suspended", .haltChannel, code: "vonage_account_suspended"),
            .refused(404, "not-found", .reject, code: "vonage_not_found"),
            .refused(400, nil, .reject, code: "http_400"),
            .refused(405, nil, .reject, code: "http_405"),
            .refused(408, nil, .retry, code: "http_408"),
            .refused(413, nil, .reject, code: "http_413"),
            .refused(422, "1150", .reject, code: "vonage_1150"),
            .refused(422, "1020", .reject, code: "vonage_1020"),
            .refused(422, "1110", .reject, code: "vonage_1110"),
            .refused(422, "1430", .reject, code: "vonage_1430"),
            .refused(422, "1120", .haltChannel, code: "vonage_1120"),
            .refused(422, nil, .reject, code: "http_422"),
            .refused(429, "1010", .slowChannel, code: "rate_limited"),
            .refused(429, nil, .slowChannel, code: "rate_limited"),
            .refused(500, nil, .retry, code: "http_500"),
            .refused(503, "internal-error", .retry, code: "vonage_internal_error"),
            .refused(599, nil, .retry, code: "http_599"),
        ] as [AnswerCase])
    func `every documented refusal says what to do`(answer: AnswerCase) {
        #expect(provider.interpret(status: answer.status, body: Array(answer.body.utf8)) == answer.outcome)
    }

    @Test(arguments: [301, 302, 307, 308])
    func `a redirect stops the channel`(status: Int) throws {
        guard case .refused(let failure) = provider.interpret(status: status, body: []) else {
            Issue.record("not refused")
            return
        }
        #expect(failure.disposition == .haltChannel)
        #expect(failure.code == "redirected")
    }

    @Test(arguments: [100, 300, 303, 304, 502, 504, 600, 0, -1])
    func `what says neither yes nor no is unknown`(status: Int) {
        guard case .unknown = provider.interpret(status: status, body: Array("{}".utf8)) else {
            Issue.record("not unknown")
            return
        }
    }

    @Test func `a refusal names the parameters and stays short`() throws {
        let outcome = provider.interpret(status: 422, body: try Fixture.bytes("answer-1150"))
        let words = "Invalid params; The value of one or more parameters is invalid.; to: must be a number; text: invalid"
        #expect(outcome == .refused(SendFailure(.reject, code: "vonage_1150", summary: words)))
        let long = #"{"title":"\#(String(repeating: "e\u{301}\n", count: 5000))"}"#
        guard case .refused(let failure) = provider.interpret(status: 500, body: Array(long.utf8)) else {
            Issue.record("not refused")
            return
        }
        #expect(failure.summary.unicodeScalars.count <= 300)
    }

    @Test func `a page instead of an answer is judged by its status`() throws {
        let outcome = provider.interpret(status: 503, body: try Fixture.bytes("answer-html"))
        #expect(outcome == .refused(SendFailure(.retry, code: "http_503", summary: "HTTP 503")))
    }

    @Test(arguments: [
        (["api_secret": "s", "signature_secret": VonageToken.secret], "credentials.api_key"),
        (["api_key": "a:b", "api_secret": "s", "signature_secret": VonageToken.secret], "credentials.api_key"),
        (["api_key": "a", "signature_secret": VonageToken.secret], "credentials.api_secret"),
        (["api_key": "a", "api_secret": "s s", "signature_secret": VonageToken.secret], "credentials.api_secret"),
        (["api_key": "a", "api_secret": "s"], "credentials.signature_secret"),
        (["api_key": "a", "api_secret": "s", "signature_secret": String(repeating: "x", count: 31)], "credentials.signature_secret"),
        (
            ["api_key": "a", "api_secret": "s", "signature_secret": VonageToken.secret, "application_id": ""],
            "credentials.application_id"
        ),
    ])
    func `incomplete credentials are refused by name`(values: [String: String], field: String) {
        let error = #expect(throws: InputError.self) { try provider.check(Credentials(values)) }
        #expect(error?.field == field)
        #expect(error?.message.contains(VonageToken.secret) == false)
    }

    @Test func `complete credentials are taken`() throws { try provider.check(.vonage) }
}
