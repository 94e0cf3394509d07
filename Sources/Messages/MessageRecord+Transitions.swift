package import Core
package import WhatsApp

/// How a request for a message ended, as Delivery decided.
package struct Settlement: Hashable, Sendable {
    /// How a request ended.
    package enum Result: Hashable, Sendable {
        case accepted(Acceptance)
        /// Refused; to be tried again at the time.
        case again(at: Timestamp, SendFailure)
        /// Refused for good, counted under the reason.
        case failed(Reason, SendFailure)
        case unknown(code: String, summary: String)
    }

    package let messageID: MessageID
    /// Which request this is about, from 1: a late answer to an earlier one decides nothing.
    package let attempt: Int
    package let result: Result
    package let at: Timestamp

    package init(messageID: MessageID, attempt: Int, result: Result, at: Timestamp) {
        (self.messageID, self.attempt, self.result, self.at) = (messageID, attempt, result, at)
    }
}

extension MessageRecord {
    /// Takes in how a request ended. An acceptance always counts; a refusal or a lost answer only when nothing has
    /// overtaken it (a receipt that proves the acceptance, a newer request). A refusal also settles what has become
    /// unknown meanwhile, because its lease ran out: the provider's no is proof. A second call changes nothing.
    mutating func settle(_ settlement: Settlement) {
        if case .accepted(let acceptance) = settlement.result {
            // Where the provider gives no id, people quote our reference.
            return accept(providerMessageID: acceptance.providerMessageID ?? id.description, at: settlement.at)
        }
        guard state == .asked || state == .unknown, attempts == settlement.attempt else { return }
        leaseUntil = nil
        switch settlement.result {
        case .accepted: break
        case .again(let time, let failure):
            (state, dueAt) = (.planned, time)
            if failure.disposition == .retry || failure.disposition == .delayRecipient { retries += 1 }
        case .failed(let reason, _): (state, self.reason) = (.failed, reason)
        case .unknown: state = .unknown
        }
    }

    /// Takes in what the provider reports. Any receipt proves that the provider took the message, also before its
    /// answer came. Each milestone keeps the earliest time that proves it, so order and repetition cannot matter:
    /// every order of the same receipts ends in the same row.
    mutating func apply(_ receipt: Receipt) {
        guard attempts > 0 else { return }  // no request was ever made, so it is not about this row
        accept(providerMessageID: receipt.providerMessageID, at: receipt.occurredAt)
        whatsAppMessageID = whatsAppMessageID ?? receipt.whatsAppMessageID
        pricing = pricing ?? receipt.pricing
        let time = receipt.occurredAt
        switch receipt.status {
        case .accepted: break
        case .viewed:
            viewedAt = earliest(viewedAt, time)
            deliveredAt = earliest(deliveredAt, time)
            sentAt = earliest(sentAt, time)
        case .delivered:
            deliveredAt = earliest(deliveredAt, time)
            sentAt = earliest(sentAt, time)
        case .sent: sentAt = earliest(sentAt, time)
        case .failed(let failure): fail(Reason(rawValue: failure.code), at: time)
        }
    }

    private mutating func accept(providerMessageID id: String?, at time: Timestamp) {
        if state != .accepted { (state, reason, leaseUntil) = (.accepted, nil, nil) }
        // Our own reference only stood in for an id that the provider had not told yet.
        if let id, providerMessageID == nil || providerMessageID == self.id.description { providerMessageID = id }
        acceptedAt = earliest(acceptedAt, time)
    }

    /// Of several failures the earliest names the reason; of two at the same moment the word that sorts first.
    private mutating func fail(_ newReason: Reason, at time: Timestamp) {
        if let failedAt, let reason, (failedAt, reason.rawValue) <= (time, newReason.rawValue) { return }
        (failedAt, reason) = (time, newReason)
    }
}

private func earliest(_ known: Timestamp?, _ time: Timestamp) -> Timestamp { known.map { min($0, time) } ?? time }
