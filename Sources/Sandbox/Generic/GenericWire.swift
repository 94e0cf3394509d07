import Core
import HTTPTypes
import Hummingbird

/// The contract that CleverTap has with a provider of the customer's own (docs.clevertap.com, "Generic WhatsApp"): JSON,
/// our own message id everywhere, nothing to prove a callback.
struct GenericWire: Wire {
    var vendor: Vendor { .generic }
    var encoding: Call.Encoding { .json }
    var course: Journey.Course { .init(opening: [.submitted], beforeFailure: []) }
    var retries: RetryRule.Policy { .serverErrors }

    func refusesAtOnce(_ mishap: Mishap) -> Bool {
        switch mishap {
        case .templateUnknown, .templatePaused, .templateDisabled, .templateParameters: true
        case .asTold, .unreachable, .optedOut, .marketingCap, .pairLimited, .tierReached: false
        }
    }

    /// Taps and chosen rows come as texts.
    func carries(_ content: Content) -> Bool {
        switch content {
        case .reaction, .contact, .unsupported: false
        default: true
        }
    }

    func account(of call: Call, in accounts: AccountDirectory) -> Result<SandboxAccount, Refusal> {
        if let parts = call.headers[.authorization]?.split(separator: " ", maxSplits: 1), parts.count == 2,
            parts[0].lowercased() == "basic",
            let account = accounts.account(marked: "generic basic " + parts[1])
        {
            return .success(account)
        }
        let marked = call.headers.lazy.compactMap { field in
            accounts.account(marked: GenericCredentials.mark(header: field.name.canonicalName, field.value))
        }
        return marked.first.map { .success($0) } ?? .failure(.unauthorized("The credentials are wrong."))
    }

    func read(_ call: Call) -> Result<SendRequest, InvalidParameters> { GenericRequest.read(call) }

    func accepted(_ message: Message, _ request: SendRequest) -> Answer { Answer(status: 200, body: ["status": "success"]) }

    func refused(_ refusal: Refusal, trace: MessageUUID) -> Answer {
        switch refusal {
        case .unauthorized(let detail): Self.failure(2000, detail)
        case .tokenExpired: Self.failure(2000, "The credentials have expired.")
        case .sender(let number): Self.failure(2002, "The number \(number) is not one of this account.")
        case .invalid(let problems): Self.invalid(problems)
        case .rateLimited: Self.failure(2004, "Too many requests.", status: 429)
        case .status(let status):
            Self.failure(
                status == 401 ? 2000 : 2004, "Refused as the sandbox was told.",
                status: status == 403 || status == 429 || status >= 500 ? status : 200)
        case .code(let code): Self.failure(Int64(code) ?? 2004, "Refused as the sandbox was told.")
        case .mishap(let mishap): Self.failure(2001, MetaCodes.detail(of: mishap))
        }
    }

    private static func invalid(_ problems: InvalidParameters) -> Answer {
        let code = problems.faults.first?.code.flatMap { Int64($0) } ?? 2004
        return failure(code, problems.faults.map { "\($0.name) \($0.reason)" }.joined(separator: "; "))
    }

    private static func failure(_ code: Int64, _ message: String, status: Int = 200) -> Answer {
        Answer(status: status, body: ["status": "failure", "error": ["code": .int(code), "message": .string(message)]])
    }

    func callback(_ notice: Notice, to account: SandboxAccount, proof: Proof) -> Callback? {
        guard let url = account.url(for: notice), let body = GenericCallback.body(notice) else { return nil }
        return Callback(url: url, body: body.bytes)
    }

    func add(to router: Router<SandboxContext>, desk: SendDesk) {
        router.post("generic/send") { request, context in try await desk.take(request, context, by: self) }
    }
}
