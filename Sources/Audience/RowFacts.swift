import Core
import Profiles
import Storage

/// Facts about a few people, at most `limit`, from their rows. All of one transaction.
final class RowFacts: FactSource {
    static let limit = 1000

    let stores: AudienceStores
    let account: AccountID
    let session: any SQLSession
    private let known: [ProfileID: Profile]
    private let members: (SegmentID) throws -> PeopleSet

    /// Those of the people asked about whom the account has.
    var people: PeopleSet { PeopleSet(known.keys) }

    init(
        _ people: [ProfileID], of account: AccountID, stores: AudienceStores, in session: any SQLSession,
        members: @escaping (SegmentID) throws -> PeopleSet
    ) throws {
        (self.stores, self.account, self.session, self.members) = (stores, account, session, members)
        known = try stores.profiles.profiles(people, of: account, in: session)
    }

    func people(who did: EventProbe, among people: PeopleSet) throws -> PeopleSet {
        let tallies = try tallies(did, of: people)
        return PeopleSet(people.lazy.filter { did.fits(tallies[$0] ?? Tally()) })
    }

    func people(with filter: PropertyFilter, among people: PeopleSet) throws -> PeopleSet {
        PeopleSet(people.lazy.filter { self.known[$0].map { filter.test.holds($0.property(filter.name)) } ?? false })
    }

    func people(whom test: ReachTest, among people: PeopleSet) throws -> PeopleSet {
        guard test == .reachable else {
            return PeopleSet(people.lazy.filter { self.known[$0].map(test.holds) ?? false })
        }
        let standing = try stores.consents.reachability(of: Array(people), account: account, in: session)
        return PeopleSet(standing.lazy.filter { $0.value.isOpen }.map(\.key))
    }

    func members(of segment: SegmentID) throws -> PeopleSet { try members(segment) }

    /// People without an occurrence that counts are left out. No more than `AudienceStores.slice` events are in memory.
    func tallies(_ probe: EventProbe, of people: PeopleSet) throws -> [ProfileID: Tally] {
        let (ids, bounds) = (Array(people), probe.reading)
        let stretch = EventStretch(name: probe.rule.event, account: account, from: bounds.from, to: bounds.to)
        guard !probe.onlyCounts else {
            return try stores.events.counts(in: stretch, of: ids, in: session).mapValues { Tally(count: UInt32($0)) }
        }
        var tallies: [ProfileID: Tally] = [:]
        try stores.events.forEach(in: stretch, of: ids, atOnce: stores.slice, in: session) { person, occurrence in
            guard probe.isInHours(occurrence.occurredAt), probe.accepts(occurrence.properties) else { return }
            let amount = probe.measured.map { Millionths.of(occurrence.properties[$0]) } ?? 0
            probe.add(amount, at: occurrence.occurredAt.microseconds, to: &tallies[person, default: Tally()])
        }
        return tallies
    }
}

extension ReachTest {
    /// For all but `reachable`, which more than the person's row decides.
    func holds(_ person: Profile) -> Bool {
        switch self {
        case .hasEmail: person.email != nil
        case .hasPhone: person.phone != nil
        case .optedIn: person.whatsApp
        case .unsubscribed: !person.whatsApp && person.whatsAppSaidAt != nil
        case .reachable: false
        }
    }
}

extension Reachability {
    /// A pause of marketing passes by itself and does not shut anybody out of an audience.
    fileprivate var isOpen: Bool {
        switch self {
        case .reachable, .reachableByUserID, .marketingPaused: true
        case .noPhone, .notOptedIn, .numberBlocked, .unreachable: false
        }
    }
}
