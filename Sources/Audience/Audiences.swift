package import Core
import Profiles
package import Storage

/// Who fits a rule. A few people are judged from their rows, inside the caller's transaction; everybody from the blocks.
package struct Audiences: Sendable {
    private let engine: any SQLEngine
    private let stores: AudienceStores
    private let builder: BlockBuilder
    private let cache: BlockCache
    private let settings: BlockSettings
    private let segments: SegmentRules

    /// - Parameters:
    ///   - builder: also asked to catch up, when so much is new that reading it from rows would take long.
    ///   - segments: what the segments mean that a rule names.
    package init(
        engine: any SQLEngine, stores: AudienceStores, builder: BlockBuilder, cache: BlockCache = BlockCache(),
        settings: BlockSettings = BlockSettings(), segments: SegmentRules = .none
    ) {
        (self.engine, self.stores, self.builder, self.cache) = (engine, stores, builder, cache)
        (self.settings, self.segments) = (settings, segments)
    }
}

extension Audiences {
    /// Everybody who fits, as of one moment of the database. For a page of it see `PeopleSet.page(after:upTo:)`.
    package func people(_ rule: AudienceRule, of account: AccountID, at moment: RuleMoment) async throws -> PeopleSet {
        try await evaluate(rule, of: account) { facts, rule in
            try RuleEvaluator(source: facts, moment: moment).people(rule.resolved(at: moment), among: facts.everyone())
        }
    }

    /// How many people fit, and how many of them a campaign may write to.
    package func estimate(
        _ rule: AudienceRule, of account: AccountID, at moment: RuleMoment
    ) async throws -> (count: Int, reachable: Int) {
        try await evaluate(rule, of: account) { facts, rule in
            let evaluator = RuleEvaluator(source: facts, moment: moment)
            let people = try evaluator.people(rule.resolved(at: moment), among: facts.everyone())
            return (people.count, try evaluator.people(.reach(.reachable), among: people).count)
        }
    }

    private func evaluate<Value: Sendable>(
        _ rule: AudienceRule, of account: AccountID, _ body: @escaping @Sendable (BlockFacts, AudienceRule) throws -> Value
    ) async throws -> Value {
        let backlog = try await builder.backlog()
        if backlog.events > settings.freshEvents || backlog.people > settings.freshPeople { try await builder.catchUp() }
        return try await engine.read { session in
            let facts = try BlockFacts(of: account, stores: stores, cache: cache, settings: settings, in: session) {
                try segments.members($0, session)
            }
            return try body(facts, segments.expand(rule, account, session))
        }
    }
}

extension Audiences {
    /// Those of some people who fit, from their rows: what this transaction sees, and what it wrote itself. Ids that are not of
    /// the account are left out. A few statements for every clause and 1,000 people.
    package func judge(
        _ rule: AudienceRule, _ people: [ProfileID], of account: AccountID, at moment: RuleMoment, in session: any SQLSession
    ) throws -> Set<ProfileID> {
        let rule = try segments.expand(rule, account, session).resolved(at: moment)
        var fitting: Set<ProfileID> = []
        var rest = people[...]
        while !rest.isEmpty {
            let facts = try facts(Array(rest.prefix(RowFacts.limit)), account, session)
            rest = rest.dropFirst(RowFacts.limit)
            fitting.formUnion(try RuleEvaluator(source: facts, moment: moment).people(rule, among: facts.people))
        }
        return fitting
    }

    /// Clause by clause why a person fits or does not. Nil when the account has no such person.
    package func explain(
        _ rule: AudienceRule, _ person: ProfileID, of account: AccountID, at moment: RuleMoment, in session: any SQLSession
    ) throws -> Explanation? {
        let facts = try facts([person], account, session)
        guard !facts.people.isEmpty else { return nil }
        let rule = try segments.expand(rule, account, session)
        return try RuleExplainer(facts: facts, moment: moment, person: facts.people).explain(rule)
    }

    private func facts(_ people: [ProfileID], _ account: AccountID, _ session: any SQLSession) throws -> RowFacts {
        try RowFacts(people, of: account, stores: stores, in: session) { try segments.members($0, session) }
    }
}
