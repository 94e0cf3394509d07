import Core
import Messages
import Profiles
import Storage

/// A provider said while refusing a message that the person opted out there: that ends the consent here, too.
struct OptOut: Sendable {
    let context: SendingContext

    /// Recording the same refusal twice changes nothing more.
    func record(_ settlements: [Settlement]) async throws {
        try await context.engine.write { [context] session in
            for settlement in settlements {
                guard let message = try context.ledger.record(settlement.messageID, in: session) else { continue }
                let change = ConsentChange(
                    profileID: message.profileID, granted: false, occurredAt: settlement.at, source: "provider",
                    evidence: ["message": .string("\(message.id)"), "code": .string(message.reason?.rawValue ?? "")])
                try context.consent.record([change], account: message.accountID, in: session)
            }
        }
    }
}
