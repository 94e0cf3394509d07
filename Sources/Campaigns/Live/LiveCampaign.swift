import Audience
import Core
import Profiles
import ZoneTime

/// A live campaign that runs, and what it makes of events: whom it lets wait, and until when (`clevertap.md` 5.3).
struct LiveCampaign: Hashable, Sendable {
    /// How old an event may be when it arrives and still be a trigger; what is older was uploaded after the fact.
    static let freshness = Duration.seconds(600)
    /// How long after the end of a wait its counterpart may still arrive late.
    static let grace = Duration.seconds(5)

    let campaign: Campaign
    /// Resolved for the moment at which it was read.
    let trigger: LiveTrigger
    /// Who among those who trigger gets the message.
    let filter: AudienceRule
    /// The account's.
    let zone: Zone

    /// What an event means for the campaign; nil when it is none of the campaign's, is too old, or came before the campaign.
    /// - Parameter key: the `matchKey` of the event's name.
    func arrival(of event: StoredEvent, named key: String) -> Arrival? {
        let anchor = event.happenedAt
        guard trigger.begins(with: key, event.properties), isFresh(event, anchor), let due = due(from: anchor, event) else { return nil }
        let wait = Wait(
            accountID: event.accountID, campaignID: campaign.id, profileID: event.profileID, key: trigger.key(of: event),
            eventID: event.id, anchorAt: anchor, dueAt: due)
        return Arrival(wait: wait, isPast: isPast(due, event))
    }

    /// When the moment of an event comes, by the rules of the zone as they are now; nil when the event lacks the date.
    func due(from anchor: Timestamp, _ event: StoredEvent) -> Timestamp? {
        switch trigger {
        case .singleAction: campaign.definition.when.delay.map { zone.adding($0, to: event.receivedAt) } ?? event.receivedAt
        case .inaction(_, _, let within): zone.adding(within, to: anchor) + Self.grace
        case .eventDate(let date):
            event.properties[date.property]?.string.flatMap(Timestamp.init(propertyDate:)).map { date.offset.due(for: $0, in: zone) }
        case .profileDate: nil
        }
    }

    /// Whether nothing is sent any more for a moment that is due at this time.
    func isOver(at due: Timestamp) -> Bool { campaign.definition.when.end.map { $0 <= due } ?? false }

    private func isFresh(_ event: StoredEvent, _ anchor: Timestamp) -> Bool {
        guard let started = campaign.startedAt, anchor >= started else { return false }
        return event.receivedAt - anchor <= Self.freshness
    }

    /// A date that has been reached before the event arrives sends nothing, and so does one after the campaign's end.
    private func isPast(_ due: Timestamp, _ event: StoredEvent) -> Bool {
        if case .eventDate = trigger, due <= event.receivedAt { return true }
        return isOver(at: due)
    }
}

/// What an event means for one campaign.
struct Arrival: Hashable, Sendable {
    let wait: Wait
    /// Its moment is past: nobody begins to wait, and who waits for an earlier date of the same thing no longer does.
    let isPast: Bool
}

extension LiveTrigger {
    /// The events that begin a wait.
    var beginnings: [EventMatch] {
        switch self {
        case .singleAction(let events): events
        case .inaction(let event, _, _): [event]
        case .eventDate(let date): [date.event]
        case .profileDate: []
        }
    }

    /// The event that takes away a wait's reason.
    var counterpart: EventMatch? {
        switch self {
        case .inaction(_, let without, _): without
        case .eventDate(let date): date.cancelledBy
        case .singleAction, .profileDate: nil
        }
    }

    /// The same for one moment, with windows among the filters that can be judged.
    func resolved(at moment: RuleMoment) -> LiveTrigger {
        switch self {
        case .singleAction(let events): return .singleAction(events.map { $0.resolved(at: moment) })
        case .inaction(let event, let without, let within):
            return .inaction(event.resolved(at: moment), without: without.resolved(at: moment), within: within)
        case .eventDate(var date):
            (date.event, date.cancelledBy) = (date.event.resolved(at: moment), date.cancelledBy?.resolved(at: moment))
            return .eventDate(date)
        case .profileDate: return self
        }
    }

    func begins(with key: String, _ properties: [String: JSONValue]) -> Bool { beginnings.contains { $0.matches(key, properties) } }

    /// Tells the things apart that one person waits for: every event is one, or every value of the property that names it.
    func key(of event: StoredEvent) -> String { key(in: event.properties) ?? "event:\(event.id)" }

    /// The value of the property that names the thing; nil when every event stands for itself.
    func key(in properties: [String: JSONValue]) -> String? {
        guard case .eventDate(let date) = self, let same = date.same, let value = properties[same], !value.isNull else { return nil }
        return "same:" + (value.string ?? value.text).prefix(500)
    }
}
