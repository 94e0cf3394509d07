import Audience
import Core
import Profiles
import Storage
import StorageTesting
import ZoneTime

/// A database with what a `History` says.
struct AudienceWorld {
    static let account = AccountID(rawValue: 1)
    static let clock = WallClock.fixed(Timestamp(microseconds: History.now))
    static let moment = RuleMoment(now: clock.now(), zone: Zone(fixedOffset: "+05:30")!)

    let engine: any SQLEngine
    let stores: AudienceStores
    let events = EventStore(clock: Self.clock)

    /// - Parameter slice: how many events are read from rows at once.
    init(_ kind: TestEngine, slice: Int = 5) async throws {
        engine = try await kind.makeWithAccount()
        let ids = IDMaker(clock: Self.clock)
        stores = AudienceStores(
            profiles: ProfileStore(engine: engine, clock: Self.clock, ids: ids), events: events,
            consents: ConsentStore(clock: Self.clock, ids: ids), slice: slice)
    }

    /// Another account, whose people do the same things, must make no difference.
    func storeOthers(_ dice: inout Dice) async throws {
        let (world, others) = (self, (0..<6).map { History.person(30_000 + Int64($0), &dice) })
        try await engine.write { session in
            try session.run(Self.secondAccount, [])
            for person in others { try world.store(person, of: AccountID(rawValue: 2), in: session) }
        }
    }

    func store(_ history: History) async throws {
        let world = self
        try await engine.write { session in
            for person in history.people { try world.store(person, in: session) }
            for number in history.blocked { try session.run(Self.block, [.text(History.phone(number))]) }
            for number in history.unreachable { try session.run(Self.trouble, [.text(History.phone(number))]) }
        }
    }

    func store(_ person: History.Person, of account: AccountID = account, in session: any SQLSession) throws {
        let revision = try Counter("profile_revision").take(in: session)
        try session.run(
            Self.insert,
            [
                .integer(person.id), .text("o\(person.id)"), .optional(person.email), .optional(person.phone.map(History.phone)),
                .flag(person.isOptedIn), person.saidAt.map(SQLValue.integer) ?? .null, .json(.object(person.properties)),
                .integer(revision), .id(account),
            ])
        if let address = person.userID { try session.run(Self.address, [.text(address), .integer(person.id)]) }
        try append(person.deeds, of: person.id, account: account, in: session)
    }

    func append(
        _ deeds: [History.Deed], of person: Int64, account: AccountID = account, in session: any SQLSession
    ) throws {
        let news = deeds.map {
            NewEvent(
                profileID: ProfileID(rawValue: person), name: EventName($0.name)!, occurredAt: Timestamp(microseconds: $0.at),
                properties: $0.properties)
        }
        try events.append(news, to: account, in: session)
    }

    /// Writes a person's row anew.
    func change(_ person: History.Person, in session: any SQLSession) throws {
        let revision = try Counter("profile_revision").take(in: session)
        try session.run(
            Self.update,
            [
                .integer(person.id), .optional(person.email), .optional(person.phone.map(History.phone)), .flag(person.isOptedIn),
                person.saidAt.map(SQLValue.integer) ?? .null, .json(.object(person.properties)), .integer(revision),
            ])
    }

    private static let secondAccount = Query(
        "test.account2", "INSERT INTO account (id, public_id, name, time_zone, created_at) VALUES (2, 'OTHER', 'Other', 'UTC', 0)")
    private static let insert = Query(
        "test.profile",
        """
        INSERT INTO profile (id, account_id, object_id, email, phone, whatsapp, whatsapp_at, properties, revision, written_at, created_at,
            updated_at)
        VALUES ($1, $9, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0)
        """)
    private static let update = Query(
        "test.change",
        """
        UPDATE profile SET email = $2, phone = $3, whatsapp = $4, whatsapp_at = $5, properties = $6, revision = $7 WHERE id = $1
        """)
    private static let block = Query("test.block", "INSERT INTO number_block (account_id, phone, since) VALUES (1, $1, 1)")
    private static let trouble = Query(
        "test.trouble", "INSERT INTO number_trouble (account_id, phone, code, unreachable_since) VALUES (1, $1, 'x', 1)")
    private static let address = Query(
        "test.address",
        "INSERT INTO whatsapp_address (account_id, address, kind, profile_id, seen_at) SELECT account_id, $1, 'user', id, 1 FROM profile WHERE id = $2"
    )
}

/// The custom lists of the tests.
enum TestMembers {
    static let lists: [Int64: Set<Int64>] = [1: [1, 2, 3, 5, 8, 13, 21, 34, 70_001], 2: []]

    static let audience = SegmentRules { segment, _ in
        PeopleSet((lists[segment.rawValue] ?? []).map { ProfileID(rawValue: $0) })
    }
}

/// Looks for the least rule that still fails, so that a failure can be read.
func smallest(_ rule: AudienceRule, fails: (AudienceRule) async throws -> Bool) async throws -> AudienceRule {
    var rule = rule
    search: while true {
        for candidate in rule.smaller where try await fails(candidate) {
            rule = candidate
            continue search
        }
        return rule
    }
}
