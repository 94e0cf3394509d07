import Consequences
import Core
import Messages
import Storage
import WhatsApp

/// Applies calls inside one transaction: everything that they change and the fact that they are done. All of it may be
/// repeated without changing anything more, because a call that is put off is applied again whole.
struct WebhookBatch: Sendable {
    let ledger: MessageLedger
    let inbound: InboundBook
    let notices: NoticeBook
    let consequences: Consequences

    /// - Returns: how many of the calls were still to be done and not in the hands of another process.
    func apply(_ webhooks: some Sequence<ReadWebhook>, at now: Timestamp, in session: any SQLSession) throws -> Int {
        let mine = try lock(Array(webhooks), at: now, in: session)
        let unmatched = try applyReceipts(of: mine, at: now, in: session)
        for webhook in mine {
            for event in webhook.events { try apply(event, of: webhook.raw, at: now, in: session) }
        }
        let rows = mine.map { $0.raw.settled(as: verdict(on: $0, unmatched), at: now) }
        if !rows.isEmpty { try session.run(RawWebhookTable.settle, batch: rows) }
        return mine.count
    }

    private func apply(_ event: WebhookEvent, of raw: RawWebhook, at now: Timestamp, in session: any SQLSession) throws {
        switch event {
        case .inbound(let message): try inbound.record(message, of: raw, in: session)
        case .preference(let preference): try notices.record(preference, of: raw, in: session)
        case .template(let notice): try notices.record(notice, of: raw, at: now, in: session)
        case .channel(let notice): try notices.record(notice, of: raw, at: now, in: session)
        case .person(let notice): try notices.record(notice, of: raw, in: session)
        case .receipt, .unreadable: break
        }
    }

    private func lock(_ webhooks: [ReadWebhook], at now: Timestamp, in session: any SQLSession) throws -> [ReadWebhook] {
        let rows = try session.rows(RawWebhookTable.lock, [.list(webhooks.map(\.raw.id)), .time(now)])
        let locked = Set(try rows.map { try $0.id(0, RawWebhookID.self) })
        return webhooks.filter { locked.contains($0.raw.id) }.sorted { $0.raw.id < $1.raw.id }
    }

    private func verdict(on webhook: ReadWebhook, _ unmatched: Set<RawWebhookID>) -> WebhookVerdict {
        if unmatched.contains(webhook.raw.id) { return .unmatched }
        return webhook.problem.map(WebhookVerdict.unreadable) ?? .applied
    }

    /// - Returns: the calls with a receipt for which there is no message.
    private func applyReceipts(of webhooks: [ReadWebhook], at now: Timestamp, in session: any SQLSession) throws -> Set<RawWebhookID> {
        var unmatched: Set<RawWebhookID> = []
        let byChannel = Dictionary(grouping: webhooks, by: \.raw.channelID)
        for (channel, webhooks) in byChannel.sorted(by: { $0.key < $1.key }) {
            let items = webhooks.flatMap { webhook in webhook.receipts.map { (webhook.raw.id, $0) } }
            guard !items.isEmpty else { continue }
            let messages = try ledger.apply(items.map(\.1), on: channel, in: session)
            for ((id, _), message) in zip(items, messages) where message == nil { unmatched.insert(id) }
            let known = zip(items, messages).compactMap { item, message in message.map { (item.1, $0) } }
            try follow(known.sorted { $0.0.occurredAt < $1.0.occurredAt }[...], at: now, in: session)
        }
        return unmatched
    }

    /// In the order in which things happened: of an arrival and a failure the later one decides about the number.
    private func follow(_ known: ArraySlice<(Receipt, MessageRecord)>, at now: Timestamp, in session: any SQLSession) throws {
        guard let first = known.first else { return }
        let run = known.prefix { $0.0.status.isArrival == first.0.status.isArrival }
        if first.0.status.isArrival {
            try consequences.reached(run.map(\.1), in: session)
        } else {
            try consequences.apply(run.compactMap(Consequences.Failed.init), at: now, in: session)
        }
        try follow(known.dropFirst(run.count), at: now, in: session)
    }
}

extension Consequences.Failed {
    fileprivate init?(_ receipt: Receipt, _ message: MessageRecord) {
        guard case .failed(let failure) = receipt.status else { return nil }
        self.init(message, failure, at: receipt.occurredAt)
    }
}

extension Receipt.Status {
    fileprivate var isArrival: Bool {
        switch self {
        case .delivered, .viewed: true
        case .accepted, .sent, .failed: false
        }
    }
}
