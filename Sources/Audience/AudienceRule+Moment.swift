import Core

/// A rule is made ready once and then judged for any number of people.
extension AudienceRule {
    /// The same rule for one moment: where a property must be a date within a window, the window has become two dates, and
    /// ages have become tests on `Age` and `DOB`. Event windows stay; `TimeWindow.bounds(at:)` tells theirs.
    package func resolved(at moment: RuleMoment) -> AudienceRule {
        switch self {
        case .all(let members): .all(members.map { $0.resolved(at: moment) })
        case .any(let members): .any(members.map { $0.resolved(at: moment) })
        case .not(let member): .not(member.resolved(at: moment))
        case .event(let event): .event(event.resolved(at: moment))
        case .property(let filter) where filter.isAge: filter.test.onAge(at: moment)
        case .property(let filter): .property(filter.resolved(at: moment))
        case .reach, .bucket, .segment: self
        }
    }
}

extension EventRule {
    func resolved(at moment: RuleMoment) -> EventRule {
        var event = self
        event.filters = filters.map { $0.resolved(at: moment) }
        return event
    }
}

extension PropertyFilter {
    func resolved(at moment: RuleMoment) -> PropertyFilter { PropertyFilter(name: name, test: test.resolved(at: moment)) }
}

extension PropertyTest {
    /// A test that `holds` can judge: windows are dates, everything else stays.
    package func resolved(at moment: RuleMoment) -> PropertyTest {
        guard case .within(let window) = self else { return self }
        let bounds = window.dates(at: moment)
        // Dates among properties are whole seconds, so the last microsecond before the end stands for it.
        return switch (bounds.from, bounds.to) {
        case (nil, nil): .compare(.greaterThanEquals, .date(.distantPast))
        case (let from?, nil): .compare(.greaterThanEquals, .date(from))
        case (nil, let to?): .compare(.lessThan, .date(to))
        case (let from?, let to?): .between(.date(from), .date(to - .microseconds(1)))
        }
    }
}

extension Timestamp {
    fileprivate static let distantPast = Timestamp(seconds: writableSeconds.lowerBound)
}
