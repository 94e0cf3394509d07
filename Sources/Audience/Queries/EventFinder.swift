package import Core
package import Profiles
package import Storage

/// Finds the events that a query is about. Reads them in slices, each in a transaction of its own, so that a long walk holds up
/// nobody and takes a bounded amount of memory.
package struct EventFinder: Sendable {
    let engine: any SQLEngine
    let events: EventStore
    let finder: PeopleFinder
    let slice: Int

    /// - Parameter slice: events in memory at once.
    package init(engine: any SQLEngine, events: EventStore, finder: PeopleFinder, slice: Int = 5000) {
        (self.engine, self.events, self.finder, self.slice) = (engine, events, finder, slice)
    }

    /// The events of a page, and where the next begins; nil at the end. A page that ends early because little of what was read
    /// fits has fewer events than it could have, maybe none.
    package struct Page: Sendable {
        package var events: [FoundEvent]
        package var next: EventCursor?
    }

    /// The newest event, for walks that see nothing of what comes later.
    package func lastID() async throws -> EventID { try await engine.read { try events.lastID(in: $0) } }

    /// How many events there are.
    package func count(_ query: EventQuery, of account: AccountID) async throws -> Int {
        let moment = try await finder.moment(of: account)
        guard EventProbe(query.event, at: moment).onlyCounts else {
            var count = 0
            try await forEach(query, of: account, at: moment) { _ in count += 1 }
            return count
        }
        return try await countByPeople(query, account, moment)
    }

    /// Hands every event to `body`, those of a person one after the other in order of time.
    package func forEach(
        _ query: EventQuery, of account: AccountID, at moment: RuleMoment, _ body: (FoundEvent) -> Void
    ) async throws {
        var cursor: EventCursor? = EventCursor(through: try await lastID())
        let people = try await people(query, account, moment)
        while let place = cursor {
            let page = try await page(query, account, moment, people, after: place, upTo: .max)
            for event in page.events { body(event) }
            cursor = page.next
        }
    }

    /// Some of the events, in an order that stays.
    package func page(
        _ query: EventQuery, of account: AccountID, at moment: RuleMoment, after cursor: EventCursor, upTo limit: Int
    ) async throws -> Page {
        let people = try await people(query, account, moment)
        var (result, next) = (Page(events: [], next: cursor), EventCursor?.some(cursor))
        for _ in 0..<Self.slicesPerPage {
            guard let place = next, result.events.count < limit else { break }
            let page = try await page(query, account, moment, people, after: place, upTo: limit - result.events.count)
            result.events += page.events
            next = page.next
        }
        result.next = next
        return result
    }

    /// So that a query that little fits is answered in time.
    private static let slicesPerPage = 100

    /// Nil for everybody.
    private func people(_ query: EventQuery, _ account: AccountID, _ moment: RuleMoment) async throws -> PeopleSet? {
        query.people == .everyone ? nil : try await finder.people(query.people, of: account, at: moment)
    }

    /// What fits of one slice.
    private func page(
        _ query: EventQuery, _ account: AccountID, _ moment: RuleMoment, _ people: PeopleSet?, after cursor: EventCursor,
        upTo limit: Int
    ) async throws -> Page {
        var sieve = EventSieve(query.event, at: moment, people: people, settled: cursor.settled)
        let stretch = EventStretch(name: query.event.event, account: account, from: sieve.reading.from, to: sieve.reading.to)
        let found = try await engine.read {
            try events.next(in: stretch, after: cursor.place, through: cursor.through, upTo: slice, in: $0)
        }
        var (page, place) = (Page(events: [], next: nil), cursor.place)
        for event in found {
            guard page.events.count < limit else { break }
            place = event.place
            if sieve.passes(event) { page.events.append(event) }
        }
        let isEnd = found.count < slice && found.last?.place ?? place == place
        page.next = isEnd ? nil : EventCursor(place: place, through: cursor.through, settled: sieve.settled)
        return page
    }

    /// Without a look at the events themselves; people of one range at a time.
    private func countByPeople(_ query: EventQuery, _ account: AccountID, _ moment: RuleMoment) async throws -> Int {
        let people = try await people(query, account, moment)
        let bounds = EventProbe(query.event, at: moment).reading
        let stretch = EventStretch(name: query.event.event, account: account, from: bounds.from, to: bounds.to)
        let last = try await engine.read { try Counter("profile").last(in: $0) }
        var count = 0
        for first in stride(from: Int64(1), through: last, by: PeopleSet.chunkSize) {
            let range = ProfileID(rawValue: first)...ProfileID(rawValue: first + Int64(PeopleSet.chunkSize) - 1)
            for (person, times) in try await engine.read({ try events.counts(in: stretch, among: range, in: $0) }) {
                if people?.contains(person) ?? true { count += times }
            }
        }
        return count
    }
}

/// How far a walk has come.
package struct EventCursor: Hashable, Sendable {
    /// Of the event that was looked at last.
    package var place: EventPlace
    /// The newest event when the walk began.
    package var through: EventID
    /// Of whom the first time has been seen already.
    package var settled: ProfileID?

    package init(place: EventPlace = .start, through: EventID, settled: ProfileID? = nil) {
        (self.place, self.through, self.settled) = (place, through, settled)
    }
}

/// Which of a person's events a rule on events takes, when they come in order of time.
struct EventSieve {
    private let probe: EventProbe
    private let window: TimeBounds
    private let people: PeopleSet?
    private(set) var settled: ProfileID?

    /// - Parameter people: nil for everybody.
    init(_ rule: EventRule, at moment: RuleMoment, people: PeopleSet?, settled: ProfileID? = nil) {
        (probe, window) = (EventProbe(rule, at: moment), rule.window.bounds(at: moment))
        (self.people, self.settled) = (people, settled)
    }

    /// Where the events lie that it has to see.
    var reading: TimeBounds { probe.reading }

    mutating func passes(_ event: FoundEvent) -> Bool {
        let (person, time) = (event.place.profile, event.place.occurredAt)
        guard people?.contains(person) ?? true, probe.isInHours(time), probe.accepts(event.properties) else { return false }
        guard probe.rule.pick == .first else { return window.contains(time) }
        defer { settled = person }
        return settled != person && window.contains(time)
    }
}
