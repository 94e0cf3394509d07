import Core

/// What a block's rows add to a sum.
enum Amounts: Sendable {
    case none
    /// By code, in millionths.
    case table([Int128])
    /// Multiples of so many millionths; so small that 64 bits hold each.
    case decimal(Int64)
    case reals

    init(_ column: PackedColumn?) {
        guard let column else {
            self = .none
            return
        }
        switch column.kind {
        case .coded: self = .table([0] + column.entries.map { Millionths.of($0) })
        case .decimal: self = .decimal(Int64(Decimals.powers[6 - column.places]))
        case .dates: self = .none
        case .reals: self = .reals
        }
    }

    func amount(_ number: Int64) -> Int128 {
        switch self {
        case .none: 0
        case .table(let table): table[Int(number)]
        case .decimal(let step): Int128(number) * Int128(step)
        case .reals: Millionths.of(Double(bitPattern: UInt64(bitPattern: number)))
        }
    }

    /// No row's amount is further from zero. Not a number for `reals`, of which nothing is known.
    func limit(_ column: PackedColumn?) -> Double {
        switch self {
        case .none: 0
        case .table(let table): table.lazy.map { Double($0.magnitude) }.max() ?? 0
        case .decimal(let step): Double(step) * (column?.numbers.farthest ?? 0)
        case .reals: .infinity
        }
    }

    /// Turns the numbers of a frame into millionths, in place; for columns whose limit is below 2^62.
    func convert(_ numbers: UnsafeMutablePointer<Int64>, present: UnsafeMutablePointer<UInt8>?, rows: Int) {
        switch self {
        case .none, .reals: for row in 0..<rows { numbers[row] = 0 }
        case .table(let table): for row in 0..<rows { numbers[row] = Int64(truncatingIfNeeded: table[Int(numbers[row])]) }
        case .decimal(let step): for row in 0..<rows { numbers[row] &*= step }
        }
        guard let present else { return }
        for row in 0..<rows where present[row] == 0 { numbers[row] = 0 }
    }
}
