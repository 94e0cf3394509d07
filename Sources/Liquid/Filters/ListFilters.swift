import Core

extension FilterCall {
    func list(_ value: JSONValue) -> JSONValue {
        switch name {
        case .split: .array(pieces(of: text(value)).map { .string($0) })
        case .size: .int(Int64(value.size))
        case .first: value.array?.first ?? .null
        case .last: value.array?.last ?? .null
        case .sort: .array(value.items.sorted(by: comesFirst))
        case .uniq: .array(unique(value.items))
        case .reverse: .array(value.items.reversed())
        default: value
        }
    }

    /// By a blank means by any white space; by nothing gives the characters. Empty pieces at the end are dropped.
    private func pieces(of text: String) -> [String] {
        let separator = textArgument(0)
        if separator == " " { return text.split(whereSeparator: \.isWhitespace).map(String.init) }
        guard !separator.isEmpty else { return text.map { String($0) } }
        var pieces = TextSearch(separator).pieces(of: text)
        while pieces.last?.isEmpty == true { pieces.removeLast() }
        return pieces
    }

    /// Numbers before texts before everything else, null last.
    private func comesFirst(_ a: JSONValue, _ b: JSONValue) -> Bool {
        let (first, second) = (rank(a), rank(b))
        return first == second ? b.isMore(than: a) ?? false : first < second
    }

    private func rank(_ value: JSONValue) -> Int {
        switch value {
        case .int, .double: 0
        case .string: 1
        case .null: 3
        default: 2
        }
    }

    private func unique(_ items: [JSONValue]) -> [JSONValue] {
        var seen: Set<JSONValue> = []
        return items.filter { seen.insert($0).inserted }
    }

    func join(_ value: JSONValue, limit: Int) throws(Stop) -> JSONValue {
        let separator = textArgument(0, default: " ")
        let pieces = value.items.map(text)
        guard pieces.reduce(separator.utf8.count * pieces.count, { $0 + $1.utf8.count }) <= limit + separator.utf8.count else {
            throw .timedOut
        }
        return .string(pieces.joined(separator: separator))
    }

    /// So many characters or items from a place, which counts from the end when negative.
    func slice(_ value: JSONValue) -> JSONValue {
        let (place, count) = (numberArgument(0, default: 0), max(0, numberArgument(1, default: 1)))
        if case .array(let items) = value { return .array(Array(cut(items, at: place, count))) }
        return .string(String(cut(Array(text(value)), at: place, count)))
    }

    private func cut<Item>(_ items: [Item], at place: Int, _ count: Int) -> ArraySlice<Item> {
        let start = place < 0 ? place + items.count : place
        return start < 0 ? [] : items.dropFirst(start).prefix(count)
    }
}
