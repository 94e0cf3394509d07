import Channels
import Core
import Messages
import Profiles
import Storage
import WhatsApp

/// Passes claimed messages through the last gate and the limits on people, and marks those that go out as asked.
struct GateDesk: Sendable {
    let context: SendingContext
    let state: PumpState

    private var gate: LastGate { LastGate(consent: context.consent, zones: context.zones) }

    /// All in one transaction; what comes back is on disk and goes out now. What has to wait is planned again.
    func ask(_ messages: [MessageRecord]) async throws -> [MessageRecord] {
        guard let channel = state.channel else { return [] }
        let now = context.clock.now()
        let waits = state.pairWaits(of: messages)
        return try await context.engine.write { session in
            let batch = try batch(of: try context.ledger.stillClaimed(messages, in: session), over: channel, at: now, session)
            var judged = Judgement(batch.messages)
            try judged.apply(try gate.rules(for: batch, isMarketing: state.isMarketing, in: session), in: session)
            judged.apply { state.holds($0.templateID) ? .postpone(until: $0.dueAt) : nil }
            judged.apply { message in waits[message.id].map { .postpone(until: now + $0) } }
            let admission = try PeopleBudget().admit(judged.passed, over: channel, at: now, in: session)
            judged.apply { message in admission.waiting[message.id].map { .postpone(until: $0) } }
            let ready = batch.keeping(judged.passed)
            try judged.apply(try gate.limits(for: ready, in: session), in: session)
            try admission.record(judged.passed, at: now, in: session)
            let days = ReachRule.days(ready, context.zones)
            let rulings = judged.rulings + judged.passed.map { ($0, Ruling.ask(day: days[$0.campaignID])) }
            return try context.ledger.carryOut(rulings, at: now, leaseUntil: now + context.settings.lease, in: session)
        }
    }

    private func batch(
        of messages: [MessageRecord], over channel: Channel, at now: Timestamp, _ session: any SQLSession
    ) throws -> GateBatch {
        GateBatch(
            account: channel.accountID, channel: channel.id,
            policies: try state.policies.policies(for: messages, of: channel.accountID, in: session), now: now, messages: messages)
    }
}
