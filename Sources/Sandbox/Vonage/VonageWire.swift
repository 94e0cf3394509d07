import Core
import HTTPTypes
import Hummingbird

/// The Vonage Messages API, version 1: JSON, HTTP Basic or an application's token, callbacks signed with a token each.
struct VonageWire: Wire {
    private let clock: WallClock
    private let tokens = ApplicationTokens()
    private let signature: CallbackSignature

    static let hint = "You did not provide correct credentials. Use HTTP Basic with the account's key and secret."

    init(clock: WallClock, random: Randomness) {
        self.clock = clock
        signature = CallbackSignature(clock: clock, random: random)
    }

    var vendor: Vendor { .vonage }
    var encoding: Call.Encoding { .json }
    var course: Journey.Course { Journey.Course() }
    var retries: RetryRule.Policy { .serverErrors }

    func refusesAtOnce(_ mishap: Mishap) -> Bool { false }

    /// The encoded form of Basic is compared as it stands, which saves decoding it for every request.
    func account(of call: Call, in accounts: AccountDirectory) -> Result<SandboxAccount, Refusal> {
        guard let parts = call.headers[.authorization]?.split(separator: " ", maxSplits: 1), parts.count == 2 else {
            return .failure(.unauthorized(Self.hint))
        }
        switch parts[0].lowercased() {
        case "basic": return accounts.account(marked: "vonage " + parts[1]).map { .success($0) } ?? .failure(.unauthorized(Self.hint))
        case "bearer": return tokens.account(of: String(parts[1]), in: accounts, now: clock.now())
        default: return .failure(.unauthorized(Self.hint))
        }
    }

    func read(_ call: Call) -> Result<SendRequest, InvalidParameters> { VonageRequest.read(call) }

    func accepted(_ message: Message, _ request: SendRequest) -> Answer { VonageAnswer.accepted(message.id) }

    func refused(_ refusal: Refusal, trace: MessageUUID) -> Answer { VonageAnswer.refused(refusal, instance: trace.description) }

    func callback(_ notice: Notice, to account: SandboxAccount, proof: Proof) -> Callback? {
        guard let url = account.url(for: notice) else { return nil }
        let json: JSONValue
        switch notice {
        case .status(let status): json = VonageNotice.body(status)
        case .inbound(let inbound): json = VonageNotice.body(inbound.message, inbound.content)
        case .template: return nil
        }
        let body = json.bytes
        let authorization = signature.authorization(for: body, account: account, proof: proof)
        return Callback(url: url, headers: authorization.map { [("authorization", $0)] } ?? [], body: body)
    }

    func add(to router: Router<SandboxContext>, desk: SendDesk) {
        router.post("v1/messages") { request, context in try await desk.take(request, context, by: self) }
        VonageRoutes(desk: desk, wire: self).add(to: router)
    }
}
