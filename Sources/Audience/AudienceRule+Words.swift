package import Core

extension AudienceRule {
    /// The rule for people to read: "Everyone who did Charged at least 2 times in the last 30 days, and whose City is Pune, and
    /// not in segment 12".
    /// - Parameter segments: the names of saved segments; where one is missing, its id stands.
    package func describe(segments: [SegmentID: String] = [:]) -> String {
        switch self {
        case .all([]): "Everyone"
        case .any([]), .not(.all([])): "Nobody"
        default: "Everyone \(clause(segments))"
        }
    }

    /// What follows "Everyone".
    private func clause(_ names: [SegmentID: String]) -> String {
        switch self {
        case .all([]): "at all"
        case .all(let members): members.map { $0.inner(names) }.joined(separator: ", and ")
        case .any([]): "who is nobody"
        case .any(let members): Self.choice(members.map { $0.inner(names) })
        case .not(.event(let event)) where event.isAtLeastOnce: "who did not \(event.words(did: "do"))"
        case .not(.segment(let id)): "not in \(Self.name(of: id, names))"
        case .not(.reach(let test)): test.words.no
        case .not(let member): "not (\(member.clause(names)))"
        case .event(let event): "who \(event.words(did: "did"))"
        case .property(let filter): "whose \(filter.words)"
        case .reach(let test): test.words.yes
        case .bucket(let range): "in bucket \(range.lowerBound) to \(range.upperBound)"
        case .segment(let id): "in \(Self.name(of: id, names))"
        }
    }

    /// As a member of a group: in parentheses when it is a group itself.
    private func inner(_ names: [SegmentID: String]) -> String {
        let text = clause(names)
        return switch self {
        case .all(let members) where members.count > 1: "(\(text))"
        case .any(let members) where members.count > 1: "(\(text))"
        default: text
        }
    }

    private static func choice(_ parts: [String]) -> String {
        parts.count == 1 ? parts[0] : "either " + parts.joined(separator: " or ")
    }

    private static func name(of id: SegmentID, _ names: [SegmentID: String]) -> String {
        names[id].map { "segment “\($0)”" } ?? "segment \(id)"
    }
}

extension ReachTest {
    fileprivate var words: (yes: String, no: String) {
        switch self {
        case .hasEmail: ("with an e-mail address", "without an e-mail address")
        case .hasPhone: ("with a phone number", "without a phone number")
        case .optedIn: ("who opted in to WhatsApp", "who did not opt in to WhatsApp")
        case .unsubscribed: ("who unsubscribed from WhatsApp", "who did not unsubscribe from WhatsApp")
        case .reachable: ("reachable on WhatsApp", "not reachable on WhatsApp")
        }
    }
}
