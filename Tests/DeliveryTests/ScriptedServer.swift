import AsyncHTTPClient
import Delivery
import NIOCore
import NIOPosix
import Synchronization

enum ServerScript: Sendable {
    case answer(String)
    /// Answers by what was asked.
    case reply(@Sendable (String) -> String)
    /// Answers and never ends.
    case stall(String)
    /// Answers with a byte every 50 milliseconds, without an end.
    case drip
    case close
    case silence

    /// Whether the connection comes to an end by itself.
    var ends: Bool {
        switch self {
        case .answer, .reply, .close: true
        case .stall, .drip, .silence: false
        }
    }
}

/// A server on a free port that does to every connection what its script says, once it has read something.
enum ScriptedServer {
    /// - Parameter record: hears of every connection.
    static func start(_ script: ServerScript, _ record: Visits = Visits()) async throws -> (number: Int, channel: any Channel) {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { $0.pipeline.addHandler(ScriptHandler(script, record)) }
            .bind(host: "127.0.0.1", port: 0).get()
        return (channel.localAddress?.port ?? 0, channel)
    }
}

/// What a server saw of each connection that has ended.
final class Visits: Sendable {
    private let (visits, ended) = AsyncStream<String>.makeStream()

    func end(_ bytes: String) { ended.yield(bytes) }

    /// Every byte that came over the next connection that ends.
    func next() async -> String? {
        var iterator = visits.makeAsyncIterator()
        return await iterator.next()
    }
}

private final class ScriptHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let script: ServerScript
    private let record: Visits
    private let seen = Mutex("")

    init(_ script: ServerScript, _ record: Visits) { (self.script, self.record) = (script, record) }

    func channelInactive(context: ChannelHandlerContext) { record.end(seen.withLock { $0 }) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let request = String(buffer: unwrapInboundIn(data))
        seen.withLock { $0 += request }
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
        case .answer(let text): answer(text, context)
        case .reply(let text): answer(text(request), context)
        }
    }

    private func answer(_ text: String, _ context: ChannelHandlerContext) {
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text))).whenComplete { _ in channel.close(promise: nil) }
    }
}

extension Optional {
    func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let value = self else { return nil }
        return try await transform(value)
    }
}

/// Runs `body` with a client and the address of a server that follows the script; without a script nobody listens there.
func withServer<Value>(
    _ script: ServerScript?, _ visits: Visits = Visits(), allowsPrivateAddresses: Bool = true,
    _ body: (ProviderClient, String) async throws -> Value
) async throws -> Value {
    // Only a server that never ends its answer is waited for; on a busy machine the others may take their time.
    let timeout: Duration = script?.ends == false ? .milliseconds(300) : .seconds(20)
    let configuration = ProviderClient.configuration(connections: 2, timeout: timeout, allowsPrivateAddresses: allowsPrivateAddresses)
    return try await withHTTP(script, visits, configuration) { client, url in
        try await body(ProviderClient(client: client, timeout: timeout), "\(url)/v1/messages")
    }
}

/// The same with a bare client.
func withHTTP<Value>(
    _ script: ServerScript?, _ visits: Visits = Visits(),
    _ configuration: HTTPClient.Configuration = ProviderClient.configuration(connections: 2, timeout: .seconds(20)),
    _ body: (HTTPClient, String) async throws -> Value
) async throws -> Value {
    let server = try await script.asyncMap { try await ScriptedServer.start($0, visits) }
    defer { server?.channel.close(promise: nil) }
    let client = HTTPClient(configuration: configuration)
    do {
        let value = try await body(client, "http://127.0.0.1:\(server?.number ?? 1)")
        try await client.shutdown()
        return value
    } catch {
        try await client.shutdown()
        throw error
    }
}
