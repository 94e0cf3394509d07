package import Core
import Profiles
package import ZoneTime

/// What a trend counts.
package enum TrendMeasure: Hashable, Sendable {
    case events
    /// How many people, each once a day, week or month.
    case people
    /// The sum of a property; where it is missing or no number it counts as 0.
    case sum(String)
}

/// Stretches of a trend, and their names: `20170103`, `201701` for the first week of 2017 (ISO 8601, weeks begin on Monday, of
/// the year that has most of it), `201701` for January.
package enum TrendUnit: String, Hashable, Sendable, CaseIterable {
    case daily, weekly, monthly

    package func key(of day: Day) -> String {
        switch self {
        case .daily: String(day.written)
        case .monthly: String(day.written / 100)
        case .weekly: Self.week(of: day)
        }
    }

    /// A week belongs to the year of its Thursday.
    private static func week(of day: Day) -> String {
        let thursday = day.startOfWeek.adding(days: 3)
        let week = (thursday.number - thursday.startOfYear.number) / 7 + 1
        return String(thursday.date.year * 100 + week)
    }
}

extension EventFinder {
    /// The numbers of each unit's stretches. With two dates in the query every stretch between them is there, also with 0;
    /// otherwise those in which something happened.
    package func trends(
        _ query: EventQuery, of account: AccountID, units: Set<TrendUnit>, measure: TrendMeasure
    ) async throws -> [TrendUnit: [String: Double]] {
        let moment = try await finder.moment(of: account)
        var tally = TrendTally(measure: measure, zone: moment.zone, units: units)
        if case .days(let from?, let to?) = query.event.window { tally.begin(from: from, to: min(to, moment.today)) }
        try await forEach(query, of: account, at: moment) { tally.add($0) }
        return tally.numbers
    }
}

/// Adds events up by stretches. A person's events come one after the other.
private struct TrendTally {
    private let measure: TrendMeasure
    private let zone: Zone
    private let units: Set<TrendUnit>
    private var sums: [TrendUnit: [String: Int128]]
    private var person: ProfileID?
    private var seen: [TrendUnit: Set<String>] = [:]

    init(measure: TrendMeasure, zone: Zone, units: Set<TrendUnit>) {
        (self.measure, self.zone, self.units) = (measure, zone, units)
        sums = Dictionary(uniqueKeysWithValues: units.map { ($0, [:]) })
    }

    var numbers: [TrendUnit: [String: Double]] { sums.mapValues { $0.mapValues { Double($0) / Millionths.perUnit } } }

    mutating func begin(from: Day, to: Day) {
        for number in from.number...max(from.number, to.number) {
            for unit in units { sums[unit]?[unit.key(of: Day(number: number)), default: 0] += 0 }
        }
    }

    mutating func add(_ event: FoundEvent) {
        let day = zone.local(of: event.place.occurredAt).day
        if person != event.place.profile { (person, seen) = (event.place.profile, [:]) }
        for unit in units {
            let key = unit.key(of: day)
            let amount = amount(event, unit, key)
            sums[unit]?[key, default: 0] += amount
        }
    }

    private mutating func amount(_ event: FoundEvent, _ unit: TrendUnit, _ key: String) -> Int128 {
        switch measure {
        case .events: Millionths.of(1)
        case .people: seen[unit, default: []].insert(key).inserted ? Millionths.of(1) : 0
        case .sum(let name): Millionths.of(event.properties[name])
        }
    }
}
