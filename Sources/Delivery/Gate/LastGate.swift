import Core
import Messages
import Profiles
import Storage

/// The last check, in the very transaction that marks a message as asked: whatever was committed before it counts, such
/// as a STOP that arrived a moment ago. In this order: the campaign runs, the person is there and may be written to, control
/// groups, cut-off, quiet hours; and then, for what could go out, the limits that count. Variables were settled when the
/// message was planned.
struct LastGate: Sendable {
    let consent: ConsentStore
    let zones: PeopleZones

    /// What is asked of each message by itself.
    func rules(for batch: GateBatch, isMarketing: @escaping (TemplateID) -> Bool, in session: any SQLSession) throws -> [any GateRule] {
        let quiet = try QuietHoursRule(batch, zones: zones, in: session)
        return [
            try RunningRule(batch, in: session),
            try ReachabilityRule(batch, consent: consent, isMarketing: isMarketing, in: session),
            ControlRule(policies: batch.policies),
            CutoffRule(batch, zones: zones),
        ] + (quiet.map { [$0] } ?? [])
    }

    /// What is counted. Transactions that count against the same limits take turns from here on.
    func limits(for batch: GateBatch, in session: any SQLSession) throws -> [any GateRule] {
        try lock(batch, in: session)
        let rules: [(any GateRule)?] = [
            try AccountRule(batch, in: session), try CampaignRule(batch, in: session),
            try ReachRule(batch, zones: zones, in: session), try ThrottleRule(batch, in: session),
        ]
        return rules.compactMap(\.self)
    }

    private func lock(_ batch: GateBatch, in session: any SQLSession) throws {
        let isHeld = batch.policies.account != .none && batch.messages.contains(where: batch.policies.holdsToAccount)
        let counted = batch.messages { $0.limitsReach || $0.limitsPeople || $0.throttle != nil }
        try PolicyBook().lock(account: isHeld ? batch.account : nil, campaigns: Set(counted.map(\.campaignID)), in: session)
    }
}
