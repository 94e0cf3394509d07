import Core
import ZoneTime

extension PropertyFilter {
    /// "City is Pune or Goa".
    var words: String { "\(isAge ? "age" : name) \(test.words)" }
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
        case .compare(let comparison, .date(let time)): "is \(comparison.dateWords) \(time.iso8601())"
        case .compare(let comparison, let bound): "is \(comparison.words(of: "more", "less")) \(bound.words)"
        case .between(let low, let high): "is between \(low.words) and \(high.words)"
        case .within(.ever): "is a date"
        case .within(.days(let from?, nil)): "is \(from) or later"
        case .within(.days(nil, let to?)): "is \(to) or earlier"
        case .within(let window): "is \(window.words)"
        }
    }

    private func list(_ values: [JSONValue]) -> String {
        values.map { $0.string.map { Timestamp(propertyDate: $0)?.iso8601() ?? $0 } ?? $0.text }.joined(separator: " or ")
    }
}

extension Comparison {
    func words(of more: String, _ fewer: String) -> String {
        switch self {
        case .greaterThan: "\(more) than"
        case .greaterThanEquals: "at least"
        case .lessThan: "\(fewer) than"
        case .lessThanEquals: "at most"
        }
    }

    fileprivate var dateWords: String {
        switch self {
        case .greaterThan: "after"
        case .greaterThanEquals: "not before"
        case .lessThan: "before"
        case .lessThanEquals: "not after"
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
