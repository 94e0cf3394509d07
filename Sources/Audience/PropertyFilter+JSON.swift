package import Core
import Profiles
import ZoneTime

extension PropertyFilter {
    /// Reads `{name, operator?, value?}` (`clevertap.md` 3.1, 5.2). The operator is `equals` unless it says otherwise:
    /// - `equals`, `not_equals`: a text, a number, a boolean or a date `"$D_<epoch seconds>"`; an array means any of them. For
    ///   properties with several values there are the words `contains_any` and `contains_none`, which mean the same: such a
    ///   property has each of its values;
    /// - `contains`, `does_not_contain`: a text, or an array of which any is in it;
    /// - `exists`, `does_not_exist`: no value;
    /// - `greater_than`, `greater_than_equals`, `less_than`, `less_than_equals`, `between` with `[low, high]`: numbers, or dates
    ///   as above;
    /// - `on`, `before`, `after`: a day as YYYYMMDD in the account's zone; `within`: a window as for events, `next` included.
    ///
    /// - Throws: `InputError` whose field is the path of what is wrong.
    package init(json: JSONValue, path: String) throws(InputError) {
        let input = try InputObject(json, path: path, code: RuleReader.code, keys: ["name", "operator", "value"])
        name = try input.line("name", limit: 120)
        guard name != Self.ageName else { throw input.error("name", "An age is asked for under demographics.") }
        test = try FilterReader(input: input).test()
    }

    /// Reading it gives the same filter.
    package var json: JSONValue {
        var members: [String: JSONValue] = ["name": .string(name == Self.ageName ? "Age" : name), "operator": .string(test.operatorName)]
        members["value"] = test.value
        return .object(members)
    }

    /// The filters of an array, each with its path.
    package static func list(_ input: InputObject, _ key: String) throws(InputError) -> [PropertyFilter] {
        try input.list(key) { json, path throws(InputError) in try PropertyFilter(json: json, path: path) }
    }
}

extension PropertyTest {
    /// The word that the API has for it.
    package var operatorName: String {
        switch self {
        case .equals: "equals"
        case .notEquals: "not_equals"
        case .contains: "contains"
        case .doesNotContain: "does_not_contain"
        case .exists: "exists"
        case .doesNotExist: "does_not_exist"
        case .compare(let comparison, _): comparison.rawValue
        case .between: "between"
        case .within: "within"
        }
    }

    fileprivate var value: JSONValue? {
        switch self {
        case .equals(let values), .notEquals(let values): values.count == 1 ? values[0] : .array(values)
        case .contains(let texts), .doesNotContain(let texts):
            texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSONValue.string))
        case .exists, .doesNotExist: nil
        case .compare(_, let bound): bound.json
        case .between(let low, let high): .array([low.json, high.json])
        case .within(let window): window.json
        }
    }
}

struct FilterReader {
    static let operators = [
        "equals", "not_equals", "contains_any", "contains_none", "contains", "does_not_contain", "exists", "does_not_exist",
        "greater_than", "greater_than_equals", "less_than", "less_than_equals", "between", "on", "before", "after", "within",
    ]

    let input: InputObject

    func test() throws(InputError) -> PropertyTest {
        let word = input["operator"] ?? "equals"
        switch word.string ?? "" {
        case "equals", "contains_any": return .equals(try scalars())
        case "not_equals", "contains_none": return .notEquals(try scalars())
        case "contains": return .contains(try texts())
        case "does_not_contain": return .doesNotContain(try texts())
        case "exists": return try withoutValue(.exists)
        case "does_not_exist": return try withoutValue(.doesNotExist)
        case "between": return try range()
        case let name:
            guard let comparison = Comparison(rawValue: name) else { return .within(try window(name)) }
            return .compare(comparison, try measure(input["value"], in: "value"))
        }
    }

    private func window(_ name: String) throws(InputError) -> TimeWindow {
        switch name {
        case "on": .days(from: try day(), to: try day())
        case "before": .days(from: nil, to: try input.day("value", movedBy: -1))
        case "after": .days(from: try input.day("value", movedBy: 1), to: nil)
        case "within": try TimeWindow(json: input["value"] ?? .null, path: input.field("value"))
        default: throw input.error("operator", "The operator is one of: \(Self.operators.joined(separator: ", ")).")
        }
    }

    private func day() throws(InputError) -> Day {
        guard let day = try input.day("value") else { throw input.error("value", "This operator needs a date as YYYYMMDD.") }
        return day
    }

    /// One value, or each of an array's.
    private func values() throws(InputError) -> [(value: JSONValue, key: String)] {
        guard let value = input["value"] else { throw input.error("value", "This operator needs a value.") }
        guard let items = value.array else { return [(value, "value")] }
        guard (1...1000).contains(items.count) else { throw input.error("value", "An array of values has 1 to 1000 items.") }
        return items.enumerated().map { ($1, "value[\($0)]") }
    }

    private func scalars() throws(InputError) -> [JSONValue] {
        var result: [JSONValue] = []
        for (value, key) in try values() {
            switch value {
            case .null, .array, .object:
                throw input.error(key, "A value is a text, a number, true or false, or a date as $D_ and epoch seconds.")
            case .string(let text): result.append(.string(try bounded(text, key)))
            case .bool, .int, .double: result.append(value)
            }
        }
        return result
    }

    private func texts() throws(InputError) -> [String] {
        var result: [String] = []
        for (value, key) in try values() {
            guard let text = value.string, !text.isEmpty else {
                throw input.error(key, "This operator looks for a text that is not empty.")
            }
            result.append(try bounded(text, key))
        }
        return result
    }

    /// No property holds a longer text, so none would ever be found.
    private func bounded(_ text: String, _ key: String) throws(InputError) -> String {
        guard !PropertyLimits.isLonger(text, than: PropertyLimits.valueLength) else {
            throw input.error(key, "A text has at most \(PropertyLimits.valueLength) characters.")
        }
        return text
    }

    private func measure(_ value: JSONValue?, in key: String) throws(InputError) -> Measure {
        guard let measure = value.flatMap(Measure.init) else {
            throw input.error(key, "This operator compares with a number, or with a date as $D_ and epoch seconds.")
        }
        return measure
    }

    private func range() throws(InputError) -> PropertyTest {
        guard let items = input["value"]?.array, items.count == 2 else {
            throw input.error("value", "between takes an array of two values, the lower one first.")
        }
        let (low, high) = (try measure(items[0], in: "value[0]"), try measure(items[1], in: "value[1]"))
        switch (low, high) {
        case (.number(let a), .number(let b)) where a <= b: break
        case (.date(let a), .date(let b)) where a <= b: break
        default: throw input.error("value", "between takes two numbers or two dates, the lower one first.")
        }
        return .between(low, high)
    }

    private func withoutValue(_ test: PropertyTest) throws(InputError) -> PropertyTest {
        guard input["value"] == nil else { throw input.error("value", "This operator takes no value.") }
        return test
    }
}
