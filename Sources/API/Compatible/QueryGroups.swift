import Audience
import Core

/// What `counts/trends.json` is given besides the query: `{groups: {any: {trend_type}}, unique?, sum_event_prop?}`.
struct TrendRequest {
    static let keys = ["groups", "unique", "sum_event_prop"]
    let groups: [String: TrendUnit]
    let measure: TrendMeasure

    init(_ input: InputObject) throws(InputError) {
        groups = try input.groups(keys: ["trend_type"]) { group throws(InputError) in
            guard let unit = group["trend_type"]?.string.flatMap(TrendUnit.init) else {
                throw group.error("trend_type", "trend_type is daily, weekly or monthly.")
            }
            return unit
        }
        let isUnique = try input.flag("unique", default: false)
        let sum = try input.lineIfPresent("sum_event_prop", limit: 120)
        guard !isUnique || sum == nil else {
            throw input.error("sum_event_prop", "People are counted or a property is added up, not both.")
        }
        measure = sum.map(TrendMeasure.sum) ?? (isUnique ? .people : .events)
    }
}

/// What `counts/top.json` is given besides the query: `{groups: {any: {property_type, name, top_n?, order?}}}`.
struct TopRequest {
    static let keys = ["groups"]

    struct Group: Hashable {
        var property: CountedProperty
        var count: Int
        var isLeast: Bool

        /// `{"STR": {"Gold": 5}}`
        func answer(_ tally: ValueTally) -> JSONValue {
            let values = tally.top(count, least: isLeast).map { kind, values in
                (kind.rawValue, JSONValue.object(Dictionary(values.map { ($0.value, .int(Int64($0.count))) }) { $1 }))
            }
            return .object(Dictionary(uniqueKeysWithValues: values))
        }
    }

    let groups: [String: Group]

    init(_ input: InputObject) throws(InputError) {
        groups = try input.groups(keys: ["property_type", "name", "top_n", "order"]) { group throws(InputError) in
            let name = try group.line("name", limit: 120)
            return Group(property: try Self.property(group, name), count: try Self.count(group), isLeast: try Self.isLeast(group))
        }
    }

    private static func property(_ group: InputObject, _ name: String) throws(InputError) -> CountedProperty {
        switch group["property_type"]?.string {
        case "event_properties": return .event(name)
        case "profile_fields", "demographics": return .profile(name)
        default: throw group.error("property_type", "property_type is event_properties, profile_fields or demographics.")
        }
    }

    private static func count(_ group: InputObject) throws(InputError) -> Int {
        guard let value = group["top_n"] else { return 10 }
        guard let count = value.int, (1...1000).contains(count) else {
            throw group.error("top_n", "top_n is a whole number from 1 to 1000.")
        }
        return Int(count)
    }

    private static func isLeast(_ group: InputObject) throws(InputError) -> Bool {
        guard let word = group["order"] else { return false }
        guard word == "asc" || word == "desc" else { throw group.error("order", "order is desc, for what occurs most, or asc.") }
        return word == "asc"
    }
}

extension InputObject {
    /// At most 20 groups of any names, each an object.
    fileprivate func groups<Value>(
        keys: [String], _ read: (InputObject) throws(InputError) -> Value
    ) throws(InputError) -> [String: Value] {
        let names = self["groups"]?.object?.keys.sorted() ?? []
        guard (1...20).contains(names.count), !names.contains("status") else {
            throw error("groups", "groups is an object with 1 to 20 groups by names of your own, other than status.")
        }
        let groups = try object("groups", keys: names)
        var result: [String: Value] = [:]
        for name in names { result[name] = try read(groups.object(name, keys: keys)) }
        return result
    }
}
