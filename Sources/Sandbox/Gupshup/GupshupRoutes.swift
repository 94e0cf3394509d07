import Core
import Hummingbird
import NIOCore

/// Gupshup's paths.
struct GupshupRoutes: Sendable {
    let desk: SendDesk
    let wire: GupshupWire

    func add(to router: Router<SandboxContext>) {
        router.post("wa/api/v1/msg") { request, context in try await desk.take(request, context, by: wire) }
        router.post("wa/api/v1/template/msg") { request, context in
            try await desk.take(request, context, by: wire, path: ["kind": "template"])
        }
        router.get("wa/app/:app/template", use: listTemplates)
        router.get("wa/app/:app/business", use: business)
    }

    /// Pages are numbered from 1; page 0 is the first one, too.
    @Sendable private func listTemplates(_ request: Request, context: SandboxContext) async throws -> Response {
        try answer(request, context) { account in
            let query = request.uri.queryParameters
            let size = min(max(1, query["pageSize"].flatMap { Int($0) } ?? 50), 500)
            let page = max(1, query["pageNo"].flatMap { Int($0) } ?? 1)
            let wanted = desk.templates(of: account).filter { template in
                query["templateStatus"].map { $0 == template.status } ?? true
                    && query["languageCode"].map { $0 == template.language } ?? true
            }
            let templates = wanted.dropFirst((page - 1) * size).prefix(size).map { $0.gupshupJSON(account) }
            return Response(["status": "success", "templates": .array(templates)])
        }
    }

    @Sendable private func business(_ request: Request, context: SandboxContext) async throws -> Response {
        try answer(request, context) { account in
            Response([
                "status": "success",
                "business": ["appId": JSONValue(account.gupshup?.appID), "name": .string(account.key), "phone": JSONValue(account.number)],
            ])
        }
    }

    private func answer(_ request: Request, _ context: SandboxContext, _ body: (SandboxAccount) -> Response) throws -> Response {
        let call = Call(headers: request.headers, path: ["app": try context.parameters.require("app")], body: ByteBuffer(), as: .form)
        switch desk.account(call, by: wire) {
        case .failure(let refusal): return desk.refusal(refusal, by: wire)
        case .success(let account): return body(account)
        }
    }
}

extension Template {
    fileprivate func gupshupJSON(_ account: SandboxAccount) -> JSONValue {
        var container: [String: JSONValue] = [
            "data": .string(body), "appId": JSONValue(account.gupshup?.appID), "buttons": .array(buttons),
        ]
        if let footer { container["footer"] = .string(footer) }
        var kind = "TEXT"
        switch header {
        case .text(let text): container["header"] = .string(text)
        case .media(let format): kind = format
        case nil: break
        }
        return [
            "id": .string(id.description), "elementName": .string(name), "externalId": .string(id.digits),
            "languageCode": .string(language), "status": .string(status), "category": .string(category), "templateType": .string(kind),
            "data": .string([body, footer].compactMap { $0 }.joined(separator: "\n")),
            "containerMeta": .string(JSONValue.object(container).text), "quality": "UNKNOWN",
        ]
    }
}
