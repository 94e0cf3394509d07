package import Core
import Crypto

/// The people of a campaign who are held back, so that its effect can be measured.
package struct ControlGroup: Hashable, Sendable {
    package let campaign: CampaignID
    /// 0 to 99.
    package let percent: Int

    package init(campaign: CampaignID, percent: Int) { (self.campaign, self.percent) = (campaign, percent) }

    /// Whether a person is held back. The same for ever, on every machine: the first 64 bits of a SHA-256 over both
    /// ids are a fair draw from a hundred, and the lowest `percent` of them are in.
    package func holds(_ profile: ProfileID) -> Bool {
        guard percent > 0 else { return false }
        let hash = SHA256.hash(data: Array("campaign:\(campaign):\(profile)".utf8))
        let draw = hash.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return draw.multipliedFullWidth(by: 100).high < UInt64(percent)
    }
}
