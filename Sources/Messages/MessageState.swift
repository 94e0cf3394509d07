/// Where a message stands in the send ledger. Milestones after acceptance are time stamps, not states.
///
///     qualified ─▶ control | excluded
///              └▶ planned ─▶ claimed ─▶ asked ─▶ accepted
///                    ▲         │ lease     ├─▶ failed, or planned again later
///                    └─────────┘           └─▶ unknown ─▶ accepted (by a receipt)
package enum MessageState: String, Hashable, Sendable, CaseIterable {
    /// Held back as a member of the control group; never sent.
    case control
    /// Not sent, for its reason.
    case excluded
    /// Waits for its due time.
    case planned
    /// Taken by a sender until its lease ends.
    case claimed
    /// The request may have left; on disk before its first byte goes out.
    case asked
    /// The provider took it.
    case accepted
    /// A request left and its answer never came. Only a receipt or a person moves it on.
    case unknown
    /// Refused for good.
    case failed
}

/// Why a person who qualified got no message, or why a message did not arrive. Counted under Errors by this word.
package struct Reason: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }
}

extension Reason {
    package static let notOptedIn = Reason(rawValue: "not_opted_in")
    package static let noPhone = Reason(rawValue: "no_phone")
    /// The number, not the person, asked to be left alone.
    package static let numberBlocked = Reason(rawValue: "number_blocked")
    /// A provider has shown that nobody can be reached at the number.
    package static let unreachable = Reason(rawValue: "unreachable")
    /// WhatsApp holds marketing back from the number for now.
    package static let marketingPaused = Reason(rawValue: "marketing_paused")
    /// A variable of the template resolves to nothing.
    package static let missingVariable = Reason(rawValue: "missing_variable")
    /// A variable holds what WhatsApp refuses: a line break, a tab, more than four spaces in a row.
    package static let invalidValue = Reason(rawValue: "invalid_value")
    /// A variable's Liquid decided that this person gets nothing.
    package static let liquidAborted = Reason(rawValue: "liquid_aborted")
    /// A variable's Liquid did more than one rendering may.
    package static let liquidTimeout = Reason(rawValue: "liquid_timeout")
    /// Another profile with the same number is in the same run.
    package static let duplicateNumber = Reason(rawValue: "duplicate_number")
    package static let campaignStopped = Reason(rawValue: "campaign_stopped")
    /// The person has another number than when the message was planned.
    package static let phoneChanged = Reason(rawValue: "phone_changed")
    /// Nobody knows whether it went out, and a person decided to let it be.
    package static let writtenOff = Reason(rawValue: "written_off")
    package static let profileGone = Reason(rawValue: "profile_gone")
    /// Tried again and again until the time for it was over.
    package static let gaveUp = Reason(rawValue: "gave_up")
}

/// What limits say.
extension Reason {
    /// No longer fits when the message is due.
    package static let userNotQualified = Reason(rawValue: "user_not_qualified")
    /// Due in the campaign's quiet hours, which discard.
    package static let quietHours = Reason(rawValue: "quiet_hours")
    /// Due after the time of the day at which the campaign ends sending.
    package static let cutoffReached = Reason(rawValue: "cutoff_reached")
    /// The person had as many messages of all campaigns as the account allows.
    package static let accountLimit = Reason(rawValue: "account_limit")
    /// Too soon after the last message of any campaign.
    package static let accountDwell = Reason(rawValue: "account_dwell")
    /// Too soon after the last message of this campaign, or had as many as it allows.
    package static let campaignLimit = Reason(rawValue: "campaign_limit")
    /// The campaign sent as many as it may in a day.
    package static let dayLimit = Reason(rawValue: "day_limit")
    /// The campaign sent as many as it may in all.
    package static let overallLimit = Reason(rawValue: "overall_limit")
    /// More qualified than the campaign may reach, and the draw fell on others.
    package static let reachLimit = Reason(rawValue: "reach_limit")
    /// Waited for the campaign's pace until the third day was over.
    package static let throttleExpired = Reason(rawValue: "throttle_expired")
    /// The server was down when the campaign was to start, for longer than it may be late.
    package static let startMissed = Reason(rawValue: "start_missed")
}
