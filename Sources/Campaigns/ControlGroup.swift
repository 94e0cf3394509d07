package import Core

/// The people of a campaign who are held back, so that its effect can be measured.
package struct ControlGroup: Hashable, Sendable {
    package let campaign: CampaignID
    /// 0 to 99.
    package let percent: Int

    package init(campaign: CampaignID, percent: Int) { (self.campaign, self.percent) = (campaign, percent) }

    /// What the draw of a campaign's own group is salted with.
    package static func salt(of campaign: CampaignID) -> String { "campaign:\(campaign)" }

    /// Whether a person is held back: the same for ever, on every machine.
    package func holds(_ profile: ProfileID) -> Bool {
        percent > 0 && StableDraw(salt: Self.salt(of: campaign)).holds(profile, percent: percent)
    }
}
