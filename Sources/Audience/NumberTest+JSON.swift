import Core

extension NumberTest {
    /// Reads the operator and value of a count: `equals` unless it says otherwise, whole numbers up to a million.
    /// - Parameter lowest: the lowest count that anybody is judged as having. A test that nobody can pass is refused.
    init(count input: InputObject, from lowest: Double) throws(InputError) {
        try self.init(input)
        guard numbers.allSatisfy({ $0.rounded() == $0 && (0...1_000_000).contains($0) }) else {
            throw input.error("value", "A count is compared with whole numbers from 0 to 1000000.")
        }
        guard isPossible(from: lowest) else {
            throw input.error(
                "value", "Nobody can pass this: those who never did it belong under did_not, or are taken in by include_never.")
        }
    }

    /// Reads `operator`, which is `equals` unless it says otherwise, and `value`: a number, for `between` two.
    init(_ input: InputObject) throws(InputError) {
        let name = (input["operator"] ?? "equals").string ?? ""
        switch (name, Comparison(rawValue: name)) {
        case ("equals", _): self = .equals(try Self.number(input))
        case ("not_equals", _): self = .notEquals(try Self.number(input))
        case ("between", _): self = try Self.range(input)
        case (_, let comparison?): self = .compare(comparison, try Self.number(input))
        default:
            throw input.error(
                "operator",
                "The operator is equals, not_equals, greater_than, greater_than_equals, less_than, less_than_equals or between.")
        }
    }

    private static func number(_ input: InputObject) throws(InputError) -> Double {
        guard let number = input["value"]?.number else { throw input.error("value", "value must be a number.") }
        return number
    }

    private static func range(_ input: InputObject) throws(InputError) -> Self {
        let items = input["value"]?.array ?? []
        guard items.count == 2, let low = items[0].number, let high = items[1].number, low <= high else {
            throw input.error("value", "between takes an array of two numbers, the lower one first.")
        }
        return .between(low, high)
    }

    private var numbers: [Double] {
        switch self {
        case .equals(let number), .notEquals(let number), .compare(_, let number): [number]
        case .between(let low, let high): [low, high]
        }
    }

    private func isPossible(from lowest: Double) -> Bool {
        switch self {
        case .equals(let wanted): wanted >= lowest
        case .compare(.lessThan, let bound): bound > lowest
        case .compare(.lessThanEquals, let bound): bound >= lowest
        case .between(let low, _): low >= lowest
        case .notEquals, .compare: true
        }
    }

    var json: JSONValue { .object(members) }

    func json(with property: String) -> JSONValue { .object(members.merging(["property": .string(property)]) { $1 }) }

    private var members: [String: JSONValue] {
        switch self {
        case .equals(let number): ["operator": "equals", "value": Measure.number(number).json]
        case .notEquals(let number): ["operator": "not_equals", "value": Measure.number(number).json]
        case .compare(let comparison, let number): ["operator": .string(comparison.rawValue), "value": Measure.number(number).json]
        case .between(let low, let high): ["operator": "between", "value": [Measure.number(low).json, Measure.number(high).json]]
        }
    }
}
