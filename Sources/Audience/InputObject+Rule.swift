import Core

extension InputObject {
    /// The items of an array, each read with its path; none when the member is missing.
    func list<Value>(
        _ key: String, atMost limit: Int = RuleReader.leafLimit, _ read: (JSONValue, String) throws(InputError) -> Value
    ) throws(InputError) -> [Value] {
        var result: [Value] = []
        for item in try items(key, atMost: limit) { result.append(try read(item.value, item.path)) }
        return result
    }

    /// A whole number within `range`.
    func whole(_ key: String, _ range: ClosedRange<Int>) throws(InputError) -> Int {
        guard let number = self[key]?.int.flatMap(Int.init(exactly:)), range.contains(number) else {
            throw error(key, "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// The one member of `keys` that is there, nil when none is.
    func only(of keys: [String], _ message: String) throws(InputError) -> String? {
        let given = keys.filter { self[$0] != nil }
        guard given.count < 2 else { throw error(given[1], message) }
        return given.first
    }
}
