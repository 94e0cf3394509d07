package import Channels
package import Core
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
package import Receipts
package import WhatsApp

/// `POST /hooks/{token}/inbound` and `/hooks/{token}/status`: what providers call. `GET` there is how some vendors test an
/// address: answered with their challenge when the call knows the channel's verify token, else with 403. The answers to
/// `POST` carry no body:
///
/// - 200: stored on disk, to be applied afterwards; also for a call that was stored before
/// - 401: not proved to be the provider's own, whatever is wrong with the proof
/// - 404: no channel has this token
/// - 413: more than 1 MiB
/// - 503: could not be stored; the provider tries again
package struct WebhookRoutes: Sendable {
    private static let largestBody = 1 << 20

    private let door: WebhookDoor

    package init(channels: ChannelStore, providers: ProviderList, inbox: WebhookInbox, clock: WallClock) {
        door = WebhookDoor(channels: channels, providers: providers, inbox: inbox, clock: clock)
    }

    /// - Parameter group: where `/hooks` is to be; nobody needs to be signed in there.
    package func add<Context: RequestContext>(to group: some RouterMethods<Context>) {
        for kind in WebhookKind.allCases {
            group.post("hooks/{token}/\(kind.rawValue)") { request, context in
                await receive(request, kind, token: context.parameters.get("token") ?? "", logger: context.logger)
            }
            group.get("hooks/{token}/\(kind.rawValue)") { request, context in
                await challenge(request, token: context.parameters.get("token") ?? "")
            }
        }
    }

    /// As text, because that is what Meta compares. The query holds the verify token and stands in no log.
    private func challenge(_ request: Request, token: String) async -> Response {
        guard let channel = try? await door.channel(token: token) else { return Response(status: .notFound) }
        let query = Dictionary(request.uri.queryParameters.map { (String($0), String($1)) }) { $1 }
        guard let answer = door.challenge(query, on: channel) else { return Response(status: .forbidden) }
        return Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .xContentTypeOptions: "nosniff"],
            body: .init(byteBuffer: ByteBuffer(string: answer)))
    }

    /// The token and the authorization are secrets and stand in no log.
    private func receive(_ request: Request, _ kind: WebhookKind, token: String, logger: Logger) async -> Response {
        do {
            guard let channel = try await door.channel(token: token) else { return Response(status: .notFound) }
            guard let body = try await body(of: request) else { return Response(status: .contentTooLarge) }
            let headers = Dictionary(request.headers.map { ($0.name.canonicalName, $0.value) }) { $1 }
            let webhook = WebhookRequest(headers: headers, body: body)
            if try await door.take(webhook, kind: kind, on: channel) { return Response(status: .ok) }
            logger.warning("webhook refused", metadata: ["channel": "\(channel.id)", "kind": "\(kind)", "bytes": "\(body.count)"])
            return Response(status: .unauthorized)
        } catch {
            logger.error("webhook not stored", metadata: ["kind": "\(kind)", "error": "\(error)"])
            return Response(status: .serviceUnavailable)
        }
    }

    /// Nil when it is too large, by its own word or in truth.
    private func body(of request: Request) async throws -> [UInt8]? {
        if let length = request.headers[.contentLength].flatMap(Int.init), length > Self.largestBody { return nil }
        do { return Array(try await request.body.collect(upTo: Self.largestBody).readableBytesView) } catch is NIOTooManyBytesError {
            return nil
        }
    }
}
