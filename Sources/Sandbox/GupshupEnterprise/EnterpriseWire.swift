import Core
import Hummingbird
import WebSupport

/// Gupshup's enterprise gateway: one address, forms, login and password in every request, and 200 whatever happened.
struct EnterpriseWire: Wire {
    var vendor: Vendor { .gupshupEnterprise }
    var encoding: Call.Encoding { .form }
    var course: Journey.Course { .init(opening: [.submitted], beforeFailure: []) }
    var retries: RetryRule.Policy { .everything(days: 1) }

    func refusesAtOnce(_ mishap: Mishap) -> Bool {
        switch mishap {
        case .templateUnknown, .templatePaused, .templateDisabled, .templateParameters, .pairLimited: true
        case .asTold, .unreachable, .optedOut, .marketingCap, .tierReached: false
        }
    }

    /// Templates go out on one login, everything else on the other.
    func account(of call: Call, in accounts: AccountDirectory) -> Result<SandboxAccount, Refusal> {
        let mark = EnterpriseCredentials.mark(call.form["userid"], call.form["password"])
        guard let account = accounts.account(marked: mark) else { return .failure(.unauthorized("userid or password is wrong")) }
        let isSend = EnterpriseRequest.isSend(call.form)
        guard !isSend || EnterpriseRequest.isTemplate(call.form) == (account.enterprise?.hsmUserID == call.form["userid"]) else {
            return .failure(.sender("this userid may not send this kind of message"))
        }
        return .success(account)
    }

    func read(_ call: Call) -> Result<SendRequest, InvalidParameters> { EnterpriseRequest.read(call) }

    func accepted(_ message: Message, _ request: SendRequest) -> Answer {
        Self.answer(id: message.id.enterpriseID, phone: message.phone, details: "", status: "success")
    }

    func refused(_ refusal: Refusal, trace: MessageUUID) -> Answer {
        switch refusal {
        case .unauthorized(let detail): Self.error("102", detail)
        case .tokenExpired: Self.error("102", "the login has expired")
        case .sender(let detail): Self.error("102", detail)
        case .invalid(let problems): Self.invalid(problems)
        case .rateLimited: Self.error("104", "too many requests, try again later")
        case .status(let status): Self.failure(status)
        case .code(let code): Self.error(code, "refused as the sandbox was told")
        case .mishap(let mishap): Self.error("100", EnterpriseCauses.details(of: mishap))
        }
    }

    private static func invalid(_ problems: InvalidParameters) -> Answer {
        let fault = problems.faults.first
        return error(fault?.code ?? "100", problems.faults.map { "\($0.name) \($0.reason)" }.joined(separator: "; "))
    }

    /// A server error comes from whatever stands before the gateway, which itself knows no status but 200.
    private static func failure(_ status: Int) -> Answer {
        if status >= 500 { return Answer(status: status, contentType: "text/plain", body: .null, plain: "error | \(status) | unavailable") }
        return status == 401 || status == 403
            ? error("102", "userid or password is wrong")
            : error("104", status == 429 ? "too many requests, try again later" : "refused as the sandbox was told")
    }

    static func error(_ code: String, _ details: String) -> Answer { answer(id: code, phone: "", details: details, status: "error") }

    static func answer(id: String, phone: String, details: String, status: String) -> Answer {
        let response: JSONValue = [
            "id": .string(id), "phone": .string(phone), "details": .string(details), "status": .string(status),
        ]
        return Answer(status: 200, contentType: "application/json;charset=utf-8", body: ["response": response])
    }

    func callback(_ notice: Notice, to account: SandboxAccount, proof: Proof) -> Callback? {
        guard let url = account.url(for: notice), let fields = EnterpriseCallback.fields(notice, account) else { return nil }
        return Callback(url: url, contentType: "application/x-www-form-urlencoded", body: Array(FormText.encode(fields).utf8))
    }

    func add(to router: Router<SandboxContext>, desk: SendDesk) { EnterpriseRoutes(desk: desk, wire: self).add(to: router) }
}
