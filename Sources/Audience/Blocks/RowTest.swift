import Core

/// A filter made ready for one column: what it says of each entry, or which numbers pass. Judged with the filter's own words, so
/// that blocks and rows cannot differ.
enum RowTest: Sendable {
    /// The same for every row.
    case constant(Bool)
    /// By number; 0 is for rows without the property.
    case table([Bool])
    /// Numbers of a range pass; what rows without the property do.
    case range(ClosedRange<Int64>?, absent: Bool)
    /// Number by number.
    case any(PropertyTest, absent: Bool)

    /// - Parameter column: nil when no row has the property.
    init(_ test: PropertyTest, on column: PackedColumn?) {
        let absent = test.holds(nil)
        guard let column else {
            self = .constant(absent)
            return
        }
        switch (column.kind, test) {
        case (.coded, _): self = .table([absent] + column.entries.map { test.holds($0) })
        case (_, .exists), (_, .doesNotExist): self = .range(absent ? nil : .min ... .max, absent: absent)
        case (.decimal, .compare(let comparison, .number(let bound))):
            self = .range(Self.range(comparison) { comparison.holds(Decimals.number($0, column.places), bound) }, absent: absent)
        case (.decimal, .between(.number(let low), .number(let high))):
            let (from, to) = (Comparison.greaterThanEquals, Comparison.lessThanEquals)
            self = .range(
                Self.both(
                    Self.range(from) { from.holds(Decimals.number($0, column.places), low) },
                    Self.range(to) { to.holds(Decimals.number($0, column.places), high) }), absent: absent)
        case (.dates, .compare(let comparison, .date(let bound))):
            self = .range(Self.range(comparison, Self.dateLimit) { comparison.holds(Timestamp(seconds: $0), bound) }, absent: absent)
        case (.dates, .between(.date(let low), .date(let high))):
            let (from, to) = (Comparison.greaterThanEquals, Comparison.lessThanEquals)
            self = .range(
                Self.both(
                    Self.range(from, Self.dateLimit) { from.holds(Timestamp(seconds: $0), low) },
                    Self.range(to, Self.dateLimit) { to.holds(Timestamp(seconds: $0), high) }), absent: absent)
        default: self = .any(test, absent: absent)
        }
    }

    /// No column has numbers further from zero.
    private static let limit: Int64 = 1 << 50
    /// No date is further from 1970, in seconds.
    private static let dateLimit: Int64 = 1 << 38

    /// The numbers that pass a comparison, which are all from some number on or all up to some number.
    private static func range(
        _ comparison: Comparison, _ limit: Int64 = limit, _ passes: (Int64) -> Bool
    ) -> ClosedRange<Int64>? {
        let isUpward = comparison == .greaterThan || comparison == .greaterThanEquals
        guard passes(isUpward ? limit : -limit) else { return nil }
        var (low, high) = (-limit - 1, limit + 1)  // low fails and high passes, or the other way round
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if passes(middle) == isUpward { high = middle } else { low = middle }
        }
        return isUpward ? high ... .max : .min...low
    }

    private static func both(_ a: ClosedRange<Int64>?, _ b: ClosedRange<Int64>?) -> ClosedRange<Int64>? {
        guard let a, let b, a.overlaps(b) else { return nil }
        return a.clamped(to: b)
    }
}

/// Room for one frame of a column, used again for each.
final class FrameBuffer {
    let numbers: UnsafeMutablePointer<Int64>
    let present: UnsafeMutablePointer<UInt8>

    init(size: Int) {
        (numbers, present) = (.allocate(capacity: size), .allocate(capacity: size))
    }

    deinit {
        numbers.deallocate()
        present.deallocate()
    }
}

extension RowTest {
    /// Clears the mask of the rows of a frame that fail.
    func apply(to mask: UnsafeMutablePointer<UInt8>, frame: Int, of column: PackedColumn?, rows: Int, _ buffer: FrameBuffer) {
        if case .constant(let passes) = self {
            if !passes { for row in 0..<rows { mask[row] = 0 } }
            return
        }
        guard let column else { return }
        column.numbers.unpack(frame: frame, into: buffer.numbers)
        column.present?.unpack(frame: frame, into: buffer.present)
        let (numbers, present) = (buffer.numbers, column.present == nil ? nil : buffer.present)
        switch self {
        case .constant: break
        case .table(let table):
            table.withUnsafeBufferPointer { table in
                for row in 0..<rows { mask[row] &= table[Int(truncatingIfNeeded: numbers[row])] ? 1 : 0 }
            }
        case .range(let range, let absent):
            let (low, high) = range.map { ($0.lowerBound, $0.upperBound) } ?? (1, 0)
            guard let present else {
                for row in 0..<rows { mask[row] &= (low <= numbers[row] ? 1 : 0) & (numbers[row] <= high ? 1 : 0) }
                return
            }
            for row in 0..<rows {
                let passes = present[row] != 0 ? low <= numbers[row] && numbers[row] <= high : absent
                if !passes { mask[row] = 0 }
            }
        case .any(let test, let absent):
            var known: [Int64: Bool] = [:]
            for row in 0..<rows where mask[row] != 0 {
                let isPresent = present.map { $0[row] != 0 } ?? true
                let passes = isPresent ? Self.passes(test, numbers[row], column, &known) : absent
                if !passes { mask[row] = 0 }
            }
        }
    }

    private static func passes(_ test: PropertyTest, _ number: Int64, _ column: PackedColumn, _ known: inout [Int64: Bool]) -> Bool {
        if let passes = known[number] { return passes }
        let single = ColumnValues(kind: column.kind, numbers: [number], places: column.places, entries: column.entries)
        let passes = test.holds(single.value(at: 0))
        known[number] = passes
        return passes
    }
}
