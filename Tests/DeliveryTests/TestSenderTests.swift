import Channels
import Core
import Messages
import Storage
import StorageTesting
import Testing
import WhatsApp

@testable import Delivery

@Suite struct TestSenderTests {
    @Test func `a test is sent at once, over a held channel too, and leaves no trace in the ledger`() async throws {
        let outcome = try await send(.answer("HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nid"), holding: true)
        #expect(outcome == .accepted(providerMessageID: "id"))
    }

    @Test func `what the provider says comes back without secrets`() async throws {
        let outcome = try await send(.answer("HTTP/1.1 400 No\r\ncontent-length: 15\r\n\r\nopen sesame: no"))
        guard case .refused(let failure) = outcome else { throw Unexpected() }
        #expect((failure.code, failure.summary) == ("400", "•••: no"))
    }

    @Test func `a provider that hangs up is unknown, and one that is not there refuses`() async throws {
        guard case .unknown = try await send(.close) else { throw Unexpected() }
        guard case .refused(let failure) = try await send(nil) else { throw Unexpected() }
        #expect(failure.code == "not_reached")
    }

    private func send(_ script: ServerScript?, holding: Bool = false) async throws -> SendOutcome {
        let fixture = try await DeliveryFixture(.sqlite, provider: PlainProvider())
        return try await withHTTP(script) { client, url in
            var channel = try await fixture.channel("Main", ["base_url": .string(url)])
            let template = try await fixture.templates.create(
                ["name": "shop:hello", "body": "Hello"], channel: channel.id, account: DeliveryFixture.account)
            if holding {
                let failure = SendFailure(.haltChannel, code: "bad_key", summary: "No.")
                let id = channel.id
                try await fixture.engine.write { try fixture.channels.hold(id, for: failure, since: at(0), at: at(0), in: $0) }
                channel = try #require(try await fixture.channels.channel(channel.id))
                #expect(channel.health.hold != nil)
            }
            let phone = try #require(PhoneNumber(digits: DeliveryFixture.phone(1)))
            let sender = TestSender(context: fixture.context(client), ids: IDMaker(clock: .fixed(at(0))))
            let outcome = await sender.send(template, [], to: .phone(phone), over: channel)
            #expect(try await fixture.ledger.channelsWithWork(at: at(0)).isEmpty)
            return outcome
        }
    }
}

/// Takes a message with 202 and the id as the body; everything else refuses with the status as the code.
private struct PlainProvider: Provider {
    let name = "plain"
    let baseURL: String? = nil
    func limits(for credentials: Credentials) -> ProviderLimits { ProviderLimits(perSecond: 1) }
    func check(_ credentials: Credentials) throws(InputError) {}
    func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        ProviderRequest(url: line.baseURL, headers: [:])
    }
    func interpret(status: Int, body: [UInt8]) -> SendOutcome {
        let text = String(decoding: body, as: UTF8.self)
        return status == 202
            ? .accepted(providerMessageID: text) : .refused(SendFailure(.reject, code: "\(status)", summary: text))
    }
    func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool { false }
    func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] { [] }
}
