import Core

extension JSONValue {
    /// The same without the members of objects that are null. Vendors take such a member for an absent one.
    var withoutNulls: JSONValue {
        guard hasNulls else { return self }
        return switch self {
        case .object(let members): .object(members.filter { !$0.value.isNull }.mapValues(\.withoutNulls))
        case .array(let items): .array(items.map(\.withoutNulls))
        default: self
        }
    }

    private var hasNulls: Bool {
        switch self {
        case .object(let members): members.values.contains { $0.isNull || $0.hasNulls }
        case .array(let items): items.contains(where: \.hasNulls)
        default: false
        }
    }

    init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }

    /// The members of an object that has no others than `keys`.
    func members(allowing keys: Set<String>) throws(InputError) -> [String: JSONValue] {
        guard let object else { throw InputError(code: "not_an_object", "a JSON object is wanted here") }
        if let unknown = object.keys.filter({ !keys.contains($0) }).min() {
            throw InputError(
                code: "unknown_key", field: unknown, "unknown key \"\(unknown)\"; known are \(keys.sorted().joined(separator: ", "))")
        }
        return object
    }
}

extension [String: JSONValue] {
    /// A text whose length in bytes is within `lengths`; nil when it is absent or null.
    func optionalText(_ key: String, _ lengths: ClosedRange<Int>) throws(InputError) -> String? {
        guard let value = self[key], !value.isNull else { return nil }
        guard let text = value.string, lengths.contains(text.utf8.count) else {
            throw InputError(
                code: "invalid_\(key)", field: key, "\(key) is a text of \(lengths.lowerBound) to \(lengths.upperBound) bytes")
        }
        return text
    }

    func text(_ key: String, _ lengths: ClosedRange<Int>) throws(InputError) -> String {
        guard let text = try optionalText(key, lengths) else {
            throw InputError(code: "missing_\(key)", field: key, "\(key) is missing")
        }
        return text
    }
}
