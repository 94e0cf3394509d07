import Core
import Synchronization

/// The whole state of the sandbox behind one lock. Methods decide and change in one go and never wait.
final class World: Sendable {
    private let state: Mutex<WorldState>

    init(settings: SandboxSettings, clock: WallClock, random: Randomness) {
        state = Mutex(WorldState(settings: settings, clock: clock, random: random))
    }

    /// Runs `body` with the state to itself; `body` must be quick.
    func with<Value: Sendable>(_ body: (inout sending WorldState) -> Value) -> Value { state.withLock { body(&$0) } }

    /// The same for what may be refused.
    func attempt<Value: Sendable>(_ body: (inout sending WorldState) throws(InputError) -> Value) throws(InputError) -> Value {
        try state.withLock { (state) throws(InputError) in try body(&state) }
    }
}

/// Accounts, phones, log and behaviour, and what each event does to them.
struct WorldState: Sendable {
    var accounts: AccountDirectory
    var behaviour: Behaviour
    private(set) var log: RequestLog
    var phones: PhoneBook
    var callbacks = CallbackTally()
    /// How often it was reset; what belongs to an earlier generation is dropped when it comes up.
    private(set) var generation = 0
    private let settings: SandboxSettings
    let clock: WallClock
    let random: Randomness
    /// By account: the second of the clock, and the sends in it.
    private var windows: [String: (second: Int64, sends: Int)] = [:]

    init(settings: SandboxSettings, clock: WallClock, random: Randomness) {
        (self.settings, self.clock, self.random) = (settings, clock, random)
        accounts = AccountDirectory(settings.accounts)
        behaviour = settings.behaviour
        log = RequestLog(capacity: settings.capacity, contentCapacity: settings.contentCapacity)
        phones = PhoneBook(capacity: settings.capacity, contentCapacity: settings.contentCapacity)
    }

    /// Back to how it started, but with the accounts as they are now.
    mutating func reset() {
        let (accounts, generation) = (accounts, generation)
        self = WorldState(settings: settings, clock: clock, random: random)
        (self.accounts, self.generation) = (accounts, generation + 1)
    }
}

/// What became of the callbacks.
struct CallbackTally: Sendable {
    /// Messages with steps still to come, and callbacks still to be received or given up. At 0 all is done.
    var open = 0
    /// Answered with a 2xx.
    var delivered = 0
    /// Attempts that will be made again.
    var retried = 0
    /// Given up: a 4xx, or no success within the vendor's 24 hours.
    var dropped = 0
    /// Never tried, for the account has no address for them.
    var unaddressed = 0
}

extension WorldState {
    /// Takes one send request, which ends in exactly one line of the log.
    mutating func receive(authorization: String?, body: Result<JSONValue, JSONSyntaxError>) -> Reception {
        let json = (try? body.get()) ?? .null
        let request = Self.read(body)
        let account = accounts.account(authorization: authorization)
        var entry = RequestLog.Entry(at: clock.now(), account: account?.key, json: json, request: try? request.get())
        defer { log.append(entry) }
        if let refusal = refusal(account, request, hasToken: authorization?.lowercased().hasPrefix("bearer") ?? false) {
            entry.status = refusal.status
            return Reception(answer: refusal, delay: answerDelay)
        }
        guard let account, case .success(let request) = request else {  // `refusal` has seen to both
            return Reception(answer: .failure(500, instance: instance()), delay: answerDelay)
        }
        let message = accept(request, for: account)
        entry.messageUUID = message.id
        entry.isLost = random.chance(behaviour.loseAnswerRate)
        callbacks.open += 1
        return Reception(
            answer: .accepted(message.id), delay: answerDelay, isLost: entry.isLost,
            accepted: .init(message: message, steps: Journey.plan(behaviour, random: random)), isEarly: behaviour.hasEarlyCallbacks)
    }

    private static func read(_ body: Result<JSONValue, JSONSyntaxError>) -> Result<SendRequest, InvalidParameters> {
        switch body {
        case .success(let json): SendRequest.read(json)
        case .failure(let error):
            .failure(.init(faults: [.init(name: "body", reason: "is not JSON: \(error.reason) at byte \(error.offset)")]))
        }
    }

    private mutating func refusal(
        _ account: SandboxAccount?, _ request: Result<SendRequest, InvalidParameters>, hasToken: Bool
    ) -> Answer? {
        guard let account else { return .unauthorized(hasToken: hasToken, instance: instance()) }
        if isOverLimit(account.key) { return .failure(429, instance: instance()) }
        if random.chance(behaviour.errorRate) { return .failure(behaviour.errorStatus, instance: instance()) }
        switch request {
        case .failure(let problems): return .invalid(problems, instance: instance())
        case .success(let request):
            guard let number = account.number, number != request.from else { return nil }
            return .invalidSender(request.from, instance: instance())
        }
    }

    private mutating func isOverLimit(_ account: String) -> Bool {
        guard behaviour.rateLimitPerSecond > 0 else { return false }
        let second = clock.now().seconds
        let sends = windows[account].map { $0.second == second ? $0.sends : 0 } ?? 0
        windows[account] = (second, sends + 1)
        return sends >= behaviour.rateLimitPerSecond
    }

    private mutating func accept(_ request: SendRequest, for account: SandboxAccount) -> Message {
        let message = Message(
            id: MessageUUID(random), direction: .toPhone, account: account.key, business: request.from, phone: request.to,
            clientRef: request.clientRef, isTemplate: request.content.template != nil, at: clock.now(), quoted: nil,
            generation: generation, number: phones.nextNumber)
        phones.append(message, request.content)
        return message
    }

    private var answerDelay: Duration { .milliseconds(behaviour.answerDelayMS) }

    private func instance() -> String { MessageUUID(random).description }
}

extension RequestLog.Entry {
    /// Of a malformed request, what can be read, cut to a sensible length. The status is 202 until someone refuses.
    fileprivate init(at time: Timestamp, account: String?, json: JSONValue, request: SendRequest?) {
        let glimpse = { (key: String) in json[key]?.string.map { String($0.prefix(100)) } }
        self.init(
            at: time, account: account, to: request?.to ?? glimpse("to"), clientRef: request?.clientRef ?? glimpse("client_ref"),
            messageType: request?.content.messageType ?? glimpse("message_type"), content: request?.content, status: 202)
    }
}

/// What to do about one send request.
struct Reception: Sendable {
    struct Accepted: Sendable {
        let message: Message
        let steps: [Journey.Step]
    }

    let answer: Answer
    let delay: Duration
    /// Close the connection instead of answering.
    var isLost = false
    var accepted: Accepted?
    /// Post the first callback before answering.
    var isEarly = false
}
