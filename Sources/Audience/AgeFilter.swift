import Core
import ZoneTime

/// Tests on how old people are, in whole years on the account's day. The number property `Age` counts where there is one,
/// else the date `DOB`; whoever was born on 29 February is a year older on 1 March of a common year.
extension PropertyFilter {
    /// Stands for the age in a rule. No property has such a name, because `$` is not allowed in one.
    package static let ageName = "$Age"

    package static func age(_ test: PropertyTest) -> PropertyFilter { PropertyFilter(name: ageName, test: test) }

    package var isAge: Bool { name == Self.ageName }
}

extension PropertyTest {
    /// The tests on `Age` and `DOB` that say the same as this test on the age.
    func onAge(at moment: RuleMoment) -> AudienceRule {
        switch self {
        case .doesNotExist: .not(Self.exists.onAge(at: moment))
        case .notEquals(let wanted): .not(Self.equals(wanted).onAge(at: moment))
        default:
            .any([
                .property(PropertyFilter(name: "Age", test: self == .exists ? .isNumber : self)),
                .all([.not(.property(PropertyFilter(name: "Age", test: .isNumber))), .any(ages.map { $0.birthday(at: moment) })]),
            ])
        }
    }

    private static let isNumber = PropertyTest.compare(.greaterThanEquals, .number(-.infinity))

    /// The whole years that pass.
    private var ages: [AgeRange] {
        switch self {
        case .exists: [AgeRange(0, .infinity)]
        case .equals(let wanted): wanted.compactMap(\.number).map { AgeRange($0, $0) }
        case .compare(.greaterThan, .number(let bound)): [AgeRange(bound.rounded(.down) + 1, .infinity)]
        case .compare(.greaterThanEquals, .number(let bound)): [AgeRange(bound, .infinity)]
        case .compare(.lessThan, .number(let bound)): [AgeRange(0, bound.rounded(.up) - 1)]
        case .compare(.lessThanEquals, .number(let bound)): [AgeRange(0, bound)]
        case .between(.number(let low), .number(let high)): [AgeRange(low, high)]
        default: []
        }
    }
}

/// Ages from the lowest to the highest, both included; nobody is below 0 or above 1000.
private struct AgeRange {
    let low: Int
    /// Nil for no bound.
    let high: Int?

    init(_ low: Double, _ high: Double) {
        self.low = Int(min(max(low, 0), 1001).rounded(.up))
        self.high = high > 1000 ? nil : Int(max(high, -1).rounded(.down))
    }

    /// The test on `DOB`.
    func birthday(at moment: RuleMoment) -> AudienceRule {
        let (zone, today) = (moment.zone, moment.today)
        // Whoever was born before this moment is old enough, whoever was born before the other one is too old.
        let youngest = zone.startOfDay(today.adding(years: -low).adding(days: 1))
        var tests: [PropertyTest] = [.compare(.lessThan, .date(youngest))]
        if let high { tests.append(.compare(.greaterThanEquals, .date(zone.startOfDay(today.adding(years: -high - 1).adding(days: 1))))) }
        return .all(tests.map { .property(PropertyFilter(name: "DOB", test: $0)) })
    }
}
