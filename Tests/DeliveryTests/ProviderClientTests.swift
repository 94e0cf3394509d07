import AsyncHTTPClient
import Core
import Delivery
import NIOCore
import NIOPosix
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
        let port = try await script.asyncMap { try await ScriptedServer.start($0) }
        defer { port?.channel.close(promise: nil) }
        let request = ProviderRequest(url: "http://127.0.0.1:\(port?.number ?? 1)/v1/messages", headers: [:], body: Array("{}".utf8))
        // Only a server that never ends its answer is waited for; on a busy machine the others may take their time.
        let timeout: Duration = script?.ends == false ? .milliseconds(300) : .seconds(20)
        let client = HTTPClient(configuration: ProviderClient.configuration(connections: 2, timeout: timeout))
        let outcome = await ProviderClient(client: client, timeout: timeout).send(request, as: EchoProvider())
        try await client.shutdown()
        return outcome
    }
}

enum ServerScript: Sendable {
    case answer(String)
    /// Answers and never ends.
    case stall(String)
    /// Answers with a byte every 50 milliseconds, without an end.
    case drip
    case close
    case silence

    /// Whether the connection comes to an end by itself.
    var ends: Bool {
        switch self {
        case .answer, .close: true
        case .stall, .drip, .silence: false
        }
    }
}

/// A server on a free port that does to every connection what its script says, once it has read something.
enum ScriptedServer {
    static func start(_ script: ServerScript) async throws -> (number: Int, channel: any Channel) {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { $0.pipeline.addHandler(ScriptHandler(script)) }
            .bind(host: "127.0.0.1", port: 0).get()
        return (channel.localAddress?.port ?? 0, channel)
    }
}

private final class ScriptHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let script: ServerScript

    init(_ script: ServerScript) { self.script = script }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch script {
        case .silence: break
        case .stall(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .drip:
            context.writeAndFlush(
                wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 202 Accepted\r\ncontent-length: 9999\r\n\r\n")), promise: nil)
            let channel = context.channel
            context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(50)) { task in
                channel.writeAndFlush(ByteBuffer(string: "x")).whenFailure { _ in task.cancel() }
            }
        case .close: context.close(promise: nil)
        case .answer(let text):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            context.close(promise: nil)
        }
    }
}

/// Takes every answer for an acceptance, and says what it was.
private struct EchoProvider: Provider {
    let name = "echo"
    let baseURL = "http://127.0.0.1"
    let defaultRate = 1.0

    func check(_ credentials: Credentials) throws(InputError) {}
    func request(for message: OutboundMessage, over line: Line) throws(SendFailure) -> ProviderRequest {
        ProviderRequest(url: line.baseURL, headers: [:], body: [])
    }
    func interpret(status: Int, body: [UInt8]) -> SendOutcome {
        .accepted(providerMessageID: "\(status) \(String(decoding: body, as: UTF8.self))")
    }
    func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool { false }
    func events(from body: [UInt8], kind: WebhookKind) throws(UnreadableWebhook) -> [WebhookEvent] { [] }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let value = self else { return nil }
        return try await transform(value)
    }
}
