package import Core
package import ZoneTime

/// When a campaign begins.
package enum CampaignStart: Hashable, Sendable {
    /// As soon as it is scheduled.
    case now
    case at(Timestamp)
}

/// Whose clock a one-time campaign goes by.
package enum CampaignClock: Hashable, Sendable {
    /// Everybody is written to at the same moment.
    case account
    /// Each person is written to when it is the start's hour where they live.
    case person(passed: PassedHour)
}

/// What becomes of those for whom the hour has passed when the campaign begins.
package enum PassedHour: String, Hashable, Sendable, CaseIterable {
    case drop
    case nextDay = "next_day"
}

/// Hours in which a campaign leaves people alone, by each person's own clock.
package struct QuietHours: Hashable, Sendable {
    /// What becomes of a message that falls in.
    package enum Otherwise: String, Hashable, Sendable, CaseIterable {
        case discard
        /// It waits until the hours end.
        case delay
    }

    package var hours: WeeklyHours
    package var otherwise: Otherwise
}

/// At most so many messages in so many minutes.
package struct CampaignThrottle: Hashable, Sendable {
    /// At least 100.
    package var messages: Int
    /// 1 to 1440.
    package var minutes: Int
}

/// When a campaign sends.
package struct CampaignWhen: Hashable, Sendable {
    package var start: CampaignStart
    /// Live types only: nobody qualifies from then on. Nil never ends.
    package var end: Timestamp?
    /// `single_action` only: how long after the event, up to 30 days.
    package var delay: Span?
    package var clock = CampaignClock.account
    package var quietHours: QuietHours?
    /// `one_time` only: nothing is sent after this time of the day; the rest goes out after midnight.
    package var cutoff: LocalTime?
    /// `one_time` only, and only by the account's clock.
    package var throttle: CampaignThrottle?
    /// `one_time` only: how many minutes after its start it may still begin, should the server have been down. 0 to 10080.
    package var lateStart = Self.standardLateStart

    static let standardLateStart = 60
}
