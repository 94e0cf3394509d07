import Core
import Delivery
import Testing
import WhatsApp

/// What is known of a request's fate, for each way a connection can go wrong.
@Suite struct ProviderClientTests {
    @Test func `an answer is interpreted by the provider`() async throws {
        let outcome = try await outcome(of: .answer("HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nid"))
        #expect(outcome == .accepted(providerMessageID: "202 id"))
    }

    @Test func `nobody listening is a certain refusal`() async throws {
        let outcome = try await outcome(of: nil)
        guard case .refused(let failure) = outcome else { throw Unexpected() }
        #expect((failure.disposition, failure.code) == (.retry, "not_reached"))
    }

    @Test(arguments: [
        ServerScript.close, .silence, .answer("what is HTTP?\r\n\r\n"),
        .answer("HTTP/1.1 202 Accepted\r\ncontent-length: 20\r\n\r\nhalf"),
        .stall("HTTP/1.1 202 Accepted\r\ncontent-length: 20\r\n\r\nhalf"), .drip,
    ])
    func `a lost or broken answer is unknown`(script: ServerScript) async throws {
        guard case .unknown = try await outcome(of: script) else { throw Unexpected() }
    }

    @Test func `an answer beyond 64 KiB is unknown`() async throws {
        let body = String(repeating: "x", count: 70_000)
        let outcome = try await outcome(of: .answer("HTTP/1.1 202 Accepted\r\ncontent-length: 70000\r\n\r\n\(body)"))
        guard case .unknown(let code, _) = outcome else { throw Unexpected() }
        #expect(code == "unfit_answer")
    }

    @Test func `a redirect is not followed`() async throws {
        let outcome = try await outcome(
            of: .answer("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/steal\r\ncontent-length: 0\r\n\r\n"))
        #expect(outcome == .accepted(providerMessageID: "302 "))
    }

    private func outcome(of script: ServerScript?) async throws -> SendOutcome {
        try await withServer(script) { client, url in
            await client.send(ProviderRequest(url: url, headers: [:], body: Array("{}".utf8)), as: EchoProvider())
        }
    }
}

/// Takes every answer for an acceptance, and says what it was.
private struct EchoProvider: Provider {
    let name = "echo"
    let baseURL: String? = "http://127.0.0.1"
    func limits(for credentials: Credentials) -> ProviderLimits { ProviderLimits(perSecond: 1) }

    func check(_ credentials: Credentials) throws(InputError) {}
    func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        ProviderRequest(url: line.baseURL, headers: [:])
    }
    func interpret(status: Int, body: [UInt8]) -> SendOutcome {
        .accepted(providerMessageID: "\(status) \(String(decoding: body, as: UTF8.self))")
    }
    func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool { false }
    func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] { [] }
}
