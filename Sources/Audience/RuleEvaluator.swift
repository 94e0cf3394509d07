import Core

/// Walks a rule. What costs little goes first, and each test is put only to those whom the ones before have left, so that the
/// cost follows what matches.
struct RuleEvaluator<Source: FactSource> {
    let source: Source
    let moment: RuleMoment

    /// Those of `people` who fit.
    /// - Parameter rule: resolved for the moment.
    func people(_ rule: AudienceRule, among people: PeopleSet) throws -> PeopleSet {
        guard !people.isEmpty else { return people }
        switch rule {
        case .all(let parts):
            return try Self.cheapestFirst(parts).reduce(people) { try self.people($1, among: $0) }
        case .any(let parts): return try union(parts, among: people)
        case .not(let part): return people.subtracting(try self.people(part, among: people))
        case .event(let event): return try source.people(who: EventProbe(event, at: moment), among: people)
        case .property(let filter): return try source.people(with: filter, among: people)
        case .reach(let test): return try source.people(whom: test, among: people)
        case .bucket(let range): return PeopleSet(people.lazy.filter { range.contains(StableDraw.bucket.bucket(of: $0)) })
        case .segment(let id): return people.intersection(try source.members(of: id))
        }
    }

    private func union(_ parts: [AudienceRule], among people: PeopleSet) throws -> PeopleSet {
        var (found, left) = (PeopleSet(), people)
        for part in Self.cheapestFirst(parts) {
            let more = try self.people(part, among: left)
            found.formUnion(more)
            left.subtract(more)
        }
        return found
    }

    private static func cheapestFirst(_ parts: [AudienceRule]) -> [AudienceRule] {
        // With the place, since sorting alone may change the order of equals.
        parts.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
    }
}

extension AudienceRule {
    /// What evaluating takes, roughly; only the order means something.
    fileprivate var cost: Int {
        switch self {
        case .segment: 1
        case .reach(let test): test == .reachable ? 4 : 2
        case .property: 3
        case .bucket: 5
        case .event(let rule): 10 + rule.filters.count + (rule.measure == .count ? 0 : 1) + (rule.pick == .every ? 0 : 10)
        case .not(let part): part.cost
        case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.cost }
        }
    }
}
