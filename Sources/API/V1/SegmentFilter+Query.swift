import Audience
import Core
import Hummingbird
import WebSupport

extension SegmentFilter {
    /// Reads `search`, `type` (several with commas between), `sort` and `after` of the address.
    init(_ request: Request) throws(InputError) {
        self.init(search: try request.queryValue("search"))
        for word in try request.queryValue("type")?.split(separator: ",") ?? [] {
            guard let type = SegmentType(rawValue: String(word)) else {
                let words = SegmentType.allCases.map(\.rawValue).joined(separator: ", ")
                throw InputError(code: "invalid_type", field: "type", "type is one of: \(words).")
            }
            types.insert(type)
        }
        try sort(try request.queryValue("sort") ?? "-updated")
        guard let cursor = try request.queryValue("after") else { return }
        guard let place = SegmentPlace(cursor: cursor, in: order) else {
            throw InputError(code: "invalid_cursor", field: "after", "after is the next of a page in the same order.")
        }
        after = place
    }

    private mutating func sort(_ word: String) throws(InputError) {
        guard let order = Order(rawValue: String(word.hasPrefix("-") ? word.dropFirst() : word[...])) else {
            throw InputError(
                code: "invalid_sort", field: "sort", "sort is name, created or updated, with a minus before it for the other direction.")
        }
        (self.order, isDescending) = (order, word.hasPrefix("-"))
    }
}

extension SegmentPlace {
    /// A text for the address.
    func cursor(in order: SegmentFilter.Order) -> String {
        let last: JSONValue =
            switch value {
            case .name(let key): .string(key)
            case .time(let time): .int(time.microseconds)
            }
        return AddressText.encode(JSONValue.array([.string(order.rawValue), last, .int(id.rawValue)]).bytes)
    }

    /// Nil for a text of another order, and for anything else.
    init?(cursor: String, in order: SegmentFilter.Order) {
        guard let bytes = AddressText.decode(cursor), let parts = try? JSONValue(parsing: bytes).array, parts.count == 3,
            parts[0].string == order.rawValue, let id = parts[2].int
        else { return nil }
        switch (order, parts[1]) {
        case (.name, .string(let key)): self.init(.name(key), SegmentID(rawValue: id))
        case (.created, .int(let time)), (.updated, .int(let time)):
            self.init(.time(Timestamp(microseconds: time)), SegmentID(rawValue: id))
        default: return nil
        }
    }
}
