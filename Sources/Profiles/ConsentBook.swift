import Core

/// The people that some statements are about, in memory: loaded at once, changed statement by statement, and written at
/// once. Pure.
struct ConsentBook {
    let now: Timestamp
    private(set) var people: [ProfileID: Profile]
    private(set) var lines: [ConsentLedger.Line] = []
    /// The newest `MSG-whatsapp` line of those whom a statement may only take back.
    private var newest: [ProfileID: ConsentEntry]

    init(now: Timestamp, people: [ProfileID: Profile], newest: [ProfileID: ConsentEntry]) {
        (self.now, self.people, self.newest) = (now, people, newest)
    }

    mutating func apply(_ change: ConsentChange) -> ConsentEffect {
        guard let person = people[change.profileID] else { return .unchanged }
        guard !change.onlyTakesBack || person.whatsApp || isLastSaid(by: change.source, of: person) else { return .withheld }
        // A clock that is ahead must not shut out what is said later, and one that is behind must not lose its own.
        let time = change.occurredAt.map { min($0, now) } ?? max(now, person.whatsAppSaidAt ?? now)
        guard people[change.profileID]?.setConsent(change.kind, change.granted, at: time) == true else { return .unchanged }
        let entry = ConsentEntry(
            kind: change.kind.rawValue, granted: change.granted, occurredAt: change.occurredAt ?? time, recordedAt: now,
            source: change.source, evidence: change.evidence)
        lines.append(ConsentLedger.Line(profileID: change.profileID, entry: entry))
        if change.kind == .whatsApp { newest[change.profileID] = entry }
        return .changed
    }

    /// Whether the newest line is an opt-out from `source` and nobody has said so again since: a repeated opt-out leaves
    /// no line, only its time.
    private func isLastSaid(by source: String, of person: Profile) -> Bool {
        guard let line = newest[person.id], !line.granted, line.source == source else { return false }
        return line.occurredAt.wholeSeconds == person.whatsAppSaidAt
    }
}
