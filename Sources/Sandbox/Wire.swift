import Core
import Hummingbird

/// One vendor's wire form, read from that vendor's documents: how it is written to, how it answers and how it calls back.
/// Everything else about a message is the same for all vendors and stands outside.
protocol Wire: Sendable {
    var vendor: Vendor { get }
    /// How its send requests are encoded.
    var encoding: Call.Encoding { get }
    /// What it reports of a message, and before a failure.
    var course: Journey.Course { get }
    /// When it posts a callback again.
    var retries: RetryRule.Policy { get }
    /// Whether it says at once, instead of by a failed status, that a message will not go.
    func refusesAtOnce(_ mishap: Mishap) -> Bool
    /// Whether its callbacks have a form for what a person does.
    func carries(_ content: Content) -> Bool

    /// Whose request this is.
    func account(of call: Call, in accounts: AccountDirectory) -> Result<SandboxAccount, Refusal>
    /// What it asks for.
    func read(_ call: Call) -> Result<SendRequest, InvalidParameters>
    func accepted(_ message: Message, _ request: SendRequest) -> Answer
    /// - Parameter trace: the vendor's name for this request, where it gives one.
    func refused(_ refusal: Refusal, trace: MessageUUID) -> Answer

    /// The post that tells an account of something. Nil when this vendor does not tell that, or the account has no
    /// address for it.
    func callback(_ notice: Notice, to account: SandboxAccount, proof: Proof) -> Callback?

    func add(to router: Router<SandboxContext>, desk: SendDesk)
}

extension Wire {
    func carries(_ content: Content) -> Bool { true }
}

/// One of each.
struct Wires: Sendable {
    private let wires: [Vendor: any Wire]
    private let vonage: VonageWire

    init(clock: WallClock, random: Randomness) {
        vonage = VonageWire(clock: clock, random: random)
        wires = [
            .vonage: vonage, .meta: MetaWire(), .gupshup: GupshupWire(), .gupshupEnterprise: EnterpriseWire(),
            .generic: GenericWire(),
        ]
    }

    subscript(vendor: Vendor) -> any Wire { wires[vendor] ?? vonage }

    var all: [any Wire] { Vendor.allCases.map { self[$0] } }
}
