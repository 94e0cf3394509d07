import Core
import Hummingbird
import NIOCore

/// What the vendor offers beside sending: messages are marked as read, business accounts and their templates are listed.
struct VonageRoutes: Sendable {
    let desk: SendDesk
    let wire: VonageWire

    func add(to router: Router<SandboxContext>) {
        router.patch("v1/messages/:id", use: update)
        router.get("v1/channel-manager/whatsapp/wabas", use: businessAccounts)
        router.get("v2/whatsapp-manager/wabas/:id/templates", use: listTemplates)
    }

    /// Marks what a person wrote as read. 404 for what nobody wrote to this account.
    @Sendable private func update(_ request: Request, context: SandboxContext) async throws -> Response {
        let id = MessageUUID(try context.parameters.require("id"))
        let call = Call(headers: request.headers, body: try await request.body.collect(upTo: 256 * 1024), as: wire.encoding)
        return answer(request) { account in
            let faults = VonageUpdate.faults(in: call)
            guard faults.isEmpty else { return desk.refusal(.invalid(.init(faults: faults)), by: wire) }
            let message = id.flatMap { id in desk.world.with { $0.phones.said(id, to: account.key) } }
            return message == nil ? desk.refusal(.status(404), by: wire) : Response(status: .ok)
        }
    }

    @Sendable private func businessAccounts(_ request: Request, context: SandboxContext) async throws -> Response {
        answer(request) { account in
            let number: JSONValue = account.number.map { [["number": .string($0), "status": "CONNECTED"]] } ?? []
            return Response(["wabas": [["id": .string(Self.id(of: account)), "name": .string(account.key), "numbers": number]]])
        }
    }

    @Sendable private func listTemplates(_ request: Request, context: SandboxContext) async throws -> Response {
        let id = try context.parameters.require("id")
        return answer(request) { account in
            guard id == Self.id(of: account) else { return desk.refusal(.status(404), by: wire) }
            let page = TemplatePage(desk.templates(of: account), query: request.uri.queryParameters, usual: 100)
            var paging: [String: JSONValue] = [:]
            if page.hasMore {
                let authority = request.head.authority ?? context.localAuthority
                paging["next"] = .string(
                    "http://\(authority)\(request.uri.path)?limit=\(page.limit)&after=\(FormText.encode(page.cursor(page.end)))")
            }
            return Response(["templates": .array(page.templates.map(\.vonageJSON)), "paging": .object(paging)])
        }
    }

    private func answer(_ request: Request, _ body: (SandboxAccount) -> Response) -> Response {
        let call = Call(headers: request.headers, body: ByteBuffer(), as: .form)
        switch desk.account(call, by: wire) {
        case .failure(let refusal): return desk.refusal(refusal, by: wire)
        case .success(let account): return body(account)
        }
    }

    /// The account has none of its own in the sandbox; this one follows from its key.
    private static func id(of account: SandboxAccount) -> String {
        String(account.key.utf8.reduce(UInt64(7)) { ($0 &* 31 &+ UInt64($1)) % 1_000_000_007 } + 100_000_000_000)
    }
}

extension Template {
    fileprivate var vonageJSON: JSONValue {
        [
            "id": .string(id.digits), "name": .string(name), "language": .string(language), "category": .string(category),
            "status": .string(status), "components": components,
        ]
    }
}
