import Core
import Messages
import Storage

/// Messages of one channel that stand before the last gate together.
struct GateBatch {
    let account: AccountID
    let channel: ChannelID
    let policies: Policies
    let now: Timestamp
    let messages: [MessageRecord]

    /// The messages whose campaign has a policy that asks for something.
    func messages(where isAsked: (SendPolicy) -> Bool) -> [MessageRecord] { messages.filter { isAsked(policies[$0]) } }

    /// The same batch with fewer messages.
    func keeping(_ messages: [MessageRecord]) -> GateBatch {
        GateBatch(account: account, channel: channel, policies: policies, now: now, messages: messages)
    }
}

/// What the messages of one account are held to.
struct Policies: Sendable {
    var account = AccountPolicy.none
    var campaigns: [CampaignID: SendPolicy] = [:]

    /// That of the message's campaign; one that asks for nothing where none was set.
    subscript(message: MessageRecord) -> SendPolicy { campaigns[message.campaignID] ?? SendPolicy() }

    /// Whether the message is held to the account's limits: conversations are not, and campaigns may be exempt.
    func holdsToAccount(_ message: MessageRecord) -> Bool { message.lane != .conversation && self[message].respectsAccountLimits }
}
