package import Core
package import Storage
import WhatsApp

extension MessageLedger {
    /// Those of the given messages that are still claimed, locked until the transaction ends: what the last gate judges.
    /// Each comes once, also when it is given twice, as happens when a claim ran out and was taken anew.
    package func stillClaimed(_ claimed: [MessageRecord], in session: some SQLSession) throws -> [MessageRecord] {
        let rows = try session.rows(Self.stillClaimed, [.list(claimed.map(\.id))])
        var current = Dictionary(try rows.map { row in (try row.id(0, MessageID.self), row) }, uniquingKeysWith: { $1 })
        return try claimed.compactMap { record in
            guard let row = current.removeValue(forKey: record.id) else { return nil }
            var record = record
            // All that another holder may have changed before the message was claimed anew.
            (record.attempts, record.askedAt) = (try row.int(1), try row.timeIfPresent(2))
            return record
        }
    }

    /// Takes in how requests ended, and keeps a line of each that was refused or lost.
    /// - Returns: the messages as they are now, by id.
    @discardableResult
    package func settle(_ settlements: [Settlement], in session: some SQLSession) throws -> [MessageID: MessageRecord] {
        guard !settlements.isEmpty else { return [:] }
        let records = try load(settlements.map(\.messageID), in: session)
        var settled = records
        for settlement in settlements { settled[settlement.messageID]?.settle(settlement) }
        try save(changes(from: records, to: settled), in: session)
        let attempts = settlements.compactMap { settlement in records[settlement.messageID].flatMap(settlement.attemptRow) }
        if !attempts.isEmpty { try session.run(Self.recordAttempt, batch: attempts) }
        return settled
    }

    /// The same in a transaction of its own.
    package func settle(_ settlements: [Settlement]) async throws {
        guard !settlements.isEmpty else { return }
        try await engine.write { _ = try settle(settlements, in: $0) }
    }

    /// Pairs what was loaded with what became of it.
    func changes(
        from before: [MessageID: MessageRecord], to after: [MessageID: MessageRecord]
    ) -> [(before: MessageRecord, after: MessageRecord)] {
        before.values.compactMap { record in after[record.id].map { (record, $0) } }
    }

    /// Gives claimed messages back, at a stop in good order. Asked ones stay as they are.
    package func release(_ ids: [MessageID]) async throws {
        guard !ids.isEmpty else { return }
        try await engine.write { session in _ = try session.run(Self.release, [.list(ids)]) }
    }

    /// Cleans up behind a process that died: claims whose lease is over go back to planned, requests whose lease is over
    /// become unknown. Calling it twice does nothing more.
    /// - Returns: how many became planned and unknown; at most 1,000 requests are looked at in a call.
    package func expireLeases(at now: Timestamp) async throws -> (planned: Int, unknown: Int) {
        try await engine.write { session in
            let released = try session.run(Self.releaseExpired, [.time(now)])
            let records = try session.rows(Self.expiredRequests, [.time(now)]).map(MessageRecord.init(row:))
            let unknown = records.map { record in
                var lost = record
                lost.settle(Settlement(messageID: record.id, attempt: record.attempts, result: .lostByCrash, at: now))
                return (before: record, after: lost)
            }
            try save(unknown, in: session)
            return (released, unknown.count)
        }
    }

    private static let stillClaimed = Query("message.still_claimed") { sql in
        """
        SELECT id, attempts, asked_at FROM message WHERE id IN \(sql.integers("$1")) AND state = 'claimed'
        ORDER BY id \(sql.forUpdate)
        """
    }

    private static let release = Query("message.release") { sql in
        "UPDATE message SET state = 'planned', lease_until = NULL WHERE id IN \(sql.integers("$1")) AND state = 'claimed'"
    }

    // The conditions of both repeat that of the index `message_leased`: SQLite does not see that one state is among two.
    private static let releaseExpired = Query(
        "message.release_expired",
        """
        UPDATE message SET state = 'planned', lease_until = NULL
        WHERE state IN ('claimed', 'asked') AND state = 'claimed' AND lease_until < $1
        """)

    private static let expiredRequests = Query("message.expired_requests") { sql in
        """
        SELECT \(MessageRecord.columns) FROM message
        WHERE state IN ('claimed', 'asked') AND state = 'asked' AND lease_until < $1
        ORDER BY lease_until, id LIMIT 1000 \(sql.skipLocked)
        """
    }

    private static let recordAttempt = Query(
        "attempt.record",
        """
        INSERT INTO attempt (message_id, number, account_id, settled_at, outcome, disposition, code, summary)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (message_id, number) DO NOTHING
        """)
}

extension Settlement.Result {
    static let lostByCrash = Self.unknown(code: "stopped", summary: "The process ended before the answer came.")
}

extension Settlement {
    /// A row of `attempt`; nil for an acceptance, whose history is the message itself.
    fileprivate func attemptRow(of record: MessageRecord) -> [SQLValue]? {
        let start: [SQLValue] = [.id(messageID), .int(attempt), .id(record.accountID), .time(at)]
        switch result {
        case .accepted: return nil
        case .again(_, let failure), .failed(_, let failure):
            return start + [.text("refused"), .text(failure.disposition.rawValue), .text(failure.code), .text(failure.summary)]
        case .unknown(let code, let summary): return start + [.text("unknown"), .null, .text(code), .text(summary)]
        }
    }
}
