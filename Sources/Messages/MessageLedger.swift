package import Core
package import Storage

/// The send ledger: the only writer of messages, attempts, tallies and counts of reach. Every change of a row and what
/// it does to the numbers stand in the same transaction.
package struct MessageLedger: Sendable {
    let engine: any SQLEngine
    let ids: IDMaker

    package init(engine: any SQLEngine, ids: IDMaker) { (self.engine, self.ids) = (engine, ids) }

    /// The messages with these ids, locked for this transaction, by id.
    func load(_ wanted: some Sequence<MessageID>, in session: some SQLSession) throws -> [MessageID: MessageRecord] {
        let rows = try session.rows(Self.byIDs, [.list(Set(wanted))])
        return Dictionary(try rows.map { row in (try row.id(0), try MessageRecord(row: row)) }, uniquingKeysWith: { $1 })
    }

    /// One message, whatever its state; nil when there is none. Locked until the transaction ends.
    package func record(_ id: MessageID, in session: some SQLSession) throws -> MessageRecord? { try load([id], in: session)[id] }

    /// Writes rows that changed, each once, and the tallies with them.
    func save(_ changes: [(before: MessageRecord, after: MessageRecord)], in session: some SQLSession) throws {
        let changed = changes.filter { $0.before != $0.after }.sorted { $0.after.id < $1.after.id }
        guard !changed.isEmpty else { return }
        let sending = changed.filter { $0.before.sendingValues != $0.after.sendingValues }.map(\.after)
        let milestones = changed.filter { $0.before.milestoneValues != $0.after.milestoneValues }.map(\.after)
        if !sending.isEmpty { try session.run(Self.saveSending, batch: sending.map { $0.sendingValues + [.id($0.id)] }) }
        if !milestones.isEmpty { try session.run(Self.saveMilestones, batch: milestones.map { $0.milestoneValues + [.id($0.id)] }) }
        var tallies = TallyChanges()
        var reach = ReachChanges()
        for (before, after) in changed {
            tallies.note(from: before, to: after)
            reach.note(from: before, to: after)
        }
        try tallies.write(in: session)
        try reach.write(in: session)
    }

    private static let byIDs = Query("message.by_ids") { sql in
        """
        SELECT \(MessageRecord.columns) FROM message WHERE id IN \(sql.integers("$1")) ORDER BY id \(sql.forUpdate)
        """
    }

    private static let saveSending = Query(
        "message.save_sending",
        """
        UPDATE message SET state = $1, reason = $2, due_at = $3, lease_until = $4, attempts = $5, provider_message_id = $6,
            asked_at = $7, retries = $8, whatsapp_message_id = $9, reach_day = $10, slot_at = $11 WHERE id = $12
        """)

    private static let saveMilestones = Query(
        "message.save_milestones",
        """
        UPDATE message SET accepted_at = $1, sent_at = $2, delivered_at = $3, viewed_at = $4, failed_at = $5, replies = $6,
            pricing = $7
        WHERE id = $8
        """)
}
