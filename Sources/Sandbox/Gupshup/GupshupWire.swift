import Core
import HTTPTypes
import Hummingbird
import WebSupport

/// Gupshup's self-serve API: forms that hold JSON, a key in a header, and no reference of ours (docs.gupshup.io).
struct GupshupWire: Wire {
    private static let keyHeader = HTTPField.Name("apikey")

    var vendor: Vendor { .gupshup }
    var encoding: Call.Encoding { .form }
    var course: Journey.Course { .init(opening: [.enqueued, .submitted], beforeFailure: [.enqueued]) }
    var retries: RetryRule.Policy { .everything(days: 1) }

    func refusesAtOnce(_ mishap: Mishap) -> Bool { mishap == .pairLimited }

    func account(of call: Call, in accounts: AccountDirectory) -> Result<SandboxAccount, Refusal> {
        guard let key = Self.keyHeader.flatMap({ call.headers[$0] }), let any = accounts.account(marked: GupshupCredentials.mark(key))
        else {
            return .failure(.unauthorized("Authentication Failed"))
        }
        let app = call.path["app"] ?? call.form["src.name"]
        guard !app.isEmpty else { return .success(any) }
        return accounts.account(marked: GupshupCredentials.mark(key, app)).map { .success($0) } ?? .failure(.sender(app))
    }

    func read(_ call: Call) -> Result<SendRequest, InvalidParameters> { GupshupRequest.read(call) }

    func accepted(_ message: Message, _ request: SendRequest) -> Answer {
        Answer(status: 202, body: ["status": "submitted", "messageId": .string(message.id.description)])
    }

    func refused(_ refusal: Refusal, trace: MessageUUID) -> Answer {
        switch refusal {
        case .unauthorized, .tokenExpired: Self.error(401, "Authentication Failed")
        case .sender: Self.error(400, "Invalid App Details")
        case .invalid(let problems): Self.invalid(problems)
        case .rateLimited: Self.error(429, "Too Many Requests")
        case .status(let status):
            Self.error(status, [401: "Authentication Failed", 429: "Too Many Requests"][status] ?? "Refused as the sandbox was told")
        case .code(let code): Self.coded(code)
        case .mishap(.pairLimited): Self.error(429, "Too Many Requests")
        case .mishap(let mishap): Self.error(400, MetaCodes.detail(of: mishap), code: GupshupCodes.code(of: mishap))
        }
    }

    private static func invalid(_ problems: InvalidParameters) -> Answer {
        guard !problems.faults.contains(where: { $0.name == "destination" }) else { return error(400, "Invalid Destination") }
        return error(400, problems.faults.map { "\($0.name) \($0.reason)" }.joined(separator: "; "))
    }

    /// An HTTP status, or a code that comes with a 400.
    private static func coded(_ code: String) -> Answer {
        let number = Int(code) ?? 0
        if (401...599).contains(number) { return error(number, "Refused as the sandbox was told") }
        return error(400, number == 0 ? code : "Refused as the sandbox was told", code: number == 0 ? nil : number)
    }

    private static func error(_ status: Int, _ message: String, code: Int? = nil) -> Answer {
        var body: [String: JSONValue] = ["status": "error", "message": .string(message)]
        if let code { body["code"] = .int(Int64(code)) }
        return Answer(status: status, body: .object(body))
    }

    func callback(_ notice: Notice, to account: SandboxAccount, proof: Proof) -> Callback? {
        guard let url = account.url(for: notice), let gupshup = account.gupshup else { return nil }
        let body =
            switch gupshup.payloadVersion {
            case .own: GupshupCallback.body(notice, account, gupshup)
            case .passthrough: GupshupPassthrough.body(notice, account, gupshup) ?? GupshupCallback.body(notice, account, gupshup)
            }
        let secret = gupshup.webhookSecret.flatMap { Self.secret($0, proof) }
        return Callback(url: url, headers: secret.map { [("x-webhook-secret", $0)] } ?? [], body: body.bytes)
    }

    /// The header is the same for every callback, so a replayed one is the right one.
    private static func secret(_ secret: String, _ proof: Proof) -> String? {
        guard case .forged(let forgery, let other) = proof else { return secret }
        switch forgery {
        case .missing: return nil
        case .wrong, .otherAccount: return other
        case .truncated: return String(secret.dropLast())
        case .upperCase: return secret.uppercased()
        case .replayed: return secret
        }
    }

    func add(to router: Router<SandboxContext>, desk: SendDesk) { GupshupRoutes(desk: desk, wire: self).add(to: router) }
}
