package import AsyncHTTPClient
import Core
import NIOCore
import NIOHTTP1
import NIOPosix
package import WhatsApp

/// Makes requests to providers: the one place where messages leave the machine. Redirects are not followed, because the
/// credentials would follow them; answers are read up to 64 KiB.
package struct ProviderClient: Sendable {
    private static let answerLimit = 64 * 1024
    private let client: HTTPClient
    private let timeout: Duration

    /// - Parameter client: must not follow redirects; `ProviderClient.configuration` has the right settings.
    package init(client: HTTPClient, timeout: Duration) { (self.client, self.timeout) = (client, timeout) }

    /// The settings that `ProviderClient` counts on.
    /// - Parameters:
    ///   - connections: kept open to one host at the most.
    ///   - timeout: how long a provider may be silent in the middle of an answer.
    package static func configuration(connections: Int, timeout: Duration) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(5)
        configuration.timeout.read = .init(timeout)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        // A connection that cannot be made is a certain refusal and worth knowing at once; the ledger tries again.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Shorter than servers keep idle connections: a request on one that is just being closed would be unknown.
        configuration.connectionPool.idleTimeout = .seconds(10)
        configuration.httpVersion = .http1Only
        return configuration
    }

    /// Sends one request and says what is known of its fate. Only what provably never left is refused for another try;
    /// once bytes may have gone out, silence means unknown.
    package func send(_ request: ProviderRequest, as provider: any Provider) async -> SendOutcome {
        let deadline = ContinuousClock.now + timeout
        let response: HTTPClientResponse
        do { response = try await client.execute(httpRequest(request), timeout: .init(timeout)) } catch {
            return Self.neverLeft(error) ? .refused(Self.notReached) : Self.noAnswer
        }
        do {
            guard let body = try await body(of: response, until: deadline) else { return Self.unfitAnswer }
            return provider.interpret(status: Int(response.status.code), body: body)
        } catch {
            return Self.noAnswer
        }
    }

    /// The client's limit for a request ends with the answer's head. A body that stalls meets the limit for reading; one
    /// that drips is given up here. A sleeping task beside each request would do both, but a cancelled sleep keeps its
    /// memory until its time has come.
    /// - Returns: nil when the body is too long or takes too long.
    private func body(of response: HTTPClientResponse, until deadline: ContinuousClock.Instant) async throws -> [UInt8]? {
        var body: [UInt8] = []
        for try await piece in response.body {
            guard body.count + piece.readableBytes <= Self.answerLimit, ContinuousClock.now < deadline else { return nil }
            body += piece.readableBytesView
        }
        return body
    }

    private static let notReached = SendFailure(
        .retry, code: "not_reached", summary: "No connection to the provider could be made.")
    private static let unfitAnswer = SendOutcome.unknown(
        code: "unfit_answer", summary: "The provider's answer was longer than 64 KiB or did not end in time.")
    private static let noAnswer = SendOutcome.unknown(
        code: "no_answer", summary: "The connection ended or the time was over before an answer came.")

    private func httpRequest(_ request: ProviderRequest) -> HTTPClientRequest {
        var result = HTTPClientRequest(url: request.url)
        result.method = .POST
        result.headers = HTTPHeaders(request.headers.map { ($0.key, $0.value) })
        result.headers.replaceOrAdd(name: "user-agent", value: "whimbrel")
        result.body = .bytes(ByteBuffer(bytes: request.body))
        return result
    }

    private static func neverLeft(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError: certain.contains(error)
        case is NIOConnectionError: true
        case let error as IOError: [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode)
        default: handshakeFailed(error)
        }
    }

    /// A handshake that failed carried no request. Other TLS errors, such as an end without farewell, may come after one.
    private static func handshakeFailed(_ error: any Error) -> Bool {
        switch String(describing: type(of: error)) {
        case "NIOSSLExtraError": true
        case "NIOSSLError": "\(error)".hasPrefix("handshakeFailed")
        default: false
        }
    }

    private static let certain: [HTTPClientError] = [
        .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .invalidURL, .emptyHost, .emptyScheme, .alreadyShutdown,
    ]
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) { self = .microseconds(duration.microseconds) }
}
