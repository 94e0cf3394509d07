package import Core
package import Storage
package import ZoneTime

/// What the last gate decides about a claimed message.
package enum Ruling: Hashable, Sendable {
    /// It goes out now.
    /// - Parameter day: on which it counts against its campaign's limits; nil where there are none.
    case ask(day: Day?)
    case exclude(Reason)
    /// Held back as a member of a control group.
    case control
    /// Not before the time.
    case postpone(until: Timestamp)
    /// Not before the interval in which it has a place.
    case queue(Timestamp)
}

extension MessageLedger {
    /// Carries out rulings on claimed messages, all in one step. The caller makes the requests of those asked after this
    /// transaction is on disk, and only then.
    /// - Returns: the messages that are asked, as they now are, with the number of the attempt.
    package func carryOut(
        _ rulings: [(MessageRecord, Ruling)], at now: Timestamp, leaseUntil: Timestamp, in session: some SQLSession
    ) throws -> [MessageRecord] {
        let changes = rulings.map { record, ruling in
            var after = record
            after.rule(ruling, at: now, leaseUntil: leaseUntil)
            return (before: record, after: after)
        }
        try save(changes, in: session)
        return changes.map(\.after).filter { $0.state == .asked }
    }

    /// Marks messages as asked; the caller makes the requests after this transaction is on disk, and only then.
    /// - Returns: the messages as they now are, with the number of the attempt.
    package func ask(
        _ records: [MessageRecord], at now: Timestamp, leaseUntil: Timestamp, in session: some SQLSession
    ) throws -> [MessageRecord] {
        try carryOut(records.map { ($0, .ask(day: nil)) }, at: now, leaseUntil: leaseUntil, in: session)
    }
}

extension MessageRecord {
    func excluded(_ reason: Reason) -> MessageRecord {
        var record = self
        (record.state, record.reason, record.leaseUntil) = (.excluded, reason, nil)
        return record
    }

    fileprivate mutating func rule(_ ruling: Ruling, at now: Timestamp, leaseUntil lease: Timestamp) {
        leaseUntil = nil
        switch ruling {
        case .ask(let day):
            (state, leaseUntil, attempts, reachDay) = (.asked, lease, attempts + 1, day)
            askedAt = askedAt ?? now
        case .exclude(let reason): self = excluded(reason)
        case .control: state = .control
        case .postpone(let time): (state, dueAt) = (.planned, time)
        case .queue(let place): (state, dueAt, slotAt) = (.planned, place, place)
        }
    }
}
