package import Core

/// What a record does to one property: a plain value, or one of the operators of the upload call.
package enum PropertyChange: Hashable, Sendable {
    /// A text, number or boolean in place of what was there.
    case replace(JSONValue)
    /// `$set`: a list of texts in place of what was there.
    case replaceList([String])
    /// `$add`
    case append([String])
    /// `$remove`
    case remove([String])
    /// `$delete`
    case delete
    /// `$incr`, by a number.
    case increment(JSONValue)
    /// `$decr`, by a number.
    case decrement(JSONValue)
}

/// A change that does not fit the value it meets, such as `$incr` on a text.
package struct PropertyFault: Error, Hashable, Sendable {
    /// The property.
    package var name: String
    /// For people, without a full stop: `is not a number`.
    package var reason: String

    package init(name: String, reason: String) { (self.name, self.reason) = (name, reason) }
}

extension PropertyChange {
    /// Sums come out the same in any order, so a late `$incr` still counts where a late value would be stale.
    var isSum: Bool {
        switch self {
        case .increment, .decrement: true
        default: false
        }
    }

    /// The property's value after this change, nil when it is not there (any more). Pure.
    /// A single value under `$add` or `$remove` first becomes a list of texts; a list with nothing left is no property;
    /// `$incr` and `$decr` count from 0 when there is no value (vendor document, "operators").
    /// - Throws: when the value is not a number, or the sum is beyond 64 bits.
    package func result(on old: JSONValue?, of name: String) throws(PropertyFault) -> JSONValue? {
        switch self {
        case .replace(let value): return value
        case .replaceList(let texts): return MultiValue().appending(texts).value
        case .append(let texts): return MultiValue(old).appending(texts).value
        case .remove(let texts): return old == nil ? nil : MultiValue(old).removing(texts).value
        case .delete: return nil
        case .increment(let step):
            return try Self.sum(old ?? 0, step, name) {
                $0.addingReportingOverflow($1)
            } real: {
                $0 + $1
            }
        case .decrement(let step):
            return try Self.sum(old ?? 0, step, name) {
                $0.subtractingReportingOverflow($1)
            } real: {
                $0 - $1
            }
        }
    }

    private static func sum(
        _ old: JSONValue, _ step: JSONValue, _ name: String,
        whole: (Int64, Int64) -> (partialValue: Int64, overflow: Bool), real: (Double, Double) -> Double
    ) throws(PropertyFault) -> JSONValue {
        guard let a = old.number, let b = step.number else { throw PropertyFault(name: name, reason: "is not a number") }
        if case .int(let a) = old, case .int(let b) = step {
            let (sum, overflow) = whole(a, b)
            guard !overflow else { throw PropertyFault(name: name, reason: "would be larger than 64 bits") }
            return .int(sum)
        }
        let sum = real(a, b)
        guard sum.isFinite else { throw PropertyFault(name: name, reason: "would be larger than a number can be") }
        return .double(sum)
    }
}
