import Core
import Messages
import Profiles
import Storage
import ZoneTime

/// It is before the campaign's cut-off, by the account's clock.
struct CutoffRule: GateRule {
    private let policies: Policies
    /// What the clocks show in each zone of a policy with a cut-off.
    private let clocks: [String: LocalTime]

    init(_ batch: GateBatch, zones: PeopleZones) {
        policies = batch.policies
        let names = Set(batch.messages { $0.cutoff != nil }.map { batch.policies[$0].zone })
        clocks = Dictionary(uniqueKeysWithValues: names.map { ($0, zones.zone(named: $0).local(of: batch.now).time) })
    }

    func objection(to message: MessageRecord) -> Ruling? {
        let policy = policies[message]
        guard let cutoff = policy.cutoff, let time = clocks[policy.zone], time >= cutoff else { return nil }
        return .exclude(.cutoffReached)
    }
}

/// It is not in the campaign's quiet hours, by the person's clock.
struct QuietHoursRule: GateRule {
    private let policies: Policies
    private let choices: [ProfileID: ZoneChoice]
    private let now: Timestamp

    /// Nil when no campaign of the batch has quiet hours.
    init?(_ batch: GateBatch, zones: PeopleZones, in session: any SQLSession) throws {
        let asked = batch.messages { $0.quietHours != nil }
        guard let first = asked.first else { return nil }
        (policies, now) = (batch.policies, batch.now)
        choices = try zones.choices(
            for: asked.map(\.profileID), of: batch.account, else: zones.zone(named: batch.policies[first].zone), in: session)
    }

    func objection(to message: MessageRecord) -> Ruling? {
        guard let quiet = policies[message].quietHours, let zone = choices[message.profileID]?.zone,
            quiet.hours.isQuiet(at: now, in: zone)
        else { return nil }
        guard quiet.action == .delay, let end = quiet.hours.nextOpen(from: now, in: zone) else { return .exclude(.quietHours) }
        return .postpone(until: end)
    }
}
