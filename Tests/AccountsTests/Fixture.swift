import Accounts
import Core
import Storage
import StorageTesting
import Synchronization

/// A clock that stands still until it is told to move.
final class HandClock: Sendable {
    private let time = Mutex(Timestamp(seconds: 1_800_000_000))

    var clock: WallClock { WallClock { self.time.withLock { $0 } } }
    func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
}

/// A scrypt that takes no time.
let cheap = PasswordHashing(logRounds: 1)

struct Fixture {
    let engine: any SQLEngine
    let hand = HandClock()
    let secret: SecretKey

    init(_ kind: TestEngine) async throws {
        engine = try await kind.make()
        secret = SecretKey(from: .system)
    }

    /// A store as another process would have it.
    func store() -> AccountStore {
        AccountStore(engine: engine, clock: hand.clock, ids: IDMaker(clock: hand.clock), secretKey: secret, hashing: cheap)
    }

    func signIns() -> SignIns { SignIns(engine: engine, clock: hand.clock, hashing: cheap) }

    /// The account `ACME-1` with the passcode `open-sesame` and the admin `ann@example.com`.
    func bootstrapped() async throws -> (store: AccountStore, account: Account) {
        let store = store()
        let wish = FirstAccount(
            accountID: "ACME-1", passcode: "open-sesame", adminEmail: "Ann@Example.com ", adminPassword: "correct horse")
        guard let made = try await store.bootstrap(wish) else { throw StorageError(.failed, "no account was made") }
        return (store, made.account)
    }

    func count(_ table: String) async throws -> Int {
        try await engine.read { session in
            try session.row(Query("test.count", "SELECT COUNT(*) FROM \(table)"))?.int(0) ?? -1
        }
    }
}
