package import Core

extension AudienceRule {
    /// The rule with the rules of its segments in their places, theirs in turn included. A custom list has no rule: give
    /// `.segment(id)` itself for its id, and it stays.
    /// - Throws: `InputError`: `unknown_segment` for one without a rule, `segment_cycle` for one that needs itself, and
    ///   `rule_too_large` when more than 1,000
    ///   tests and groups come together, or more than 20 segments stand inside one another. The field is nil; the message names the segment.
    package func replacingSegments(with rules: [SegmentID: AudienceRule]) throws(InputError) -> AudienceRule {
        var inliner = SegmentInliner(rules: rules)
        let rule = try inliner.inlined(self)
        _ = try inliner.size(of: self)
        return rule
    }
}

private struct SegmentInliner {
    let rules: [SegmentID: AudienceRule]
    /// Segments that are being inlined, each inside the one before.
    private var path: [SegmentID] = []
    private var done: [SegmentID: AudienceRule] = [:]
    private var sizes: [SegmentID: Int] = [:]
    /// So that segments that name each other twice over cannot grow without bound.
    private static let (sizeLimit, depthLimit) = (1000, 20)

    init(rules: [SegmentID: AudienceRule]) { self.rules = rules }

    mutating func inlined(_ rule: AudienceRule) throws(InputError) -> AudienceRule {
        switch rule {
        case .all(let members): .all(try inlined(members))
        case .any(let members): .any(try inlined(members))
        case .not(let member): .not(try inlined(member))
        case .segment(let id): try segment(id)
        case .event, .property, .reach, .bucket: rule
        }
    }

    private mutating func inlined(_ members: [AudienceRule]) throws(InputError) -> [AudienceRule] {
        var result: [AudienceRule] = []
        for member in members { result.append(try inlined(member)) }
        return result
    }

    private mutating func segment(_ id: SegmentID) throws(InputError) -> AudienceRule {
        if let rule = done[id] { return rule }
        guard !path.contains(id) else {
            throw InputError(.conflict, code: "segment_cycle", "Segment \(id) would need itself to be worked out.")
        }
        guard let rule = rules[id] else { throw InputError(.notFound, code: "unknown_segment", "There is no segment \(id).") }
        guard rule != .segment(id) else { return rule }
        guard path.count < Self.depthLimit else { throw Self.tooLarge }
        path.append(id)
        let result = try inlined(rule)
        path.removeLast()
        sizes[id] = try size(of: rule)
        done[id] = result
        return result
    }

    /// Tests and groups, those of segments that are done included.
    func size(of rule: AudienceRule) throws(InputError) -> Int {
        let size = count(rule)
        guard size <= Self.sizeLimit else { throw Self.tooLarge }
        return size
    }

    private func count(_ rule: AudienceRule) -> Int {
        switch rule {
        case .all(let members), .any(let members): 1 + members.map(count).reduce(0, +)
        case .not(let member): 1 + count(member)
        case .segment(let id): sizes[id] ?? 1
        case .event, .property, .reach, .bucket: 1
        }
    }

    private static var tooLarge: InputError {
        InputError(
            code: "rule_too_large",
            "The rule and its segments come to more than \(sizeLimit) tests and groups, or nest more than \(depthLimit) segments.")
    }
}
