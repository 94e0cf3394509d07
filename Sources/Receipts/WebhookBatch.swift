import Core
import Messages
import Profiles
import Storage
import WhatsApp

/// Applies calls inside one transaction: everything that they change and the fact that they are done. All of it may be
/// repeated without changing anything more, because a call that is put off is applied again whole.
struct WebhookBatch: Sendable {
    let ledger: MessageLedger
    let inbound: InboundBook
    let consent: ConsentStore

    /// - Returns: how many of the calls were still to be done and not in the hands of another process.
    func apply(_ webhooks: some Sequence<ReadWebhook>, at now: Timestamp, in session: any SQLSession) throws -> Int {
        let mine = try lock(Array(webhooks), at: now, in: session)
        let unmatched = try applyReceipts(of: mine, in: session)
        for webhook in mine {
            for message in webhook.inbound { try inbound.record(message, of: webhook.raw, in: session) }
        }
        let rows = mine.map { $0.raw.settled(as: verdict(on: $0, unmatched), at: now) }
        if !rows.isEmpty { try session.run(RawWebhookTable.settle, batch: rows) }
        return mine.count
    }

    private func lock(_ webhooks: [ReadWebhook], at now: Timestamp, in session: any SQLSession) throws -> [ReadWebhook] {
        let rows = try session.rows(RawWebhookTable.lock, [.list(webhooks.map(\.raw.id)), .time(now)])
        let locked = Set(try rows.map { try $0.id(0, RawWebhookID.self) })
        return webhooks.filter { locked.contains($0.raw.id) }.sorted { $0.raw.id < $1.raw.id }
    }

    private func verdict(on webhook: ReadWebhook, _ unmatched: Set<RawWebhookID>) -> WebhookVerdict {
        if let problem = webhook.problem { return .unreadable(problem) }
        return unmatched.contains(webhook.raw.id) ? .unmatched : .applied
    }

    /// - Returns: the calls with a receipt for which there is no message.
    private func applyReceipts(of webhooks: [ReadWebhook], in session: any SQLSession) throws -> Set<RawWebhookID> {
        var unmatched: Set<RawWebhookID> = []
        let byChannel = Dictionary(grouping: webhooks, by: \.raw.channelID)
        for (channel, webhooks) in byChannel.sorted(by: { $0.key < $1.key }) {
            let items = webhooks.flatMap { webhook in webhook.receipts.map { (webhook.raw.id, $0) } }
            guard !items.isEmpty else { continue }
            let messages = try ledger.apply(items.map(\.1), on: channel, in: session)
            for ((id, receipt), message) in zip(items, messages) {
                guard let message else { unmatched.insert(id); continue }
                try recordOptOut(receipt, about: message, in: session)
            }
        }
        return unmatched
    }

    /// A person who opted out at the provider has opted out here, too, unless they opted in again since.
    private func recordOptOut(_ receipt: Receipt, about message: MessageRecord, in session: any SQLSession) throws {
        guard case .failed(let failure) = receipt.status, failure.disposition == .optOut else { return }
        let change = ConsentChange(
            profileID: message.profileID, granted: false, occurredAt: receipt.occurredAt, source: "provider",
            evidence: ["message": .string("\(message.id)"), "code": .string(failure.code)])
        try consent.record([change], account: message.accountID, in: session)
    }
}
