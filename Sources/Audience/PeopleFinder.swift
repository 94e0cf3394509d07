package import Core
package import Profiles
package import Storage

/// Answers who fits a rule of an account, as of now unless told otherwise, and gives out the people (`clevertap.md` 5.6).
package struct PeopleFinder: Sendable {
    let engine: any SQLEngine
    let audiences: Audiences
    let profiles: ProfileStore
    let clock: AccountClock

    package init(engine: any SQLEngine, audiences: Audiences, profiles: ProfileStore, clock: AccountClock) {
        (self.engine, self.audiences, self.profiles, self.clock) = (engine, audiences, profiles, clock)
    }

    /// The moment at which a rule is judged when it is judged now.
    package func moment(of account: AccountID) async throws -> RuleMoment { try await clock.moment(of: account) }

    /// Everybody who fits.
    /// - Parameter moment: nil for now.
    /// - Throws: as `SegmentStore.expanded` for the segments that the rule names.
    package func people(_ rule: AudienceRule, of account: AccountID, at moment: RuleMoment? = nil) async throws -> PeopleSet {
        let now = try await self.moment(of: account)
        return try await audiences.people(rule, of: account, at: moment ?? now)
    }

    /// How many fit, and how many of them a campaign could write to.
    /// - Throws: as `people`.
    package func estimate(_ rule: AudienceRule, of account: AccountID) async throws -> (count: Int, reachable: Int) {
        try await audiences.estimate(rule, of: account, at: moment(of: account))
    }

    /// Clause by clause why a person fits or does not.
    /// - Throws: as `people`; `InputError` `unknown_profile`.
    package func explain(
        _ rule: AudienceRule, _ key: ProfileStore.Key, of account: AccountID
    ) async throws -> (profile: Profile, explanation: Explanation) {
        try await engine.read { session in
            let moment = try clock.moment(of: account, in: session)
            guard let profile = try profiles.find(key, of: account, in: session),
                let explanation = try audiences.explain(rule, profile.id, of: account, at: moment, in: session)
            else { throw InputError(.notFound, code: "unknown_profile", field: "profile", "There is no such person.") }
            return (profile, explanation)
        }
    }

    /// The people with these ids, in the order of the ids; those who are gone are left out.
    package func profiles(_ ids: [ProfileID], of account: AccountID) async throws -> [Profile] {
        let found = try await engine.read { try profiles.profiles(ids, of: account, in: $0) }
        return ids.compactMap { found[$0] }
    }
}
