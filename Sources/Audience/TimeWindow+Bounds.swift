import Core
package import ZoneTime

extension TimeWindow {
    /// When events count. None of them lies after now, by whatever clock it was dated: the end is the next microsecond at the
    /// latest, except for `next`.
    package func bounds(at moment: RuleMoment) -> TimeBounds {
        var bounds = dates(at: moment)
        if case .next = self { return bounds }
        bounds.to = min(bounds.to ?? moment.afterNow, moment.afterNow)
        return bounds
    }

    /// When a date among the properties counts, which may lie ahead: "today" is the whole day, "after 1 March" has no end.
    package func dates(at moment: RuleMoment) -> TimeBounds {
        switch self {
        case .ever: TimeBounds(from: nil, to: nil)
        case .today: moment.days(from: moment.today, to: moment.today)
        case .last(let count, let unit): TimeBounds(from: moment.start(Span(-count, unit)), to: moment.afterNow)
        case .thisMonth: moment.month(moment.today)
        case .previousMonth: moment.month(moment.today.startOfMonth.adding(days: -1))
        case .daysAgo(let range):
            moment.days(from: moment.today.adding(days: -range.upperBound), to: moment.today.adding(days: -range.lowerBound))
        case .days(let from, let to): moment.days(from: from, to: to)
        case .next(let count, let unit): TimeBounds(from: moment.now, to: moment.end(Span(count, unit)))
        }
    }
}

extension RuleMoment {
    /// The account's day.
    package var today: Day { zone.local(of: now).day }

    fileprivate var afterNow: Timestamp { now + .microseconds(1) }

    fileprivate func days(from: Day?, to: Day?) -> TimeBounds {
        TimeBounds(from: from.map(zone.startOfDay), to: to.map { zone.startOfDay($0.adding(days: 1)) })
    }

    fileprivate func month(_ day: Day) -> TimeBounds {
        let first = day.startOfMonth
        return days(from: first, to: first.adding(months: 1).adding(days: -1))
    }

    fileprivate func start(_ span: Span) -> Timestamp {
        span.isRolling ? zone.adding(span, to: now) : zone.startOfDay(today.adding(span))
    }

    fileprivate func end(_ span: Span) -> Timestamp {
        span.isRolling ? zone.adding(span, to: now) + .microseconds(1) : zone.startOfDay(today.adding(span).adding(days: 1))
    }
}

extension Span {
    fileprivate var isRolling: Bool { [.seconds, .minutes, .hours].contains(unit) }
}

extension Day {
    /// Units below a day do not move it.
    fileprivate func adding(_ span: Span) -> Day {
        switch span.unit {
        case .seconds, .minutes, .hours: self
        case .days: adding(days: span.amount)
        case .weeks: adding(days: 7 * span.amount)
        case .months: adding(months: span.amount)
        case .years: adding(years: span.amount)
        }
    }
}
