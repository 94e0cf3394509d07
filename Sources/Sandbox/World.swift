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

/// Accounts, phones, log and behaviour; what each event does to them stands in the extensions.
struct WorldState: Sendable {
    var accounts: AccountDirectory
    /// By the account's key.
    var templates: [String: TemplateBook] = [:]
    var behaviour: Behaviour
    var log: RequestLog
    var phones: PhoneBook
    var callbacks = CallbackTally()
    var limits = Limits()
    /// The pictures and the like that phones sent to accounts that fetch them by an id.
    var media = MediaShelf()
    /// How often it was reset; what belongs to an earlier generation is dropped when it comes up.
    private(set) var generation = 0
    private let settings: SandboxSettings
    let clock: WallClock
    let random: Randomness

    init(settings: SandboxSettings, clock: WallClock, random: Randomness) {
        (self.settings, self.clock, self.random) = (settings, clock, random)
        accounts = AccountDirectory(settings.accounts)
        behaviour = settings.behaviour
        log = RequestLog(capacity: settings.capacity, contentCapacity: settings.contentCapacity)
        phones = PhoneBook(capacity: settings.capacity, contentCapacity: settings.contentCapacity)
    }

    /// Back to how it started, but with the accounts and their templates as they are now.
    mutating func reset() {
        let (accounts, templates, generation) = (accounts, templates, generation)
        self = WorldState(settings: settings, clock: clock, random: random)
        (self.accounts, self.templates, self.generation) = (accounts, templates, generation + 1)
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
    /// Given up: a 4xx, or no success within the vendor's time.
    var dropped = 0
    /// Never tried, for the account has no address for them.
    var unaddressed = 0
}
