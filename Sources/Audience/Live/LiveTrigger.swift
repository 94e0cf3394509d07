package import Core
package import ZoneTime

/// What makes a person qualify for a live campaign, at the moment it happens (`clevertap.md` 5.3).
package enum LiveTrigger: Hashable, Sendable {
    /// The types of live campaigns, by the names of the API.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case singleAction = "single_action"
        case inaction
        case dateTime = "date_time"
    }

    /// Any of the events; there is at least one.
    case singleAction([EventMatch])
    /// The first event and then not the second for so long, which is 1 minute to 30 days in minutes, hours or days.
    case inaction(EventMatch, without: EventMatch, within: Span)
    case eventDate(EventDate)
    case profileDate(ProfileDate)

    package var kind: Kind {
        switch self {
        case .singleAction: .singleAction
        case .inaction: .inaction
        case .eventDate, .profileDate: .dateTime
        }
    }

    /// Every event that the trigger listens to, cancelling ones included.
    package var events: [EventMatch] {
        switch self {
        case .singleAction(let events): events
        case .inaction(let event, let without, _): [event, without]
        case .eventDate(let date): [date.event] + (date.cancelledBy.map { [$0] } ?? [])
        case .profileDate: []
        }
    }
}

/// A moment before or after a date among an event's properties.
package struct EventDate: Hashable, Sendable {
    package var event: EventMatch
    /// The event's property that holds the date.
    package var property: String
    package var offset: DateOffset
    /// The property that tells one booking from another; a later event of the same booking moves its date. Nil when every
    /// event stands for itself.
    package var same: String?
    /// The event that takes the booking back; without `same`, all of the person's.
    package var cancelledBy: EventMatch?

    package init(event: EventMatch, property: String, offset: DateOffset, same: String? = nil, cancelledBy: EventMatch? = nil) {
        (self.event, self.property, self.offset, self.same, self.cancelledBy) = (event, property, offset, same, cancelledBy)
    }
}

/// A moment before or after a date that is a person's property.
package struct ProfileDate: Hashable, Sendable {
    package var property: String
    /// Whether it comes back every year, as birthdays do; otherwise it comes once.
    package var isYearly: Bool
    package var offset: DateOffset

    package init(property: String, isYearly: Bool, offset: DateOffset) {
        (self.property, self.isYearly, self.offset) = (property, isYearly, offset)
    }
}

/// How long before (negative) or after a date, at most 365 days, in minutes, hours, days or weeks.
package struct DateOffset: Hashable, Sendable {
    package var span: Span
    /// The time of the day, in the zone that the date is read in; with days and weeks only. Nil for the date's own time.
    package var at: LocalTime?

    package init(_ span: Span, at: LocalTime? = nil) { (self.span, self.at) = (span, at) }

    /// When it is due. Days and weeks are those of the calendar: a day before 09:00 is 09:00, also where the clocks are
    /// changed in between.
    package func due(for date: Timestamp, in zone: Zone) -> Timestamp {
        let moved = zone.adding(span, to: date)
        guard let at else { return moved }
        return zone.timestamp(day: zone.local(of: moved).day, time: at)
    }
}

/// The whole of whom a live campaign is for: what makes people qualify, and who among them gets the message, judged when the
/// message is due.
package struct LiveRule: Hashable, Sendable {
    package var trigger: LiveTrigger
    package var filter: AudienceRule

    package init(trigger: LiveTrigger, filter: AudienceRule = .everyone) { (self.trigger, self.filter) = (trigger, filter) }
}
