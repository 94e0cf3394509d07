import Core
import Messages
import Storage

/// The person has not had as many messages of all campaigns as the account allows, and the last is long enough ago.
struct AccountRule: GateRule {
    private let policies: Policies
    private let now: Timestamp
    private var counts: [ProfileID: AskedHistory.Count]

    /// Nil when the account limits nothing, or none of the batch is held to it.
    init?(_ batch: GateBatch, in session: any SQLSession) throws {
        let policy = batch.policies.account
        let held = batch.messages.filter(batch.policies.holdsToAccount)
        guard policy.limitsPeople, !held.isEmpty else { return nil }
        (policies, now) = (batch.policies, batch.now)
        counts = try policy.counts(of: Set(held.map(\.profileID)), at: batch.now, in: session)
    }

    func objection(to message: MessageRecord) -> Ruling? {
        guard policies.holdsToAccount(message), let count = counts[message.profileID] else { return nil }
        return policies.account.objection(to: count, at: now).map(Ruling.exclude)
    }

    mutating func count(_ message: MessageRecord) {
        guard message.lane != .conversation else { return }
        counts[message.profileID, default: AskedHistory.Count()].add(at: message.askedAt ?? now)
    }
}

/// The person has not had the campaign's message too recently or too often.
struct CampaignRule: GateRule {
    private let policies: Policies
    private let now: Timestamp
    private var counts: [AskedHistory.Pair: AskedHistory.Count]

    /// Nil when no campaign of the batch limits that.
    init?(_ batch: GateBatch, in session: any SQLSession) throws {
        let held = batch.messages(where: \.limitsPeople)
        guard !held.isEmpty else { return nil }
        (policies, now) = (batch.policies, batch.now)
        counts = try AskedHistory().ofCampaigns(
            Set(held.map(\.campaignID)), to: Set(held.map(\.profileID)), in: session)
    }

    func objection(to message: MessageRecord) -> Ruling? {
        guard let count = counts[AskedHistory.Pair(message)] else { return nil }
        return policies[message].objection(to: count, at: now).map(Ruling.exclude)
    }

    mutating func count(_ message: MessageRecord) {
        guard message.lane != .conversation else { return }
        counts[AskedHistory.Pair(message), default: AskedHistory.Count()].add(at: message.askedAt ?? now)
    }
}
