import Core
import Messages
import Storage
import Synchronization

/// The policies that a pump has read since it last claimed, so that a batch does not cost a statement for them.
final class PolicyCache: Sendable {
    private struct Known {
        var account: AccountPolicy?
        /// With a value for each campaign that was looked for.
        var campaigns: [CampaignID: SendPolicy] = [:]
    }

    private let known = Mutex(Known())
    private let book = PolicyBook()

    /// What is read from now on is as it stands then.
    func forget() { known.withLock { $0 = Known() } }

    func policies(for messages: [MessageRecord], of account: AccountID, in session: some SQLSession) throws -> Policies {
        var now = known.withLock { $0 }
        let missing = Set(messages.map(\.campaignID)).subtracting(now.campaigns.keys)
        if !missing.isEmpty {
            let stored = try book.policies(of: missing, in: session)
            for campaign in missing { now.campaigns[campaign] = stored[campaign] ?? SendPolicy() }
        }
        let accountPolicy = try now.account ?? book.policy(of: account, in: session)
        now.account = accountPolicy
        known.withLock { [now] in $0 = now }
        return Policies(account: accountPolicy, campaigns: now.campaigns)
    }
}
