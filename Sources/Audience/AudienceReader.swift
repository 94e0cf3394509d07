package import Core
package import Profiles
package import Storage

/// A stretch of people in id order, and those of them who fit.
package struct AudiencePage: Sendable {
    package var matching: [Profile]
    /// The last person looked at, where the next page goes on; nil when there was nobody.
    package var last: ProfileID?
    /// Whether there was nobody after this page.
    package var isEnd: Bool
}

/// Works out audiences page by page, so that memory grows neither with the number of people nor with how much they did.
/// Rules are judged here, in Swift, and never become SQL, so no two engines can disagree about what one means; the
/// database only counts what falls into a stretch of time.
package struct AudienceReader: Sendable {
    private let engine: any SQLEngine
    private let profiles: ProfileStore
    private let events: EventStore
    private let slice: Int

    /// - Parameter slice: how many events are in memory at once, where a rule looks at their properties.
    package init(engine: any SQLEngine, profiles: ProfileStore, events: EventStore, slice: Int = 20_000) {
        (self.engine, self.profiles, self.events, self.slice) = (engine, profiles, events, slice)
    }

    /// Looks at the next `limit` people after `last`, from the start when that is nil. Each demand of the rule is judged
    /// for those who passed the ones before, in the same view of the database; reading twice changes nothing.
    /// - Parameter now: what `within_days` counts back from and after which nothing counts; the pages of one audience
    ///   take the same.
    package func page(
        _ rule: AudienceRule, of account: AccountID, after last: ProfileID?, upTo limit: Int = 1000, at now: Timestamp
    ) async throws -> AudiencePage {
        try await engine.read { session in
            let people = try profiles.page(of: account, after: last, upTo: limit, in: session)
            var matching = people.filter(rule.matchesProperties)
            for demand in rule.demands where !matching.isEmpty {
                let stretch = EventStretch(demand.event, of: account, at: now)
                let times = try times(demand.event, stretch, matching.map(\.id), session)
                matching.removeAll { !demand.holds(times: times[$0.id] ?? 0) }
            }
            return AudiencePage(matching: matching, last: people.last?.id, isEnd: people.count < limit)
        }
    }

    /// How often each person did what the rule says; those who never did are not in the result.
    private func times(
        _ rule: EventRule, _ stretch: EventStretch, _ people: [ProfileID], _ session: any SQLSession
    ) throws -> [ProfileID: Int] {
        guard !rule.filters.isEmpty else { return try events.counts(in: stretch, of: people, in: session) }
        var times: [ProfileID: Int] = [:]
        try events.forEach(in: stretch, of: people, atOnce: slice, in: session) { person, occurrence in
            if rule.accepts(occurrence.properties) { times[person, default: 0] += 1 }
        }
        return times
    }
}

extension EventStretch {
    fileprivate init(_ rule: EventRule, of account: AccountID, at now: Timestamp) {
        let bounds = rule.window.bounds(at: now)
        self.init(name: rule.event, account: account, from: bounds.from, to: bounds.to)
    }
}
