import Core
import Hummingbird
import NIOCore
import WebSupport

/// The gateway's one path. What a request is about stands in its field `method`.
struct EnterpriseRoutes: Sendable {
    let desk: SendDesk
    let wire: EnterpriseWire

    func add(to router: Router<SandboxContext>) {
        router.post("GatewayAPI/rest", use: take)
        router.get("GatewayAPI/rest", use: take)
    }

    /// A GET carries the same fields in its query.
    @Sendable private func take(_ request: Request, context: SandboxContext) async throws -> Response {
        let body = request.method == .get ? ByteBuffer(string: request.uri.query ?? "") : try await request.body.collect(upTo: 256 * 1024)
        let call = Call(headers: request.headers, body: body, as: wire.encoding)
        switch call.form["method"].lowercased() {
        case "opt_in": return answer(call, optIn)
        case "get_whatsapp_hsm": return answer(call) { account, form in listTemplates(account, form) }
        default: return try await desk.take(call, context, by: wire)
        }
    }

    /// Taken and forgotten: the sandbox sends to numbers that were never opted in, too.
    private func optIn(_ account: SandboxAccount, _ form: Form) -> Response {
        let phone = form["phone_number"]
        guard Recipient.isNumber(phone), form["channel"].uppercased() == "WHATSAPP" else {
            return Response(EnterpriseWire.error("105", "bad phone number or channel"))
        }
        let id = desk.world.with { MessageUUID($0.random) }
        return Response(EnterpriseWire.answer(id: id.enterpriseID, phone: phone, details: "OPT_IN", status: "success"))
    }

    private func listTemplates(_ account: SandboxAccount, _ form: Form) -> Response {
        let all = desk.templates(of: account)
        let (offset, limit) = (max(0, Int(form["offset"]) ?? 0), min(max(1, Int(form["limit"]) ?? 100), 1000))
        let page = all.dropFirst(offset).prefix(limit)
        return Response(["data": .array(page.map(\.enterpriseJSON)), "meta": ["total": .int(Int64(all.count))]])
    }

    private func answer(_ call: Call, _ body: (SandboxAccount, Form) -> Response) -> Response {
        switch desk.account(call, by: wire) {
        case .failure(let refusal): desk.refusal(refusal, by: wire)
        case .success(let account): body(account, call.form)
        }
    }
}

extension Template {
    fileprivate var enterpriseJSON: JSONValue {
        var json: [String: JSONValue] = [
            "id": .string(id.digits), "name": .string(name), "category": .string(category), "language": .string(language),
            "body": .string(body), "status": .string(status == "APPROVED" ? "ENABLED" : status), "quality_score": "UNKNOWN",
            "creation_time": .int(created.seconds), "type": "TEXT", "button_type": buttons.isEmpty ? "NONE" : "CALL_TO_ACTION",
        ]
        if !buttons.isEmpty {
            json["buttons"] = .array(buttons)
            if buttons.allSatisfy({ $0["type"] == "QUICK_REPLY" }) { json["button_type"] = "QUICK_REPLY" }
        }
        switch header {
        case .text(let text): json["header"] = .string(text)
        case .media(let format): json["type"] = .string(format)
        case nil: break
        }
        if let footer { json["footer"] = .string(footer) }
        return .object(json)
    }
}
