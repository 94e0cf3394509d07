import Audience
import Core
import Messages
import Profiles
import Storage
import ZoneTime

/// A wait whose moment has come, and what becomes of it.
struct JudgedWait: Sendable {
    enum Verdict: Sendable {
        /// Nothing is sent and nothing counted: the moment did not come to be.
        case drop
        /// The zone's rules have changed since it was written down, and the moment is later.
        case move(to: Timestamp)
        case qualify(Candidate)
    }

    let wait: Wait
    let campaign: Campaign
    let verdict: Verdict
    /// The next wait of the same person, where the date comes back.
    let next: Wait?
}

/// Judges those whose moment has come, as they are now. Only reads.
struct WaitJudge: Sendable {
    let log: EventLog
    let events: EventStore
    let profiles: ProfileStore
    let live: LiveCampaigns
    let audiences: Audiences

    /// How many events are in memory at once.
    private static let slice = 5000

    /// Waits whose campaign is no longer there or whose event was deleted are left out of the campaign's numbers.
    func judge(_ waits: [Wait], at now: Timestamp, in session: any SQLSession) throws -> [JudgedWait] {
        let campaigns = try live.some(waits.map(\.campaignID), at: now, in: session)
        let events = try log.events(Array(Set(waits.compactMap(\.eventID))), in: session)
        return try Dictionary(grouping: waits, by: \.campaignID).sorted { $0.key < $1.key }.flatMap { id, waits in
            guard let campaign = campaigns[id] else { return [JudgedWait]() }
            let moments = waits.map { wait in Moment(wait: wait, event: wait.eventID.flatMap { events[$0] }) }
            return try judge(moments, of: campaign, at: now, session)
        }
    }

    private struct Moment {
        let wait: Wait
        /// Nil for a date of the person's own.
        let event: StoredEvent?
    }

    private func judge(
        _ moments: [Moment], of live: LiveCampaign, at now: Timestamp, _ session: any SQLSession
    ) throws -> [JudgedWait] {
        let people = try profiles.profiles(moments.map(\.wait.profileID), of: live.campaign.accountID, in: session)
        let undone = try counterparts(to: moments, of: live, at: now, session)
        let open = moments.filter { live.state(of: $0.wait) == .open && !undone.contains($0.wait) }
        let fitting = try audiences.judge(
            live.filter, Array(Set(open.map(\.wait.profileID))), of: live.campaign.accountID,
            at: RuleMoment(now: now, zone: live.zone), in: session)
        return moments.map { moment in
            let verdict = live.verdict(
                on: moment.wait, moment.event, person: people[moment.wait.profileID], isUndone: undone.contains(moment.wait),
                isFitting: fitting.contains(moment.wait.profileID), at: now)
            let next = people[moment.wait.profileID].flatMap { live.next(after: moment.wait, $0) }
            return JudgedWait(wait: moment.wait, campaign: live.campaign, verdict: verdict, next: next)
        }
    }

    /// Those who did in time what the campaign waits for, or took back what they wait for. Judged by the events' own times,
    /// in whatever order they arrived.
    private func counterparts(
        to moments: [Moment], of live: LiveCampaign, at now: Timestamp, _ session: any SQLSession
    ) throws -> Set<Wait> {
        guard let match = live.trigger.counterpart, let first = moments.map(\.wait.anchorAt).min() else { return [] }
        let waits = Dictionary(grouping: moments.map(\.wait), by: \.profileID)
        let stretch = EventStretch(
            name: match.name, account: live.campaign.accountID, from: first + .microseconds(1), to: now + .microseconds(1))
        var undone: Set<Wait> = []
        try events.forEach(in: stretch, of: Array(waits.keys), atOnce: Self.slice, in: session) { person, occurrence in
            guard match.matches(match.matchKey, occurrence.properties) else { return }
            undone.formUnion(waits[person, default: []].filter { live.isUndone($0, by: occurrence) })
        }
        return undone
    }
}

extension LiveCampaign {
    enum State { case open, stopped, over }

    /// Whether the campaign still sends for a wait that is due.
    func state(of wait: Wait) -> State {
        switch campaign.status {
        case .running: isOver(at: wait.dueAt) ? .over : .open
        case .stopped: .stopped
        default: .over
        }
    }

    /// Whether an occurrence of the counterpart takes away the wait's reason.
    func isUndone(_ wait: Wait, by occurrence: Occurrence) -> Bool {
        guard occurrence.occurredAt > wait.anchorAt else { return false }
        return switch trigger {
        case .singleAction: false
        case .inaction: occurrence.occurredAt <= wait.dueAt - Self.grace
        case .eventDate(let date): date.same == nil || trigger.key(in: occurrence.properties) == wait.key
        case .profileDate: false
        }
    }

    /// Whether people are judged by the rule when their event arrives as well: where the message goes out later.
    var judgesOnArrival: Bool {
        guard case .singleAction = trigger else { return false }
        return campaign.definition.when.delay != nil
    }

    func verdict(
        on wait: Wait, _ event: StoredEvent?, person: Profile?, isUndone: Bool, isFitting: Bool, at now: Timestamp
    ) -> JudgedWait.Verdict {
        guard let person, !isUndone, let run = run(of: wait, person) else { return .drop }
        let candidate = { reason in Candidate(person: person, run: run, event: event?.properties, dueAt: wait.dueAt, excluded: reason) }
        switch state(of: wait) {
        case .over: return .drop
        case .stopped: return judgesOnArrival ? .qualify(candidate(.campaignStopped)) : .drop
        case .open: break
        }
        if case .eventDate = trigger, let event, let due = due(from: wait.anchorAt, event), due > now { return .move(to: due) }
        guard isFitting else { return judgesOnArrival ? .qualify(candidate(.userNotQualified)) : .drop }
        return .qualify(candidate(nil))
    }

    /// The wait for the same date of the next year; nil unless it comes back.
    func next(after wait: Wait, _ person: Profile) -> Wait? {
        guard case .profileDate(let date) = trigger, date.isYearly, state(of: wait) == .open else { return nil }
        return self.wait(of: person, date, after: wait.dueAt, read: wait.anchorAt)
    }

    /// What stands for the run in the send key: the event, or the day of the person's own date. Nil when the event is gone or
    /// the date is another by now.
    private func run(of wait: Wait, _ person: Profile) -> Int? {
        guard case .profileDate(let date) = trigger else { return wait.eventID.map { Int($0.rawValue) } }
        return date.occasion(of: person, dueAt: wait.dueAt, in: zone).map { Int($0.day.number) }
    }
}
