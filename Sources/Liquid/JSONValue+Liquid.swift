import Core

/// What Liquid asks of a value.
extension JSONValue {
    /// Only nil and false are false.
    var isTruthy: Bool { self != .null && self != .bool(false) }

    var isEmpty: Bool {
        switch self {
        case .string(let text): text.isEmpty
        case .array(let items): items.isEmpty
        case .object(let members): members.isEmpty
        default: false
        }
    }

    var isBlank: Bool {
        switch self {
        case .null, .bool(false): true
        case .string(let text): text.allSatisfy(\.isWhitespace)
        default: isEmpty
        }
    }

    /// What a loop goes through: a list's items, an object's pairs by name, a text that is not empty as it is.
    var items: [JSONValue] {
        switch self {
        case .array(let items): items
        case .object(let members): members.sorted { $0.key < $1.key }.map { [.string($0.key), $0.value] }
        case .string(let text): text.isEmpty ? [] : [self]
        default: []
        }
    }

    /// `value.name`; null when there is no such thing.
    func member(_ name: String) -> JSONValue {
        switch (self, name) {
        case (.object(let members), _): members[name] ?? (name == "size" ? .int(Int64(members.count)) : .null)
        case (.array, "size"), (.string, "size"): .int(Int64(size))
        case (.array(let items), "first"): items.first ?? .null
        case (.array(let items), "last"): items.last ?? .null
        default: .null
        }
    }

    /// `value[index]`; a negative one counts from the end.
    func item(_ index: JSONValue) -> JSONValue {
        if let name = index.string { return member(name) }
        guard case .array(let items) = self, let number = index.int else { return .null }
        let place = number < 0 ? number + Int64(items.count) : number
        return (0..<Int64(items.count)).contains(place) ? items[Int(place)] : .null
    }

    /// Characters or items.
    var size: Int {
        switch self {
        case .string(let text): text.count
        case .array(let items): items.count
        case .object(let members): members.count
        default: 0
        }
    }

    /// Numbers are equal by what they are worth.
    func equals(_ other: JSONValue) -> Bool {
        if let a = number, let b = other.number { return a == b }
        return self == other
    }

    /// Nil when the two cannot be compared.
    func isMore(than other: JSONValue) -> Bool? {
        switch (self, other) {
        case (.int(let a), .int(let b)): return a > b
        case (.string(let a), .string(let b)): return a > b
        default:
            guard let a = number, let b = other.number else { return nil }
            return a > b
        }
    }

    /// Whether a text holds the other's text, or a list an equal item.
    func contains(_ other: JSONValue, _ printer: ValuePrinter) -> Bool {
        switch self {
        case .string(let text): printer.text(other).map { TextSearch($0).isFound(in: text) } ?? false
        case .array(let items): items.contains { $0.equals(other) }
        case .object(let members): other.string.map { members[$0] != nil } ?? false
        default: false
        }
    }
}
