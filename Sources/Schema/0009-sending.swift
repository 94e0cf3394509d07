import Storage

extension Migration {
    /// What live campaigns and limits need of the send ledger.
    static let sending = Migration(number: 9, name: "0009-sending") { sql in
        [
            "ALTER TABLE message ADD COLUMN lane \(sql.integerType) NOT NULL DEFAULT 2 CHECK (lane IN (0, 1, 2))",
            "ALTER TABLE message ADD COLUMN variant \(sql.textType)",
            "DROP INDEX message_due",
            // By lane, so that those who go first are found first, and in it by time, so that what is due later costs nothing.
            "CREATE INDEX message_due ON message (channel_id, template_id, lane, due_at, id) WHERE state = 'planned'",
        ]
    }
}
