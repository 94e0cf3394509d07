import Core

/// The model of `campaigns/list`.
struct CampaignListView: Sendable {
    struct Row: Sendable {
        let address: String
        let name: String
        let type: String
        let badge: StatusBadge
        let start: TimeText?
        let sent, delivered, viewed, replied, errors: String
    }

    static let pageSize = 50

    let rows: [Row]
    let hasRows: Bool
    /// How many there are; nil when these are not all.
    let count: String?
    /// Where the next page is; nil on the last.
    let olderAddress: String?
    let isFirst: Bool
    let hasOtherPages: Bool

    /// - Parameters:
    ///   - campaigns: one more than a page when there are older ones.
    ///   - isFirst: these are the newest.
    init(_ campaigns: [CampaignSummary], isFirst: Bool) {
        let hasOlder = campaigns.count > Self.pageSize
        let page = campaigns.prefix(Self.pageSize)
        rows = page.map { campaign in
            Row(
                address: "/campaigns/\(campaign.id)", name: campaign.name, type: typeLabel(campaign.type),
                badge: StatusBadge(campaign.status), start: campaign.start.map(TimeText.init), sent: campaign.sent.grouped,
                delivered: campaign.delivered.grouped, viewed: campaign.viewed.grouped, replied: campaign.replied.grouped,
                errors: campaign.errors.grouped)
        }
        hasRows = !rows.isEmpty
        count = isFirst && !hasOlder ? page.count.people("campaign", "campaigns") : nil
        olderAddress = hasOlder ? page.last.map { "/campaigns?before=\($0.id)" } : nil
        self.isFirst = isFirst
        hasOtherPages = !isFirst || hasOlder
    }
}
