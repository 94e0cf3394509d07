package import Core

/// What somebody wants a campaign to be: when, who, what and setup.
package struct CampaignDefinition: Hashable, Sendable {
    package var name: String
    package var type: CampaignType
    /// Nil means the account's default channel.
    package var channelID: ChannelID?
    package var when: CampaignWhen
    package var who: CampaignWho
    package var what: CampaignWhat
    package var setup: CampaignSetup
}

extension CampaignDefinition {
    /// The audience for people to read.
    package var audienceInWords: String { who.words }
}
