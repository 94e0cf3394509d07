package import Core

/// Something people did, or did not do: an event by its name, within a window, with filters on its properties.
package struct EventRule: Hashable, Sendable {
    /// Compared without regard to case and blanks, as event names are.
    package var event: String
    package var window: TimeWindow
    package var filters: [PropertyFilter]
    /// How often; nil means at least once.
    package var count: CountTest?

    package init(event: String, window: TimeWindow = .ever, filters: [PropertyFilter] = [], count: CountTest? = nil) {
        (self.event, self.window, self.filters, self.count) = (event, window, filters, count)
    }
}

/// A test on how often somebody did something. Whoever never did it fails every one: "fewer than N" does not include
/// people who never did it (`clevertap.md` 5.2).
package enum CountTest: Hashable, Sendable {
    case equals(Int)
    case notEquals(Int)
    case compare(Comparison, Int)
    /// Both ends included.
    case between(Int, Int)

    /// Whether a person who did it this often passes.
    package func holds(_ count: Int) -> Bool {
        guard count > 0 else { return false }
        return switch self {
        case .equals(let wanted): count == wanted
        case .notEquals(let wanted): count != wanted
        case .compare(let comparison, let bound): comparison.holds(count, bound)
        case .between(let low, let high): low <= count && count <= high
        }
    }
}

extension CountTest {
    /// Reads `{operator, value}`.
    package init(_ input: InputObject) throws(InputError) {
        let name = (input["operator"] ?? "equals").string ?? ""
        if name == "between" {
            self = try Self.range(input)
            return
        }
        guard let value = input["value"]?.int, (0...1_000_000).contains(value) else {
            throw input.error("value", "A count is compared with a whole number from 0 to 1000000.")
        }
        switch (name, Comparison(rawValue: name)) {
        case ("equals", _): self = .equals(Int(value))
        case ("not_equals", _): self = .notEquals(Int(value))
        case (_, let comparison?): self = .compare(comparison, Int(value))
        default:
            throw input.error(
                "operator",
                "The operator of a count is equals, not_equals, greater_than, greater_than_equals, less_than, less_than_equals or between.")
        }
        guard canHold else { throw input.error("value", "Nobody can pass this: those who never did it belong under did_not.") }
    }

    package var json: JSONValue {
        switch self {
        case .equals(let number): ["operator": "equals", "value": .int(Int64(number))]
        case .notEquals(let number): ["operator": "not_equals", "value": .int(Int64(number))]
        case .compare(let comparison, let number): ["operator": .string(comparison.rawValue), "value": .int(Int64(number))]
        case .between(let low, let high): ["operator": "between", "value": [.int(Int64(low)), .int(Int64(high))]]
        }
    }

    private var canHold: Bool {
        switch self {
        case .equals(0), .compare(.lessThan, 0...1), .compare(.lessThanEquals, 0): false
        default: true
        }
    }

    private static func range(_ input: InputObject) throws(InputError) -> Self {
        let items = input["value"]?.array ?? []
        guard items.count == 2, let low = items[0].int, let high = items[1].int, 1 <= low, low <= high, high <= 1_000_000 else {
            throw input.error("value", "between takes an array of two whole numbers from 1, the lower one first.")
        }
        return .between(Int(low), Int(high))
    }
}
