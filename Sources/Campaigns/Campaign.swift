package import Core

/// A campaign as it stands in its table.
package struct Campaign: Hashable, Sendable {
    ///     draft ─▶ scheduled ─▶ running ─▶ completed
    ///       └───────┴────────────┴▶ stopped
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case draft
        /// Its start lies ahead, or nobody has come round to it yet.
        case scheduled
        /// Its audience is being worked out, or its messages go out.
        case running
        /// Everybody is planned and nothing waits or is under way.
        case completed
        /// Ended by a person, for good.
        case stopped
    }

    package let id: CampaignID
    package let accountID: AccountID
    package let name: String
    package let type: CampaignType
    package let status: Status
    package let channelID: ChannelID
    package let templateID: TemplateID
    package let definition: CampaignDefinition
    /// When it is to begin; nil in a draft.
    package let startAt: Timestamp?
    package let createdAt: Timestamp
    package let startedAt: Timestamp?
    /// When it was completed or stopped.
    package let finishedAt: Timestamp?
    /// 0 before it began, then 1.
    package let run: Int
    /// Everybody up to this id has been judged; nil while nobody has.
    package let plannedUpTo: ProfileID?
    /// When everybody had been judged.
    package let plannedAt: Timestamp?
}
