package import Core
package import ZoneTime

/// One row of the send ledger: one qualification of one profile for one run of a campaign, with its whole history.
package struct MessageRecord: Hashable, Sendable {
    package let id: MessageID
    package let accountID: AccountID
    package let campaignID: CampaignID
    /// Of a one-time campaign its run, from 1; of a live one the id of the event that triggered. With campaign and profile
    /// the send key.
    package let run: Int
    package let profileID: ProfileID
    package let channelID: ChannelID
    package let templateID: TemplateID
    package let lane: Lane
    /// Which of a campaign's several messages it is, `A` …; nil where there is one.
    package let variant: String?
    /// Nil for those who are excluded because they have none, and for those who are reached by `userID`.
    package let phone: PhoneNumber?
    /// WhatsApp's id of a person who hides the number.
    package let userID: String?
    /// What fills the template's slots, in their order, frozen at planning.
    package let parameters: [String]
    package internal(set) var state: MessageState
    /// Why it is excluded or failed; of an accepted message, why it did not arrive.
    package internal(set) var reason: Reason?
    package internal(set) var dueAt: Timestamp
    /// The account's day on which it counts against its campaign's limits; nil where the campaign has none.
    package internal(set) var reachDay: Day?
    /// The interval of a throttle in which it has a place.
    package internal(set) var slotAt: Timestamp?
    /// Of a claimed or asked message: when another process may take it for abandoned.
    package internal(set) var leaseUntil: Timestamp?
    /// How many requests have been made for it.
    package internal(set) var attempts: Int
    /// How many of them were refused for a reason of the message's own, which sets the next wait: that a channel was too
    /// fast, halted or its template held does not count.
    package internal(set) var retries: Int
    package internal(set) var providerMessageID: String?
    /// WhatsApp's own id, where the provider tells one besides its own.
    package internal(set) var whatsAppMessageID: String?
    package let plannedAt: Timestamp
    /// When the first request was made.
    package internal(set) var askedAt: Timestamp?
    package internal(set) var acceptedAt: Timestamp?
    package internal(set) var sentAt: Timestamp?
    package internal(set) var deliveredAt: Timestamp?
    package internal(set) var viewedAt: Timestamp?
    /// When the provider reported that it did not arrive. A delivery, earlier or later, outranks it.
    package internal(set) var failedAt: Timestamp?
    package internal(set) var replies: Int
    /// What the provider said of the price, as it came; the first word stands.
    package internal(set) var pricing: JSONValue?
}

extension MessageRecord {
    /// What this row adds to each tally of its campaign. Tallies are sums of this over all rows, so
    /// `qualified = sent + control_group + errors + unknown` holds as soon as nothing is planned, claimed or asked.
    package var counts: [Tally: Int64] {
        var counts: [Tally: Int64] = [.qualified: 1]
        switch state {
        case .control: counts[.controlGroup] = 1
        case .excluded, .failed:
            counts[.errors] = 1
            if let reason { counts[.error(reason)] = 1 }
        case .unknown: counts[.unknown] = 1
        case .accepted: count(milestones: &counts)
        case .planned, .claimed, .asked: break
        }
        if replies > 0 { counts[.replied] = Int64(replies) }
        if let variant { count(variant, in: &counts) }
        return counts
    }

    /// Of a variant the same numbers again, under its name.
    private func count(_ variant: String, in counts: inout [Tally: Int64]) {
        for tally in Tally.ofVariants { if let count = counts[tally] { counts[.variant(variant, tally)] = count } }
    }

    private func count(milestones counts: inout [Tally: Int64]) {
        counts[.sent] = 1
        if deliveredAt != nil { counts[.delivered] = 1 }
        if viewedAt != nil { counts[.viewed] = 1 }
        guard failedAt != nil, deliveredAt == nil else { return }
        counts[.deliveryErrors] = 1
        if let reason { counts[.deliveryError(reason)] = 1 }
    }
}

extension MessageRecord {
    /// Where it goes: the number's digits, else WhatsApp's id of the person.
    package var address: String? { phone?.digits ?? userID }
}
