package import Core

/// What all messages of one batch share.
package struct CampaignRun: Hashable, Sendable {
    package var accountID: AccountID
    package var campaignID: CampaignID
    package var channelID: ChannelID
    package var lane: Lane

    package init(accountID: AccountID, campaignID: CampaignID, channelID: ChannelID, lane: Lane = .campaign) {
        (self.accountID, self.campaignID, self.channelID, self.lane) = (accountID, campaignID, channelID, lane)
    }
}

/// A profile that fits a campaign, and what is to become of it.
package struct Qualification: Hashable, Sendable {
    /// What is to become of somebody who qualified.
    package enum Fate: Hashable, Sendable {
        /// To be sent with these parameters.
        case planned([String])
        case control
        case excluded(Reason)
    }

    package var profileID: ProfileID
    package var phone: PhoneNumber?
    /// WhatsApp's id of a person who hides the number.
    package var userID: String?
    /// What made the person qualify: the run of a one-time campaign, the id of the event that triggered a live one.
    package var run: Int
    package var templateID: TemplateID
    /// Which of several messages it is, `A` …; nil where there is one.
    package var variant: String?
    package var dueAt: Timestamp
    package var fate: Fate

    package init(
        profileID: ProfileID, phone: PhoneNumber?, userID: String? = nil, run: Int, templateID: TemplateID, variant: String? = nil,
        dueAt: Timestamp, fate: Fate
    ) {
        (self.profileID, self.phone, self.userID, self.fate) = (profileID, phone, userID, fate)
        (self.run, self.templateID, self.variant, self.dueAt) = (run, templateID, variant, dueAt)
    }
}
