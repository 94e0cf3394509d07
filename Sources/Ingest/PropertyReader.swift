import Core
import Profiles

/// Reads property names and values, of profiles and of events. A text over 512 characters is cut and a property whose name
/// has more than 120 is left out; both are noted, and the record stays (what the vendor does then is not documented).
struct PropertyReader {
    private(set) var notes: [FieldNote] = []

    enum Problem: Error, Hashable {
        case name(String)
        case value(String, String)

        var text: String {
            switch self {
            case .name(let name): "\(name.debugDescription) is no property name: it is empty or has one of \(PropertyReader.forbidden)"
            case .value(let name, let reason): "\(name.debugDescription) \(reason)"
            }
        }
    }

    /// Not allowed in names of events and of properties (vendor document, "limits"). Profiles forbid `#` as well.
    static let forbidden = #"%><!|&.:;$'"\"#
    /// By byte; a set would hash every byte of every name.
    private static let isForbidden: [Bool] = {
        let bytes = Set(forbidden.utf8)
        return (0...255).map { bytes.contains($0) }
    }()

    static func hasForbidden(_ name: String, also extra: String = "") -> Bool {
        name.utf8.contains { isForbidden[Int($0)] } || (!extra.isEmpty && name.utf8.contains(where: extra.utf8.contains))
    }

    /// False when the property is left out.
    mutating func takesName(_ name: String, alsoForbidden extra: String = "") throws(Problem) -> Bool {
        guard !name.isEmpty, !Self.hasForbidden(name, also: extra) else { throw .name(name) }
        guard PropertyLimits.isLonger(name, than: PropertyLimits.nameLength) else { return true }
        note(PropertyLimits.cut(name), "left out: the name has more than \(PropertyLimits.nameLength) characters")
        return false
    }

    /// A text, number or boolean; nil for null, which says nothing.
    mutating func scalar(_ value: JSONValue, of name: String) throws(Problem) -> JSONValue? {
        switch value {
        case .null: return nil
        case .bool, .int, .double: return value
        case .string(let text):
            return .string(try checked(text, of: name))
        case .array, .object: throw .value(name, "is neither a text, a number nor a boolean")
        }
    }

    /// A list of texts.
    mutating func texts(_ value: JSONValue, of name: String) throws(Problem) -> [String] {
        guard let items = value.array else { throw .value(name, "needs a list of texts") }
        var texts: [String] = []
        for item in items {
            guard let text = item.string else { throw .value(name, "needs a list of texts") }
            texts.append(try checked(text, of: name))
        }
        return texts
    }

    /// The value of a profile's own property: plain, a list, or one operator.
    mutating func change(_ value: JSONValue, of name: String) throws(Problem) -> PropertyChange? {
        switch value {
        case .array: return .replaceList(try texts(value, of: name))
        case .object(let members): return try operation(members, of: name)
        default: return try scalar(value, of: name).map(PropertyChange.replace)
        }
    }

    private mutating func operation(_ members: [String: JSONValue], of name: String) throws(Problem) -> PropertyChange {
        guard members.count == 1, let (word, value) = members.first else { throw .value(name, "needs one operator") }
        switch word {
        case "$set": return .replaceList(try texts(value, of: name))
        case "$add": return .append(try texts(value, of: name))
        case "$remove": return .remove(try texts(value, of: name))
        case "$delete" where Self.isDeletion(.object(members)): return .delete
        case "$incr" where value.number != nil: return .increment(value)
        case "$decr" where value.number != nil: return .decrement(value)
        default: throw .value(name, "has an unknown operator or one with a wrong value")
        }
    }

    static func isDeletion(_ value: JSONValue) -> Bool {
        guard let members = value.object, members.count == 1, let flag = members["$delete"] else { return false }
        return flag == true || flag.int == 1
    }

    mutating func note(_ field: String, _ reason: String) { notes.append(FieldNote(field: field, reason: reason)) }

    /// A text that begins like a date must be one. It is cut if it is too long.
    private mutating func checked(_ text: String, of name: String) throws(Problem) -> String {
        guard !text.hasPrefix(Timestamp.propertyDatePrefix) || Timestamp(propertyDate: text) != nil else {
            throw .value(name, "is not a date: $D_ and epoch seconds")
        }
        guard PropertyLimits.isLonger(text, than: PropertyLimits.valueLength) else { return text }
        note(name, "cut to \(PropertyLimits.valueLength) characters")
        return PropertyLimits.cut(text)
    }
}
