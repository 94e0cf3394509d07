import Core
import Messages
import Storage
import WhatsApp

/// Passes claimed messages through the last gate and the limits on people, and marks those that go out as asked.
struct GateDesk: Sendable {
    let context: SendingContext
    let state: PumpState

    /// All in one transaction; what comes back is on disk and goes out now. What has to wait is planned again.
    func ask(_ messages: [MessageRecord]) async throws -> [MessageRecord] {
        guard let channel = state.channel else { return [] }
        let now = context.clock.now()
        let waits = state.pairWaits(of: messages)
        return try await context.engine.write { [context, state] session in
            let waiting = try context.ledger.stillClaimed(messages, in: session)
            let judged = try LastGate(consent: context.consent).judge(waiting, isMarketing: state.isMarketing, in: session)
            try context.ledger.exclude(judged.excluded, in: session)
            let isHeld = { (message: MessageRecord) in state.holds(message.templateID) }
            let (held, free) = (judged.passed.filter(isHeld), judged.passed.filter { !isHeld($0) })
            let paired = free.compactMap { message in waits[message.id].map { (message, until: now + $0) } }
            let ready = free.filter { waits[$0.id] == nil }
            let (admitted, crowded) = try PeopleBudget().admit(ready, over: channel, at: now, in: session)
            try context.ledger.postpone(held.map { ($0, until: $0.dueAt) } + paired + crowded, in: session)
            return try context.ledger.ask(admitted, at: now, leaseUntil: now + context.settings.lease, in: session)
        }
    }
}
