import Core
import Messages

/// The person is in none of the control groups that the campaign respects.
struct ControlRule: GateRule {
    let policies: Policies

    func objection(to message: MessageRecord) -> Ruling? {
        let policy = policies[message]
        guard !policy.exempt.contains(message.profileID) else { return nil }
        return policy.controls.contains { $0.holds(message.profileID) } ? .control : nil
    }
}
