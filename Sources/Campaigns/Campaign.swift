package import Core

/// A campaign as it stands in its table.
package struct Campaign: Hashable, Sendable {
    ///     draft ─▶ approval_pending ─▶ scheduled ─▶ running ─▶ completed
    ///       └───────┴─▶ rejected, expired  └───────────┴▶ stopped
    ///
    /// What may be done in which status is said by `after(_:isLive:needsApproval:)`.
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case draft
        /// It begins when somebody approves it.
        case approvalPending = "approval_pending"
        /// Whoever could approve it said no; it can be changed and scheduled again.
        case rejected
        /// Its start lies ahead, nobody has come round to it yet, or it was missed and somebody must decide (`heldCode`).
        case scheduled
        /// Its audience is being worked out, or its messages go out. A live one: it is between start and end.
        case running
        /// Everybody is planned and nothing waits or is under way.
        case completed
        /// Ended by a person, for good.
        case stopped
        /// Nobody approved it before its start.
        case expired
        /// Put away; it can be read and cloned.
        case archived
    }

    /// Why a scheduled campaign does not begin by itself.
    package enum HeldCode: String, Hashable, Sendable {
        /// The server was down at the start, and came back too late.
        case startMissed = "start_missed"
        /// The machine's clock jumped over the start.
        case clockJumped = "clock_jumped"
        /// More people fit than the safety limit of its reach allows.
        case tooManyPeople = "too_many_people"
    }

    package let id: CampaignID
    package let accountID: AccountID
    package internal(set) var definition: CampaignDefinition
    package internal(set) var status: Status
    package internal(set) var channelID: ChannelID
    /// The first of its templates.
    package internal(set) var templateID: TemplateID
    /// When it is to begin; nil in a draft, and in one that begins as soon as it is approved.
    package internal(set) var startAt: Timestamp?
    package let createdAt: Timestamp
    package let startedAt: Timestamp?
    /// When it was completed or stopped, or had expired.
    package internal(set) var finishedAt: Timestamp?
    /// 0 before it began, then 1.
    package let run: Int
    /// Everybody up to this id has been judged; nil while nobody has.
    package let plannedUpTo: ProfileID?
    /// When everybody had been judged.
    package let plannedAt: Timestamp?
    package internal(set) var heldCode: HeldCode?
    package internal(set) var heldAt: Timestamp?
    /// What whoever approved or rejected it last had to say.
    package internal(set) var comment: String?
    package internal(set) var decidedAt: Timestamp?
    /// When the views of the test between variants are compared; nil before all of its messages are out.
    package internal(set) var testUntil: Timestamp?
    /// The variant that won the test.
    package internal(set) var winner: String?

    package var name: String { definition.name }
    package var type: CampaignType { definition.type }
    /// When a live campaign ends.
    package var endAt: Timestamp? { definition.when.end }
}
