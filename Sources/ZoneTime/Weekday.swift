/// Written by its first three letters: `mon`.
package enum Weekday: String, CaseIterable, Hashable, Comparable, Sendable {
    case monday = "mon"
    case tuesday = "tue"
    case wednesday = "wed"
    case thursday = "thu"
    case friday = "fri"
    case saturday = "sat"
    case sunday = "sun"

    /// - Parameter days: 0...6.
    init(sinceMonday days: Int) { self = Self.allCases[days] }

    /// 0 for Monday to 6 for Sunday.
    package var sinceMonday: Int {
        switch self {
        case .monday: 0
        case .tuesday: 1
        case .wednesday: 2
        case .thursday: 3
        case .friday: 4
        case .saturday: 5
        case .sunday: 6
        }
    }

    package static func < (a: Self, b: Self) -> Bool { a.sinceMonday < b.sinceMonday }
}
