import Core
import Storage

/// A number that is kept for each campaign. What it counts is said in one place, `MessageRecord.counts`.
package struct Tally: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    package static let qualified = Tally(rawValue: "qualified")
    package static let controlGroup = Tally(rawValue: "control_group")
    /// Accepted by the provider.
    package static let sent = Tally(rawValue: "sent")
    package static let delivered = Tally(rawValue: "delivered")
    package static let viewed = Tally(rawValue: "viewed")
    package static let replied = Tally(rawValue: "replied")
    package static let unknown = Tally(rawValue: "unknown")
    /// Not sent: excluded or refused.
    package static let errors = Tally(rawValue: "errors")

    /// Not sent, for this reason; these add up to `errors`.
    package static func error(_ reason: Reason) -> Tally { Tally(rawValue: "error:\(reason)") }
    /// Sent, but the provider reported later that it did not arrive.
    package static let deliveryErrors = Tally(rawValue: "delivery_errors")

    /// Not arrived, for this reason; these add up to `deliveryErrors`.
    package static func deliveryError(_ reason: Reason) -> Tally { Tally(rawValue: "delivery_error:\(reason)") }

    /// What is counted for each variant too.
    static let ofVariants: [Tally] = [.qualified, .sent, .delivered, .viewed]

    /// One of `ofVariants`, of those only who got or were to get this variant: `variant:A:sent`.
    package static func variant(_ name: String, _ tally: Tally) -> Tally { Tally(rawValue: "variant:\(name):\(tally.rawValue)") }
}

/// What a set of changes does to the tallies, summed up so that a batch writes each number once.
struct TallyChanges {
    private struct Key: Hashable, Comparable {
        let campaign: CampaignID
        let tally: Tally
        static func < (a: Self, b: Self) -> Bool { (a.campaign, a.tally) < (b.campaign, b.tally) }
    }

    private var sums: [Key: Int64] = [:]
    private var accounts: [CampaignID: AccountID] = [:]

    /// Notes that a row went from `before` (nil: it was not there) to `after`.
    mutating func note(from before: MessageRecord?, to after: MessageRecord) {
        accounts[after.campaignID] = after.accountID
        for (tally, count) in after.counts { sums[Key(campaign: after.campaignID, tally: tally), default: 0] += count }
        for (tally, count) in before?.counts ?? [:] { sums[Key(campaign: after.campaignID, tally: tally), default: 0] -= count }
    }

    /// Writes the sums, in a fixed order so that two transactions never wait for each other in a circle.
    func write(in session: some SQLSession) throws {
        let rows = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }.compactMap { key, sum in
            accounts[key.campaign].map { [SQLValue.id(key.campaign), .text(key.tally.rawValue), .id($0), .integer(sum)] }
        }
        if !rows.isEmpty { try session.run(Self.add, batch: rows) }
    }

    private static let add = Query(
        "tally.add",
        """
        INSERT INTO tally (campaign_id, name, account_id, value) VALUES ($1, $2, $3, $4)
        ON CONFLICT (campaign_id, name) DO UPDATE SET value = tally.value + excluded.value
        """)
}
