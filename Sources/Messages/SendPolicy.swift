package import Core
package import Storage
package import ZoneTime

/// What the last gate holds the messages of one campaign to. What is nil is not asked for.
package struct SendPolicy: Hashable, Sendable {
    /// Hours of the week in the person's own zone, and what becomes of a message that falls due in them.
    package struct QuietHours: Hashable, Sendable {
        package enum Action: String, Hashable, Sendable, CaseIterable {
            /// Excluded as `quiet_hours`.
            case discard
            /// Put off until they end, in the person's zone.
            case delay
        }

        package var hours: WeeklyHours
        package var action: Action

        package init(hours: WeeklyHours, action: Action) { (self.hours, self.action) = (hours, action) }
    }

    /// A group of people who get nothing, drawn by a salt of its own.
    package struct Control: Hashable, Sendable {
        package var name: String
        package var salt: String
        /// 0 to 99.
        package var percent: Int

        package init(name: String, salt: String, percent: Int) { (self.name, self.salt, self.percent) = (name, salt, percent) }

        package func holds(_ profile: ProfileID) -> Bool { StableDraw(salt: salt).holds(profile, percent: percent) }
    }

    /// The name of the account's zone: whose days are counted, and in which the cut-off is read.
    package var zone: String
    /// When a live campaign ends; what is due later is not sent.
    package var endsAt: Timestamp?
    package var quietHours: QuietHours?
    /// From this time of the day to midnight nothing is sent, in the account's zone.
    package var cutoff: LocalTime?
    /// Between two messages of the campaign to one person.
    package var gap: Duration?
    /// How many messages of the campaign one person gets in all.
    package var perPerson: Int?
    package var respectsAccountLimits: Bool
    /// How many messages of the campaign go out in a day of the account.
    package var perDay: Int?
    /// How many go out in all.
    package var overall: Int?
    /// The campaign's own; takes the place of the account's.
    package var throttle: Throttle?
    package var controls: [Control]
    /// People who are in no control group.
    package var exempt: Set<ProfileID>

    package init(
        zone: String = "UTC", endsAt: Timestamp? = nil, quietHours: QuietHours? = nil, cutoff: LocalTime? = nil, gap: Duration? = nil,
        perPerson: Int? = nil, respectsAccountLimits: Bool = true, perDay: Int? = nil, overall: Int? = nil, throttle: Throttle? = nil,
        controls: [Control] = [], exempt: Set<ProfileID> = []
    ) {
        (self.zone, self.endsAt, self.quietHours, self.cutoff) = (zone, endsAt, quietHours, cutoff)
        (self.gap, self.perPerson, self.respectsAccountLimits) = (gap, perPerson, respectsAccountLimits)
        (self.perDay, self.overall, self.throttle) = (perDay, overall, throttle)
        (self.controls, self.exempt) = (controls, exempt)
    }

    /// Whether messages are counted by campaign and day.
    package var limitsReach: Bool { perDay != nil || overall != nil }

    /// Whether messages are counted by campaign and person.
    package var limitsPeople: Bool { gap != nil || perPerson != nil }
}

/// What the last gate holds the messages of all campaigns of an account to, unless a campaign is exempt. Conversations are
/// neither held to it nor counted.
package struct AccountPolicy: Hashable, Sendable {
    /// At most so many messages to one person in so many days, which are 24 hours each.
    package struct Frequency: Hashable, Sendable {
        package var count: Int
        package var days: Int

        package init(count: Int, days: Int) { (self.count, self.days) = (count, days) }
    }

    package var frequency: Frequency?
    /// Between two messages to one person.
    package var dwell: Duration?
    /// On each channel; a campaign's own takes its place.
    package var throttle: Throttle?

    package init(frequency: Frequency? = nil, dwell: Duration? = nil, throttle: Throttle? = nil) {
        (self.frequency, self.dwell, self.throttle) = (frequency, dwell, throttle)
    }

    package static let none = AccountPolicy()

    /// Whether messages are counted by person.
    package var limitsPeople: Bool { frequency != nil || dwell != nil }
}

/// So many messages in each interval. What is over waits for a later one, until the third day after it was planned.
package struct Throttle: Hashable, Sendable {
    package var count: Int
    package var interval: Duration

    package static let patience = Duration.seconds(3 * 24 * 3600)

    package init(count: Int, interval: Duration) { (self.count, self.interval) = (count, interval) }
}

extension SendPolicy {
    /// Why a person gets no more messages of the campaign for now, given those that they had; nil when they may.
    package func objection(to count: AskedHistory.Count, at now: Timestamp) -> Reason? {
        if let most = perPerson, count.messages >= most { return .campaignLimit }
        if let gap, let last = count.last, now - last < gap { return .campaignLimit }
        return nil
    }
}

extension AccountPolicy {
    /// Why a person gets no more messages for now, given those of all campaigns that they had; nil when they may.
    package func objection(to count: AskedHistory.Count, at now: Timestamp) -> Reason? {
        if let frequency, count.messages >= frequency.count { return .accountLimit }
        if let dwell, let last = count.last, now - last < dwell { return .accountDwell }
        return nil
    }

    /// What each person had of all campaigns, as far as `objection` asks. One statement.
    package func counts(
        of people: some Collection<ProfileID>, at now: Timestamp, in session: some SQLSession
    ) throws -> [ProfileID: AskedHistory.Count] {
        let counted = now - .seconds((frequency?.days ?? 0) * 86_400)
        return try AskedHistory().ofPeople(people, counted: counted, seen: min(counted, now - (dwell ?? .zero)), in: session)
    }
}
