import Core
import Delivery
import Testing
import WhatsApp

/// What is made of a provider's words, and where requests do not go.
@Suite struct ProviderAnswerTests {
    private static func answer(_ status: String, _ headers: [String] = [], body: String = "") -> ServerScript {
        let head = ["HTTP/1.1 \(status)", "content-length: \(body.utf8.count)"] + headers
        return .answer(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    @Test(
        arguments: [
            ("5", .seconds(5)), ("0", .zero), ("86400", .seconds(86_400)), ("999999999", .seconds(86_400)), ("-1", nil), ("soon", nil),
            ("1.5", nil),
            ("Wed, 21 Oct 2026 07:28:00 GMT", nil), ("99999999999999999999", nil),
        ] as [(String, Duration?)])
    func `the wait in the head of a refusal is kept, a day at most`(header: String, wait: Duration?) async throws {
        let outcome = try await send(Self.answer("429 Too Many", ["retry-after: \(header)"], body: "slow"))
        #expect(outcome == .refused(SendFailure(.slowChannel, code: "429", summary: "slow", retryAfter: wait)))
    }

    @Test func `a wait in the body outranks the one in the head, and an acceptance has none`() async throws {
        let outcome = try await send(Self.answer("429 Too Many", ["retry-after: 5"], body: "wait"))
        #expect(outcome == .refused(SendFailure(.slowChannel, code: "429", summary: "wait", retryAfter: .seconds(77))))
        #expect(try await send(Self.answer("202 Accepted", ["retry-after: 5"], body: "id")) == .accepted(providerMessageID: "id"))
    }

    @Test(arguments: ["400 Bad Request", "500 Broken"])
    func `secrets that a provider repeats are blotted out`(status: String) async throws {
        let outcome = try await send(Self.answer(status, body: "bad token open-sesame-123 for shop"))
        switch outcome {
        case .refused(let failure): #expect(failure.summary == "bad token ••• for shop")
        case .unknown(_, let summary): #expect(summary == "bad token ••• for shop")
        case .accepted: throw Unexpected()
        }
    }

    @Test(arguments: ["gzip", "br", "identity"])
    func `an answer in an encoding that nobody asked for is unknown`(encoding: String) async throws {
        guard case .unknown(let code, _) = try await send(Self.answer("202 Accepted", ["content-encoding: \(encoding)"], body: "id"))
        else { throw Unexpected() }
        #expect(code == "unfit_answer")
    }

    /// The connection ends as well: one that stays open for each try would use up the program's.
    @Test(.timeLimit(.minutes(1)))
    func `a private address is not reached, and sees no byte`() async throws {
        let visits = Visits()
        let outcome = try await send(Self.answer("202 Accepted", body: "id"), visits, allowsPrivateAddresses: false)
        guard case .refused(let failure) = outcome else { throw Unexpected() }
        #expect((failure.disposition, failure.code) == (.retry, "not_reached"))
        #expect(await visits.next() == "")
    }

    @Test func `a private address is reached where that is allowed`() async throws {
        let visits = Visits()
        _ = try await send(Self.answer("202 Accepted", body: "id"), visits)
        #expect(await visits.next()?.hasPrefix("POST /v1/messages HTTP/1.1\r\n") == true)
    }

    @Test(arguments: [
        ("200 OK", 0, true), ("404 Not Found", 3, true), ("200 OK", 4 * 1024 * 1024, true), ("200 OK", 4 * 1024 * 1024 + 1, false),
    ])
    func `a fetched answer is handed on whatever its status, up to 4 MiB`(status: String, length: Int, isFit: Bool) async throws {
        let script = Self.answer(status, body: String(repeating: "x", count: length))
        switch try await fetch(script) {
        case .success(let answer): #expect(isFit && answer == [Int(status.prefix(3)) ?? 0, length])
        case .failure(let failure): #expect(!isFit && failure.disposition == .retry && failure.code == "unfit_answer")
        }
    }

    @Test(
        arguments: [
            (nil, "not_reached"), (.close, "no_answer"), (.silence, "no_answer"),
            (answer("200 OK", ["content-encoding: gzip"], body: "x"), "unfit_answer"),
        ] as [(ServerScript?, String)])
    func `what cannot be fetched is worth another try`(script: ServerScript?, code: String) async throws {
        guard case .failure(let failure) = try await fetch(script) else { throw Unexpected() }
        #expect((failure.disposition, failure.code) == (.retry, code))
    }

    @Test func `a fetched answer that drips is given up`() async throws {
        guard case .failure(let failure) = try await fetch(.drip) else { throw Unexpected() }
        #expect(failure.disposition == .retry)
    }

    private func send(
        _ script: ServerScript, _ visits: Visits = Visits(), allowsPrivateAddresses: Bool = true
    ) async throws -> SendOutcome {
        try await withServer(script, visits, allowsPrivateAddresses: allowsPrivateAddresses) { client, url in
            let request = ProviderRequest(url: url, headers: [:], body: Array("{}".utf8))
            return await client.send(request, as: SternProvider(), hiding: Credentials(["key": "open-sesame-123", "name": "shop"]))
        }
    }

    /// Status and length of what was fetched.
    private func fetch(_ script: ServerScript?) async throws -> Result<[Int], SendFailure> {
        try await withServer(script) { client, url in
            do throws(SendFailure) {
                let (status, body) = try await client.fetch(ProviderRequest(.get, url: url, headers: [:]))
                return .success([status, body.count])
            } catch { return .failure(error) }
        }
    }
}

/// Takes 2xx for an acceptance, 4xx for being too fast, and knows nothing about the rest; repeats the body.
private struct SternProvider: Provider {
    let name = "stern"
    let baseURL: String? = "http://127.0.0.1"
    func limits(for credentials: Credentials) -> ProviderLimits { ProviderLimits(perSecond: 1) }

    func check(_ credentials: Credentials) throws(InputError) {}
    func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        ProviderRequest(url: line.baseURL, headers: [:])
    }
    func interpret(status: Int, body: [UInt8]) -> SendOutcome {
        let said = String(decoding: body, as: UTF8.self)
        switch status {
        case 200..<300: return .accepted(providerMessageID: said)
        case 400..<500:
            return .refused(
                SendFailure(.slowChannel, code: "\(status)", summary: said, retryAfter: said == "wait" ? .seconds(77) : nil))
        default: return .unknown(code: "\(status)", summary: said)
        }
    }
    func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool { false }
    func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] { [] }
}
