import Core

/// Why a person fits a rule, or does not: the rule's clauses in their order, each with whether it holds.
package struct Explanation: Hashable, Sendable {
    package var rule: AudienceRule
    package var holds: Bool
    /// What the person's events add up to, for a clause on events: how often, how much. Nil when nothing counts.
    package var number: Double?
    /// The clauses of `all`, `any` and `not`.
    package var parts: [Explanation] = []
}

/// Explains one person; every clause is judged, also those that no longer change the answer.
struct RuleExplainer {
    let facts: RowFacts
    let moment: RuleMoment
    let person: PeopleSet

    func explain(_ rule: AudienceRule) throws -> Explanation {
        switch rule {
        case .all(let rules):
            let parts = try rules.map(explain)
            return Explanation(rule: rule, holds: parts.allSatisfy(\.holds), parts: parts)
        case .any(let rules):
            let parts = try rules.map(explain)
            return Explanation(rule: rule, holds: parts.contains(where: \.holds), parts: parts)
        case .not(let inner):
            let part = try explain(inner)
            return Explanation(rule: rule, holds: !part.holds, parts: [part])
        case .event(let event): return try explain(rule, EventProbe(event, at: moment))
        default:
            let found = try RuleEvaluator(source: facts, moment: moment).people(rule.resolved(at: moment), among: person)
            return Explanation(rule: rule, holds: !found.isEmpty)
        }
    }

    private func explain(_ rule: AudienceRule, _ probe: EventProbe) throws -> Explanation {
        let tally = try facts.tallies(probe, of: person).values.first ?? Tally()
        return Explanation(rule: rule, holds: probe.fits(tally), number: probe.number(tally))
    }
}
