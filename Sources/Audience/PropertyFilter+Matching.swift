package import Core

extension PropertyTest {
    /// Whether a property passes. A test that is judged often is resolved once, and then judged by `holds(_:)`.
    package func holds(_ value: JSONValue?, at moment: RuleMoment) -> Bool { resolved(at: moment).holds(value) }

    /// For a test without a window, and one that is resolved; `within` holds for nothing.
    /// - Parameter value: the property; nil or null when it is not there.
    package func holds(_ value: JSONValue?) -> Bool {
        let value = value?.isNull == true ? nil : value
        return switch self {
        case .exists: value != nil
        case .doesNotExist: value == nil
        case .equals(let wanted): Self.any(of: value) { part in wanted.contains { isSame(part, $0) } }
        case .notEquals(let wanted): !Self.equals(wanted).holds(value)
        case .contains(let wanted): Self.any(of: value) { part in wanted.contains { part.string?.contains($0) ?? false } }
        case .doesNotContain(let wanted): !Self.contains(wanted).holds(value)
        case .compare(let comparison, let bound): Self.any(of: value) { comparison.holds($0, bound) }
        case .between(let low, let high):
            Self.any(of: value) { Comparison.greaterThanEquals.holds($0, low) && Comparison.lessThanEquals.holds($0, high) }
        case .within: false
        }
    }

    /// A list's parts one by one, a single value as itself.
    private static func any(of value: JSONValue?, _ test: (JSONValue) -> Bool) -> Bool {
        switch value {
        case nil: false
        case .array(let parts): parts.contains(where: test)
        case .some(let single): test(single)
        }
    }
}

extension Comparison {
    fileprivate func holds(_ value: JSONValue, _ bound: Measure) -> Bool {
        switch bound {
        case .number(let bound): number(from: value).map { holds($0, bound) } ?? false
        case .date(let bound): value.string.flatMap(Timestamp.init(propertyDate:)).map { holds($0, bound) } ?? false
        }
    }
}

/// Uploads write numbers and booleans as texts, too (`"Age": "28"`, `"True"`), so a text that reads as the other
/// side's kind is compared as that.
private func isSame(_ a: JSONValue, _ b: JSONValue) -> Bool {
    switch (a, b) {
    case (.string(let a), .string(let b)): a == b || isSameDate(a, b)
    case (.int(let a), .int(let b)): a == b
    case (.bool(let a), .bool(let b)): a == b
    case (.bool(let flag), .string(let text)), (.string(let text), .bool(let flag)): text.lowercased() == (flag ? "true" : "false")
    case (.int, _), (.double, _), (_, .int), (_, .double): number(from: a).map { $0 == number(from: b) } ?? false
    default: false
    }
}

private func isSameDate(_ a: String, _ b: String) -> Bool {
    Timestamp(propertyDate: a).map { $0 == Timestamp(propertyDate: b) } ?? false
}

/// A number, or a text that is one in decimal form.
func number(from value: JSONValue) -> Double? {
    if let number = value.number { return number }
    guard let text = value.string, text.utf8.count <= 40, text.utf8.allSatisfy(numberBytes.contains) else { return nil }
    return Double(text)
}

private let numberBytes = Set("0123456789+-.eE".utf8)
