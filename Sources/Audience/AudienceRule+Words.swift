import Core
import ZoneTime

extension AudienceRule {
    /// The rule for people to read: "Everyone who did Charged in the last 7 days and whose City is Pune".
    package func describe() -> String {
        let parts =
            did.map { "who did \($0.words)" } + didNot.map { "who did not do \($0.words)" }
            + profile.map { "whose \($0.words)" }
        return parts.isEmpty ? "Everyone" : "Everyone " + parts.joined(separator: ", and ")
    }
}

extension EventRule {
    fileprivate var words: String {
        var text = event
        if let count { text += " \(count.words)" }
        text += window.words
        if !filters.isEmpty { text += " where " + filters.map(\.words).joined(separator: " and ") }
        return text
    }
}

extension CountTest {
    fileprivate var words: String {
        switch self {
        case .equals(let number): "exactly \(number) times"
        case .notEquals(let number): "not exactly \(number) times"
        case .compare(let comparison, let number): "\(comparison.words(of: "more", "fewer")) \(number) times"
        case .between(let low, let high): "\(low) to \(high) times"
        }
    }
}

extension TimeWindow {
    fileprivate var words: String {
        switch self {
        case .ever: ""
        case .lastDays(1): " in the last day"
        case .lastDays(let days): " in the last \(days) days"
        case .days(let from?, let to?): " from \(from.words) to \(to.words)"
        case .days(let from?, nil): " since \(from.words)"
        case .days(nil, let to?): " until \(to.words)"
        case .days(nil, nil): ""
        }
    }
}

extension Day {
    fileprivate var words: String { description }
}

extension PropertyFilter {
    fileprivate var words: String { "\(name) \(test.words)" }
}

extension PropertyTest {
    fileprivate var words: String {
        switch self {
        case .equals(let values): "is \(list(values))"
        case .notEquals(let values): "is not \(list(values))"
        case .contains(let texts): "contains \(texts.joined(separator: " or "))"
        case .doesNotContain(let texts): "does not contain \(texts.joined(separator: " or "))"
        case .exists: "is known"
        case .doesNotExist: "is not known"
        case .compare(let comparison, let bound): "is \(comparison.words(of: "more", "less")) \(bound.words)"
        case .between(let low, let high): "is between \(low.words) and \(high.words)"
        }
    }

    private func list(_ values: [JSONValue]) -> String {
        values.map { $0.string.map { Timestamp(propertyDate: $0)?.iso8601() ?? $0 } ?? $0.text }.joined(separator: " or ")
    }
}

extension Comparison {
    fileprivate func words(of more: String, _ fewer: String) -> String {
        switch self {
        case .greaterThan: "\(more) than"
        case .greaterThanEquals: "at least"
        case .lessThan: "\(fewer) than"
        case .lessThanEquals: "at most"
        }
    }
}

extension Measure {
    fileprivate var words: String {
        switch self {
        case .number: json.text
        case .date(let time): time.iso8601()
        }
    }
}
