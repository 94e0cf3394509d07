package import Core

/// Who belongs to an audience: tests on one person, joined by AND, OR and NOT (`clevertap.md` 5.2). Names of events and
/// properties are data and never become SQL.
package indirect enum AudienceRule: Hashable, Sendable {
    /// All hold; without members that is everyone.
    case all([AudienceRule])
    /// At least one holds; without members that is nobody.
    case any([AudienceRule])
    case not(AudienceRule)
    /// Did something. Not having done it is `.not` of this.
    case event(EventRule)
    case property(PropertyFilter)
    case reach(ReachTest)
    /// The person's number from 0 to 999, which a hash of the id draws once for ever; both ends included.
    case bucket(ClosedRange<Int>)
    /// Belongs to a saved segment or a custom list.
    case segment(SegmentID)

    package static let everyone = AudienceRule.all([])
}

/// Whether and how a person can be reached (`clevertap.md` 5.2).
package enum ReachTest: String, Hashable, Sendable, CaseIterable {
    case hasEmail = "has_email"
    case hasPhone = "has_phone"
    /// `MSG-whatsapp` is true.
    case optedIn = "opted_in"
    /// Once said no to WhatsApp, and has not come back.
    case unsubscribed
    /// A campaign may write to them now: a number or WhatsApp's id, opted in, not blocked, not shown to be unreachable.
    case reachable
}
