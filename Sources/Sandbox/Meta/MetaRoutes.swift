import Core
import HTTPTypes
import Hummingbird
import NIOCore

/// Meta's paths. All begin with a version, `v25.0` or any other.
struct MetaRoutes: Sendable {
    let desk: SendDesk
    let wire: MetaWire

    func add(to router: Router<SandboxContext>) {
        router.post("v{version}/:id/messages", use: send)
        router.get("v{version}/:id", use: object)
        router.get("v{version}/:id/message_templates", use: listTemplates)
        router.get("meta/media/:id", use: download)
    }

    /// Sends; or, with `status`, marks a message of a person as read, which is no send.
    @Sendable private func send(_ request: Request, context: SandboxContext) async throws -> Response {
        let path = ["id": try context.parameters.require("id")]
        let body = try await request.body.collect(upTo: 256 * 1024)
        let call = Call(headers: request.headers, path: path, body: body, as: wire.encoding)
        guard call.json["status"] == "read" else { return try await desk.take(call, context, by: wire) }
        return answer(call) { _ in
            guard call.json["message_id"]?.string != nil else {
                return desk.refusal(.invalid(.init(faults: [.init(name: "message_id", reason: "is required")])), by: wire)
            }
            return Response(["success": true])
        }
    }

    /// A number, a business account or a file, whichever has the id.
    @Sendable private func object(_ request: Request, context: SandboxContext) async throws -> Response {
        let id = try context.parameters.require("id")
        let call = Call(headers: request.headers, path: ["id": id], body: ByteBuffer(), as: .form)
        if let item = desk.world.with({ $0.media[id] }) {
            return answer(call, of: item) { _ in file(id, item, request.head.authority ?? context.localAuthority) }
        }
        return answer(call) { account in
            guard account.meta?.phoneNumberID == id else { return Response(["id": .string(id), "name": .string(account.key)]) }
            let fields = request.uri.queryParameters["fields"].map { Set($0.split(separator: ",").map(String.init)) }
            return Response(.object(number(id, account).filter { $0.key == "id" || fields?.contains($0.key) ?? true }))
        }
    }

    private func number(_ id: String, _ account: SandboxAccount) -> [String: JSONValue] {
        let limit = desk.world.with { $0.behaviour.tierLimit }
        return [
            "id": .string(id), "display_phone_number": JSONValue(account.number.map { "+" + $0 }), "verified_name": .string(account.key),
            "quality_rating": "GREEN", "throughput": ["level": "STANDARD"], "name_status": "APPROVED", "status": "CONNECTED",
            "code_verification_status": "VERIFIED", "platform_type": "CLOUD_API",
            "whatsapp_business_manager_messaging_limit": .string(limit == 0 ? "TIER_UNLIMITED" : "TIER_\(limit)"),
        ]
    }

    private func file(_ id: String, _ item: MediaShelf.Item, _ authority: String) -> Response {
        Response([
            "messaging_product": "whatsapp", "id": .string(id), "url": .string("http://\(authority)/meta/media/\(id)"),
            "mime_type": .string(MediaSample.type(of: item.kind)), "sha256": .string(MediaSample.hash(of: item.kind)),
            "file_size": .int(Int64(MediaSample.bytes(of: item.kind).count)),
        ])
    }

    @Sendable private func download(_ request: Request, context: SandboxContext) async throws -> Response {
        let id = try context.parameters.require("id")
        let call = Call(headers: request.headers, body: ByteBuffer(), as: .form)
        guard let item = desk.world.with({ $0.media[id] }) else { return desk.refusal(.sender(id), by: wire) }
        return answer(call, of: item) { _ in
            Response(
                status: .ok, headers: [.contentType: MediaSample.type(of: item.kind)],
                body: .init(byteBuffer: ByteBuffer(bytes: MediaSample.bytes(of: item.kind))))
        }
    }

    @Sendable private func listTemplates(_ request: Request, context: SandboxContext) async throws -> Response {
        let id = try context.parameters.require("id")
        let call = Call(headers: request.headers, path: ["id": id], body: ByteBuffer(), as: .form)
        return answer(call) { account in
            guard account.meta?.businessAccountID == id else { return desk.refusal(.sender(id), by: wire) }
            let page = TemplatePage(desk.templates(of: account), query: request.uri.queryParameters, usual: 25)
            var paging: [String: JSONValue] = [
                "cursors": ["before": .string(page.cursor(page.start)), "after": .string(page.cursor(page.end))]
            ]
            if page.hasMore {
                let authority = request.head.authority ?? context.localAuthority
                paging["next"] = .string(
                    "http://\(authority)\(request.uri.path)?limit=\(page.limit)&after=\(FormText.encode(page.cursor(page.end)))")
            }
            return Response(["data": .array(page.templates.map(\.metaJSON)), "paging": .object(paging)])
        }
    }

    private func answer(_ call: Call, _ body: (SandboxAccount) -> Response) -> Response {
        switch desk.account(call, by: wire) {
        case .failure(let refusal): desk.refusal(refusal, by: wire)
        case .success(let account): body(account)
        }
    }

    /// The same for something that belongs to one account: found by the token alone.
    private func answer(_ call: Call, of item: MediaShelf.Item, _ body: (SandboxAccount) -> Response) -> Response {
        let account = desk.world.with { $0.accounts[item.account] }
        guard let account, account.meta?.accessToken == call.bearer else {
            return desk.refusal(.unauthorized("The token is wrong."), by: wire)
        }
        return body(account)
    }
}
