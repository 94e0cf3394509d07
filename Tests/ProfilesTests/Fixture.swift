import Core
import Profiles
import Storage
import StorageTesting

/// The stores on one engine, with a clock that stands still.
struct Fixture {
    static let now = Timestamp(seconds: 1_700_000_000)
    let engine: any SQLEngine
    let profiles: ProfileStore
    let consents: ConsentStore
    let events: EventStore
    let account = AccountID(rawValue: 1)
    static let secondAccount =
        "INSERT INTO account (id, public_id, name, time_zone, created_at) VALUES (2, 'TEST-TWO', 'Two', 'UTC', 0)"
    private let ids: IDMaker

    init(_ kind: TestEngine) async throws {
        self.init(engine: try await kind.makeWithAccount(), now: Self.now, ids: IDMaker(clock: .fixed(Self.now)))
    }

    private init(engine: any SQLEngine, now: Timestamp, ids: IDMaker) {
        (self.engine, self.ids) = (engine, ids)
        let clock = WallClock.fixed(now)
        profiles = ProfileStore(engine: engine, clock: clock, ids: ids)
        consents = ConsentStore(clock: clock, ids: ids)
        events = EventStore(clock: clock)
    }

    /// The same database seen by a process whose clock shows another time.
    func at(_ now: Timestamp) -> Self { Self(engine: engine, now: now, ids: ids) }

    @discardableResult
    func apply(_ records: ProfileRecord...) async throws -> [RecordOutcome] {
        try await engine.write { try profiles.apply(records, to: account, source: "test", in: $0) }
    }

    func find(_ identity: String) async throws -> Profile? { try await profiles.find(.identity(identity), of: account) }

    func history(_ profile: ProfileID) async throws -> [ConsentEntry] {
        try await engine.read { try consents.history(of: profile, account: account, in: $0) }
    }

    func reachability(_ ids: [ProfileID]) async throws -> [ProfileID: Reachability] {
        try await engine.read { try consents.reachability(of: ids, account: account, in: $0) }
    }

    func summary(_ profile: ProfileID) async throws -> [String: EventSummary] {
        try await engine.read { try events.summary(of: profile, account: account, in: $0) }
    }
}

extension ProfileRecord {
    static func profile(_ who: [IdentityKind: String], _ change: ProfileChange, at time: Timestamp? = Fixture.now) -> Self {
        Self(number: 1, who: Who(who), time: time, content: .profile(change))
    }

    static func event(_ who: [IdentityKind: String], _ name: String, at time: Timestamp = Fixture.now) throws -> Self {
        guard let name = EventName(name) else { throw StorageError(.failed, "no name") }
        return Self(number: 1, who: Who(who), time: time, content: .event(name, properties: [:]))
    }
}
