import Core

/// A property's values over the rows of a block, unpacked; how blocks are made and merged.
struct ColumnValues: Sendable {
    enum Kind: UInt8, Sendable {
        /// Numbers are places in `entries`, from 1; 0 is for rows without the property. For texts, booleans, lists, and what
        /// is of several kinds.
        case coded = 0
        /// Numbers with at most six decimal places, as multiples of the last.
        case decimal = 1
        /// Dates, as seconds since 1970.
        case dates = 2
        /// Other numbers, as the bits of a `Double`.
        case reals = 3
    }

    var kind: Kind
    var numbers: [Int64]
    /// Decimal places.
    var places = 0
    var entries: [JSONValue] = []
    /// Which rows have the property; nil for all, and for `coded`.
    var present: [Bool]?

    var count: Int { numbers.count }

    /// Nil where the row does not have it.
    func value(at row: Int) -> JSONValue? {
        guard present?[row] ?? true else { return nil }
        let number = numbers[row]
        switch kind {
        case .coded: return number == 0 ? JSONValue?.none : entries[Int(number) - 1]
        case .decimal: return places == 0 ? .int(number) : .double(Decimals.number(number, places))
        case .dates: return .string(Timestamp(seconds: number).propertyDate)
        case .reals: return .double(Double(bitPattern: UInt64(bitPattern: number)))
        }
    }
}

extension ColumnValues {
    /// - Parameter values: nil, or null, where a row does not have the property.
    init(_ values: [JSONValue?]) {
        let values = values.map { $0?.isNull == true ? JSONValue?.none : $0 }
        let some = values.lazy.compactMap { $0 }
        if let places = Decimals.places(some) {
            self.init(.decimal, values) { Decimals.parts($0.number ?? 0, places) }
            self.places = places
        } else if some.allSatisfy(\.isPlainDate) {
            self.init(.dates, values) { $0.string.flatMap(Timestamp.init(propertyDate:))?.seconds ?? 0 }
        } else if some.allSatisfy({ if case .double = $0 { true } else { false } }) {
            self.init(.reals, values) { Int64(bitPattern: ($0.number ?? 0).bitPattern) }
        } else {
            self.init(coding: values)
        }
    }

    private init(_ kind: Kind, _ values: [JSONValue?], _ number: (JSONValue) -> Int64) {
        let hasAll = values.allSatisfy { $0 != nil }
        let filler = values.lazy.compactMap { $0 }.first.map(number) ?? 0
        self.init(kind: kind, numbers: values.map { $0.map(number) ?? filler }, present: hasAll ? nil : values.map { $0 != nil })
    }

    private init(coding values: [JSONValue?]) {
        var (codes, entries): ([JSONValue: Int64], [JSONValue]) = ([:], [])
        let numbers = values.map { value -> Int64 in
            guard let value else { return 0 }
            if let code = codes[value] { return code }
            entries.append(value)
            codes[value] = Int64(entries.count)
            return Int64(entries.count)
        }
        self.init(kind: .coded, numbers: numbers, entries: entries)
    }

    /// The rows at these places, in this order.
    func picking(_ rows: [Int]) -> ColumnValues {
        var picked = self
        picked.numbers = rows.map { numbers[$0] }
        picked.present = present.map { present in rows.map { present[$0] } }
        guard kind == .coded else { return picked }
        var (codes, kept) = ([Int64](repeating: 0, count: entries.count + 1), [JSONValue]())
        for (row, code) in picked.numbers.enumerated() where code != 0 {
            if codes[Int(code)] == 0 {
                kept.append(entries[Int(code) - 1])
                codes[Int(code)] = Int64(kept.count)
            }
            picked.numbers[row] = codes[Int(code)]
        }
        picked.entries = kept
        return picked
    }

    /// One after the other; nil for that many rows without the property.
    static func joined(_ parts: [(column: ColumnValues?, rows: Int)]) -> ColumnValues {
        let columns = parts.compactMap(\.column)
        guard let first = columns.first else { return ColumnValues([JSONValue?](repeating: nil, count: parts.reduce(0) { $0 + $1.rows })) }
        let isAlike = columns.allSatisfy { $0.kind == first.kind && $0.places == first.places }
        if isAlike { return first.kind == .coded ? joinedCodes(parts) : joinedNumbers(parts, like: first) }
        return ColumnValues(
            parts.flatMap { part in (0..<part.rows).map { row in part.column?.value(at: row) } })
    }

    private static func joinedNumbers(_ parts: [(column: ColumnValues?, rows: Int)], like first: ColumnValues) -> ColumnValues {
        var joined = first
        let filler = first.numbers.first ?? 0
        joined.numbers = parts.flatMap { $0.column?.numbers ?? [Int64](repeating: filler, count: $0.rows) }
        let hasAll = parts.allSatisfy { $0.column != nil && $0.column?.present == nil }
        joined.present =
            hasAll
            ? nil
            : parts.flatMap { part in
                part.column.map { $0.present ?? [Bool](repeating: true, count: part.rows) } ?? [Bool](repeating: false, count: part.rows)
            }
        return joined
    }

    private static func joinedCodes(_ parts: [(column: ColumnValues?, rows: Int)]) -> ColumnValues {
        var (codes, entries, numbers): ([JSONValue: Int64], [JSONValue], [Int64]) = ([:], [], [])
        for part in parts {
            guard let column = part.column else {
                numbers += repeatElement(0, count: part.rows)
                continue
            }
            let new =
                [0]
                + column.entries.map { entry -> Int64 in
                    if let code = codes[entry] { return code }
                    entries.append(entry)
                    codes[entry] = Int64(entries.count)
                    return Int64(entries.count)
                }
            numbers += column.numbers.lazy.map { new[Int($0)] }
        }
        return ColumnValues(kind: .coded, numbers: numbers, entries: entries)
    }
}

extension JSONValue {
    /// A date that is written as we would write it, so that the seconds say all.
    fileprivate var isPlainDate: Bool {
        guard let text = string, let date = Timestamp(propertyDate: text) else { return false }
        return date.propertyDate.utf8.elementsEqual(text.utf8)
    }
}

/// Numbers as whole multiples of a decimal place.
enum Decimals {
    static let powers: [Double] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
    /// In millionths: below it millionths are exact.
    private static let limit = 1125899906842624.0

    static func number(_ parts: Int64, _ places: Int) -> Double { Double(parts) / powers[places] }

    static func parts(_ number: Double, _ places: Int) -> Int64 { Int64((number * powers[places]).rounded()) }

    /// The least number of places that says each of the values exactly; nil when none does, or one is no number.
    static func places(_ values: some Sequence<JSONValue>) -> Int? {
        var (places, all) = (0, [Double]())
        for value in values {
            guard let number = value.number, abs(number) * Millionths.perUnit < limit, number != 0 || number.sign == .plus,
                let own = (places...6).first(where: { Self.number(parts(number, $0), $0) == number })
            else { return nil }
            places = own
            all.append(number)
        }
        return all.isEmpty || all.contains { Self.number(parts($0, places), places) != $0 } ? nil : places
    }
}
