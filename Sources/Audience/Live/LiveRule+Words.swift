package import Core
import ZoneTime

extension LiveRule {
    /// The rule for people to read: "As soon as somebody does Added To Cart and does not do Charged within 30 minutes".
    /// - Parameter segments: as for `AudienceRule.describe`.
    package func describe(segments: [SegmentID: String] = [:]) -> String {
        guard filter != .everyone else { return trigger.words }
        return "\(trigger.words); \(filter.describe(segments: segments).lowercasedFirst)"
    }
}

extension LiveTrigger {
    fileprivate var words: String {
        switch self {
        case .singleAction(let events): "As soon as somebody does \(events.map(\.words).joined(separator: " or "))"
        case .inaction(let event, let without, let within):
            "As soon as somebody does \(event.words) and does not do \(without.words) within \(within.words)"
        case .eventDate(let date): "\(date.offset.words) \(date.property) of \(date.event.words)\(date.moreWords)"
        case .profileDate(let date): "\(date.offset.words) \(date.property)\(date.isYearly ? " every year" : "")"
        }
    }
}

extension EventDate {
    fileprivate var moreWords: String {
        (same.map { ", once for each \($0)" } ?? "") + (cancelledBy.map { ", unless \($0.words) comes" } ?? "")
    }
}

extension DateOffset {
    fileprivate var words: String {
        let length = span.amount == 0 ? "On the day of" : "\(span.words) \(span.amount < 0 ? "before" : "after")"
        let exact = span.amount == 0 && at == nil ? "At" : length
        return at.map { "At \($0), \(exact.lowercasedFirst)" } ?? exact
    }
}

extension Span {
    /// Without the sign.
    fileprivate var words: String { abs(amount) == 1 ? "1 \(unit.rawValue.dropLast())" : "\(abs(amount)) \(unit.rawValue)" }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
