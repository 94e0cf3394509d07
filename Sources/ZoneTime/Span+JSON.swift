package import Core

extension Span {
    /// Reads one unit with its amount: `{"days": -1}`.
    /// - Parameters:
    ///   - path: where the value stands in the input.
    ///   - code: the code of every complaint.
    ///   - units: those that may be used.
    ///   - amounts: within `largestAmount`.
    package init(
        _ value: JSONValue, path: String, code: String, units: [TimeUnit] = TimeUnit.allCases,
        amounts: ClosedRange<Int> = -largestAmount...largestAmount
    ) throws(InputError) {
        let names = units.map(\.rawValue)
        let input = try InputObject(value, path: path, code: code, keys: names)
        guard input.members.count == 1, let (name, value) = input.members.first, let unit = TimeUnit(rawValue: name) else {
            throw InputError(
                code: code, field: path, "\(path) must have one of \(names.joined(separator: ", ")), such as {\"\(names[0])\": 1}.")
        }
        guard let amount = value.int.flatMap(Int.init(exactly:)), amounts.contains(amount) else {
            throw input.error(name, "\(name) must be a whole number from \(amounts.lowerBound) to \(amounts.upperBound).")
        }
        self.init(amount, unit)
    }

    package var json: JSONValue { .object([unit.rawValue: .int(Int64(amount))]) }
}
