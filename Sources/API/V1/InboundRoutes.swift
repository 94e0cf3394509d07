import Accounts
package import Channels
import Core
package import Delivery
import HTTPTypes
package import Hummingbird
package import Receipts
package import WebSupport
import WhatsApp

/// `/api/v1/channels/{id}/inbound`: what people wrote to a number, and the files that they sent.
package struct InboundRoutes: Sendable {
    private let channels: ChannelStore
    private let inbound: InboundReader
    private let media: MediaFetcher

    package init(channels: ChannelStore, inbound: InboundReader, media: MediaFetcher) {
        (self.channels, self.inbound, self.media) = (channels, inbound, media)
    }

    package func add(to group: RouterGroup<KeyContext>) {
        group.group("channels/:channel/inbound").get(use: list).get(":inbound/media", use: file)
    }

    /// `?after=ID&limit=N`, the oldest first, 50 unless told, 200 at the most.
    @Sendable private func list(_ request: Request, context: KeyContext) async throws -> Response {
        let channel = try await channels.required(context)
        let limit = try V1.number(request, "limit", in: 1...200, default: 50)
        let after: InboundID? = try request.queryValue("after").flatMap { InboundID($0) }
        let page = try await inbound.page(of: channel.id, after: after, upTo: limit)
        return .json(["messages": .array(page.map(\.json))])
    }

    /// The file as it comes from the provider, always as a download: what a stranger sent is never shown as a page.
    @Sendable private func file(_ request: Request, context: KeyContext) async throws -> Response {
        let channel = try await channels.required(context)
        guard let id = context.parameters.get("inbound").flatMap({ InboundID($0) }),
            let reference = try await inbound.message(id, of: channel.id)?.media?.reference
        else { throw InputError(.notFound, code: "no_file", "There is no such message, or it has no file.") }
        do throws(SendFailure) { return Self.download(try await media.open(reference, over: channel)) } catch {
            throw Problem(.badGateway, code: error.code, channel.line.credentials.redacted(error.summary))
        }
    }

    private static func download(_ file: MediaFile) -> Response {
        let body = ResponseBody { writer in
            var open = writer
            try await file.read { try await open.write($0) }
            try await open.finish(nil)
        }
        let headers: HTTPFields = [
            .contentType: "application/octet-stream", .contentDisposition: "attachment", .xContentTypeOptions: "nosniff",
            .cacheControl: "no-store",
        ]
        return Response(status: .ok, headers: headers, body: body)
    }
}

extension InboundRecord {
    /// `media` says only that there is a file; where it is stays here.
    fileprivate var json: JSONValue {
        [
            "id": .string(id.description), "from": .string(sender), "profile_id": profileID.map { .int($0.rawValue) } ?? .null,
            "message_id": JSONValue(text: messageID?.description), "campaign_id": campaignID.map { .int($0.rawValue) } ?? .null,
            "kind": .string(kind), "text": JSONValue(text: text), "choice": JSONValue(text: choice),
            "media": media.map { ["type": JSONValue(text: $0.type), "filename": JSONValue(text: $0.filename)] } ?? .null,
            "at": .string(occurredAt.iso8601()),
        ]
    }
}
