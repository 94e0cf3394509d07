package import Core

/// A test on one property of a person or of an event.
package struct PropertyFilter: Hashable, Sendable {
    /// Compared exactly.
    package let name: String
    package let test: PropertyTest

    package init(name: String, test: PropertyTest) { (self.name, self.test) = (name, test) }
}

/// What a property is tested for. A test and its `not` part the world in two: whoever does not have the property fails
/// `equals` and `contains` and passes `notEquals` and `doesNotContain`. Comparisons fail where there is nothing to
/// compare. A list has what any of its texts has.
package enum PropertyTest: Hashable, Sendable {
    /// Equal to any of the values: texts, numbers, booleans, dates (`"$D_<epoch seconds>"`).
    case equals([JSONValue])
    case notEquals([JSONValue])
    /// A text that holds any of the values, letter for letter.
    case contains([String])
    case doesNotContain([String])
    case exists
    case doesNotExist
    case compare(Comparison, Measure)
    /// Both ends included.
    case between(Measure, Measure)
    /// A date that falls into the window, in the account's zone. Fails where the property is no date.
    case within(TimeWindow)
}

/// Names as in the API (`clevertap.md` 3.1).
package enum Comparison: String, Hashable, Sendable, CaseIterable {
    case greaterThan = "greater_than"
    case greaterThanEquals = "greater_than_equals"
    case lessThan = "less_than"
    case lessThanEquals = "less_than_equals"

    /// Whether `value` stands in this relation to `bound`.
    package func holds<Value: Comparable>(_ value: Value, _ bound: Value) -> Bool {
        switch self {
        case .greaterThan: value > bound
        case .greaterThanEquals: value >= bound
        case .lessThan: value < bound
        case .lessThanEquals: value <= bound
        }
    }
}

/// Something that has an order: numbers among themselves, dates among themselves.
package enum Measure: Hashable, Sendable {
    case number(Double)
    case date(Timestamp)

    /// A number, or a date in the form `"$D_<epoch seconds>"` (`clevertap.md` 2.4). Nil for everything else.
    package init?(_ value: JSONValue) {
        if let number = value.number {
            self = .number(number)
        } else if let date = value.string.flatMap(Timestamp.init(propertyDate:)) {
            self = .date(date)
        } else {
            return nil
        }
    }

    package var json: JSONValue {
        switch self {
        case .number(let number): Int64(exactly: number).map(JSONValue.int) ?? .double(number)
        case .date(let time): .string(time.propertyDate)
        }
    }
}
