package import Core
package import Storage

extension SegmentStore {
    /// A rule that can be evaluated: the rules of saved segments stand in the places of their names, theirs in turn included.
    /// Custom lists stay, as `.segment` with their id; `members` tells who is on them. `Audiences` does it for every rule.
    /// - Throws: `InputError`: `unknown_segment`; `live_segment` for one that has no people; `segment_cycle`; `rule_too_large`.
    package func expanded(_ rule: AudienceRule, of account: AccountID, in session: any SQLSession) throws -> AudienceRule {
        guard !rule.segments.isEmpty else { return rule }
        return try rule.replacingSegments(with: rules(needed: rule.segments, of: account, in: session))
    }

    /// For `Audiences`, so that rules may name segments wherever they are evaluated.
    package var rules: SegmentRules {
        SegmentRules(expand: { try expanded($0, of: $1, in: $2) }, members: { try Self.members(of: $0, in: $1) })
    }

    /// Refuses content that could not be worked out, because of itself or because of what it needs.
    /// - Parameter id: of the segment that it is to be; whatever needs this one finds the new content.
    func check(_ content: SegmentContent, of id: SegmentID, account: AccountID, in session: any SQLSession) throws {
        let (rule, key): (AudienceRule, String)
        switch content {
        case .past(let past): (rule, key) = (past, "where")
        case .live(let live): (rule, key) = (live.filter, "live.where")
        case .list: return
        }
        do {
            var rules = try rules(needed: rule.segments.subtracting([id]), of: account, in: session)
            rules[id] = rule
            _ = try AudienceRule.segment(id).replacingSegments(with: rules)
        } catch var error as InputError {
            error.field = key
            throw error
        }
    }

    /// The rules of these segments and of all that they need; a custom list stands for itself.
    private func rules(
        needed ids: Set<SegmentID>, of account: AccountID, in session: any SQLSession
    ) throws -> [SegmentID: AudienceRule] {
        var (rules, missing): ([SegmentID: AudienceRule], Set<SegmentID>) = ([:], ids)
        while !missing.isEmpty {
            let found = try session.rows(SegmentTable.some, [.id(account), .list(missing)]).map(Segment.init(row:))
            for segment in found { rules[segment.id] = try Self.rule(segment) }
            missing = Set(found.flatMap(\.content.needs)).subtracting(rules.keys)
        }
        return rules
    }

    private static func rule(_ segment: Segment) throws(InputError) -> AudienceRule {
        switch segment.content {
        case .past(let rule): return rule
        case .list: return .segment(segment.id)
        case .live:
            throw InputError(
                .conflict, code: "live_segment",
                "The segment \(segment.id) says what happens from now on, and so has no people; only others can stand in a rule.")
        }
    }
}
