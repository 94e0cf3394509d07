import Core
import Hummingbird

/// Meta's WhatsApp Business Cloud API: JSON, a bearer token, callbacks signed with the app's secret
/// (developers.facebook.com/documentation/business-messaging/whatsapp).
struct MetaWire: Wire {
    var vendor: Vendor { .meta }
    var encoding: Call.Encoding { .json }
    var course: Journey.Course { .init(opening: [.submitted], beforeFailure: []) }
    var retries: RetryRule.Policy { .everything(days: 7) }

    func refusesAtOnce(_ mishap: Mishap) -> Bool {
        switch mishap {
        case .pairLimited, .tierReached, .templateUnknown, .templatePaused, .templateDisabled, .templateParameters: true
        case .asTold, .unreachable, .optedOut, .marketingCap: false
        }
    }

    func account(of call: Call, in accounts: AccountDirectory) -> Result<SandboxAccount, Refusal> {
        guard let token = call.bearer, accounts.account(marked: MetaCredentials.mark(token)) != nil else {
            return .failure(.unauthorized("The token cannot be read or is not one of this sandbox."))
        }
        let id = call.path["id"] ?? ""
        return accounts.account(marked: MetaCredentials.mark(token, id)).map { .success($0) } ?? .failure(.sender(id))
    }

    func read(_ call: Call) -> Result<SendRequest, InvalidParameters> { MetaRequest.read(call) }

    func accepted(_ message: Message, _ request: SendRequest) -> Answer {
        var contact: [String: JSONValue] = ["input": .string(request.input)]
        if !Recipient.isScopedID(message.phone) { contact["wa_id"] = .string(message.phone) }
        contact["user_id"] = .string(ScopedID.of(message.phone))
        var sent: [String: JSONValue] = ["id": .string(message.id.wamid)]
        if message.isTemplate { sent["message_status"] = "accepted" }
        return Answer(
            status: 200, body: ["messaging_product": "whatsapp", "contacts": [.object(contact)], "messages": [.object(sent)]])
    }

    func refused(_ refusal: Refusal, trace: MessageUUID) -> Answer { MetaAnswer.refused(refusal, trace: trace) }

    func callback(_ notice: Notice, to account: SandboxAccount, proof: Proof) -> Callback? {
        guard let url = account.url(for: notice), let meta = account.meta else { return nil }
        let body = MetaCallback.body(notice, account, meta)
        let signature = MetaSignature.header(for: body, secret: meta.appSecret, proof: proof)
        return Callback(url: url, headers: signature.map { [("x-hub-signature-256", $0)] } ?? [], body: body)
    }

    func add(to router: Router<SandboxContext>, desk: SendDesk) { MetaRoutes(desk: desk, wire: self).add(to: router) }
}

/// The business-scoped user id of a phone. It follows from the number, so that both lead to one person; a phone that is
/// known by such an id alone has that.
enum ScopedID {
    private static let start = "US.u"

    static func of(_ phone: String) -> String { Recipient.isScopedID(phone) ? phone : start + phone }

    /// The phone that an id belongs to, or the id.
    static func phone(_ id: String) -> String {
        let digits = String(id.dropFirst(start.count))
        return id.hasPrefix(start) && Recipient.isNumber(digits) ? digits : id
    }
}
