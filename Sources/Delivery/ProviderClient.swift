package import AsyncHTTPClient
import Core
import NIOCore
import NIOHTTP1
import NIOPosix
package import WhatsApp

/// Makes requests to providers: the one place where messages leave the machine. Redirects are not followed, because the
/// credentials would follow them; answers are bounded in size and time, and compressed ones are not unpacked.
package struct ProviderClient: Sendable {
    private static let answerLimit = 64 * 1024
    /// A hundred templates with their examples take about 200 KiB.
    private static let listLimit = 4 * 1024 * 1024
    private static let fileTimeout = Duration.seconds(120)
    private let client: HTTPClient
    private let timeout: Duration

    /// - Parameter client: must not follow redirects; `ProviderClient.configuration` has the right settings.
    package init(client: HTTPClient, timeout: Duration) { (self.client, self.timeout) = (client, timeout) }

    /// The settings that `ProviderClient` counts on.
    /// - Parameters:
    ///   - connections: kept open to one host at the most.
    ///   - timeout: how long a provider may be silent in the middle of an answer.
    ///   - allowsPrivateAddresses: whether a host may turn out to be on this machine or a private network. It is the
    ///     address that was dialled which is looked at, before a byte of a request goes out: a name may lead elsewhere
    ///     each time it is asked for.
    package static func configuration(
        connections: Int, timeout: Duration, allowsPrivateAddresses: Bool = true
    ) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(5)
        configuration.timeout.read = .init(timeout)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        // A connection that cannot be made is a certain refusal and worth knowing at once; the ledger tries again.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Shorter than servers keep idle connections: a request on one that is just being closed would be unknown.
        configuration.connectionPool.idleTimeout = .seconds(10)
        configuration.httpVersion = .http1Only
        configuration.decompression = .disabled
        if !allowsPrivateAddresses { configuration.http1_1ConnectionDebugInitializer = Dialling.refusePrivate }
        return configuration
    }

    /// Sends one request and says what is known of its fate. Only what provably never left is refused for another try;
    /// once bytes may have gone out, silence means unknown.
    /// - Parameter credentials: are blotted out of what the provider says.
    package func send(
        _ request: ProviderRequest, as provider: any Provider, hiding credentials: Credentials = Credentials([:])
    ) async -> SendOutcome {
        let deadline = ContinuousClock.now + timeout
        let response: HTTPClientResponse
        do { response = try await client.execute(httpRequest(request), timeout: .init(timeout)) } catch {
            return Self.neverLeft(error) ? .refused(Self.notReached) : Self.noAnswer
        }
        do {
            guard let body = try await body(of: response, until: deadline, upTo: Self.answerLimit) else { return Self.unfitAnswer }
            let outcome = provider.interpret(status: Int(response.status.code), body: body)
            return outcome.waiting(Self.retryAfter(response)).hiding(credentials)
        } catch {
            return Self.noAnswer
        }
    }

    /// Makes a request that may be repeated, such as for a list.
    /// - Returns: status and body, the latter up to 4 MiB.
    /// - Throws: `SendFailure` to try again later, when no answer came or none that fits.
    package func fetch(_ request: ProviderRequest) async throws(SendFailure) -> (status: Int, body: [UInt8]) {
        let deadline = ContinuousClock.now + timeout
        do {
            let response = try await client.execute(httpRequest(request), timeout: .init(timeout))
            if let body = try await body(of: response, until: deadline, upTo: Self.listLimit) { return (Int(response.status.code), body) }
        } catch {
            throw Self.neverLeft(error) ? Self.notReached : SendFailure(.retry, code: "no_answer", summary: "The provider did not answer.")
        }
        throw SendFailure(.retry, code: "unfit_answer", summary: "The provider's answer was too long or did not end in time.")
    }

    /// Makes a request whose answer is a file, which is handed over as it comes.
    /// - Throws: `SendFailure` when no answer came or none that has the file.
    package func stream(_ request: ProviderRequest) async throws(SendFailure) -> MediaFile {
        let response: HTTPClientResponse
        do { response = try await client.execute(httpRequest(request), timeout: .init(timeout)) } catch {
            throw Self.neverLeft(error) ? Self.notReached : SendFailure(.retry, code: "no_answer", summary: "The provider did not answer.")
        }
        guard response.status == .ok else {
            throw SendFailure(.reject, code: "http_\(response.status.code)", summary: "The provider does not give the file.")
        }
        let deadline = ContinuousClock.now + Self.fileTimeout
        return MediaFile(type: response.headers.first(name: "content-type")) { hand in
            var size = 0
            for try await piece in response.body {
                size += piece.readableBytes
                guard size <= MediaFetcher.largest, ContinuousClock.now < deadline else { throw UnfitFile() }
                try await hand(piece)
            }
        }
    }

    /// The client's limit for a request ends with the answer's head. A body that stalls meets the limit for reading; one
    /// that drips is given up here. A sleeping task beside each request would do both, but a cancelled sleep keeps its
    /// memory until its time has come.
    /// - Returns: nil when the body is too long or takes too long.
    private func body(
        of response: HTTPClientResponse, until deadline: ContinuousClock.Instant, upTo limit: Int
    ) async throws -> [UInt8]? {
        guard !response.headers.contains(name: "content-encoding") else { return nil }
        var body: [UInt8] = []
        for try await piece in response.body {
            guard body.count + piece.readableBytes <= limit, ContinuousClock.now < deadline else { return nil }
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
        result.method = request.method == .get ? .GET : .POST
        result.headers = HTTPHeaders(request.headers.map { ($0.key, $0.value) })
        result.headers.replaceOrAdd(name: "user-agent", value: "whimbrel")
        if request.method == .post { result.body = .bytes(ByteBuffer(bytes: request.body)) }
        return result
    }

    /// Whole seconds, up to a day; the form with a date is not used by the providers.
    private static func retryAfter(_ response: HTTPClientResponse) -> Duration? {
        guard let seconds = response.headers.first(name: "retry-after").flatMap(Int.init), seconds >= 0 else { return nil }
        return .seconds(min(seconds, 86_400))
    }

    private static func neverLeft(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError: certain.contains(error)
        case is NIOConnectionError, is Dialling.PrivateAddress: true
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

/// Too large, or too slow.
private struct UnfitFile: Error {}

extension TimeAmount {
    fileprivate init(_ duration: Duration) { self = .microseconds(duration.microseconds) }
}
