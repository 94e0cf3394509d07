import Channels
import Consequences
import Core
import Logging
import Messages
import Profiles
import Storage
import WhatsApp

/// Writes down how requests ended, and what follows from it, until the outbox is closed.
struct SettlingDesk: Sendable {
    let context: SendingContext
    let state: PumpState
    let inFlight: InFlight
    let outbox: Outbox

    /// Nothing is given up: while the database cannot be written the answers wait here, and since they keep their room no
    /// new requests are made.
    func run() async {
        while let batch = await outbox.next() {
            while true {
                do { try await settle(batch); break } catch {
                    context.logger.error("Answers could not be written down yet.", metadata: ["error": "\(error)"])
                    guard !Task.isCancelled else { return }
                    try? await Task.sleep(for: context.settings.pollInterval)
                }
            }
            inFlight.leave(batch.count)
        }
    }

    private func settle(_ batch: [Settlement]) async throws {
        let now = context.clock.now()
        try await context.engine.write { [context] session in
            let messages = try context.ledger.settle(batch, in: session)
            let failed = batch.compactMap { settlement -> Consequences.Failed? in
                guard let message = messages[settlement.messageID], let failure = settlement.failure else { return nil }
                return Consequences.Failed(message, failure, at: settlement.at)
            }
            try context.consequences.apply(failed, at: now, in: session)
            let accepted = batch.filter(\.isAccepted).compactMap { messages[$0.messageID] }
            try release(accepted, at: now, in: session)
            try learnAliases(batch, messages, in: session)
        }
    }

    /// A message that tried was taken: what held the others no longer does.
    private func release(_ accepted: [MessageRecord], at now: Timestamp, in session: any SQLSession) throws {
        guard let first = accepted.first else { return }
        if state.isProbingChannel { try context.channels.release(first.channelID, at: now, in: session) }
        for template in Set(accepted.map(\.templateID)) where state.isProbing(template) {
            try context.templates.release(template, at: now, in: session)
        }
    }

    private func learnAliases(
        _ batch: [Settlement], _ messages: [MessageID: MessageRecord], in session: any SQLSession
    ) throws {
        for settlement in batch {
            guard case .accepted(let acceptance) = settlement.result, let alias = acceptance.alias,
                let message = messages[settlement.messageID], alias != message.phone
            else { continue }
            try context.addresses.learn(alias.digits, .alias, of: message.profileID, account: message.accountID, in: session)
        }
    }
}

extension Settlement {
    fileprivate var isAccepted: Bool { if case .accepted = result { true } else { false } }

    fileprivate var failure: SendFailure? {
        switch result {
        case .again(_, let failure), .failed(_, let failure): failure
        case .accepted, .unknown: nil
        }
    }
}
