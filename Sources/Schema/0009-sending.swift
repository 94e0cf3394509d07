import Storage

extension Migration {
    /// What live campaigns and limits need of the send ledger.
    static let sending = Migration(number: 9, name: "0009-sending") { sql in messageColumns(sql) + limits(sql) }

    private static func messageColumns(_ sql: Dialect) -> [String] {
        [
            "ALTER TABLE message ADD COLUMN lane \(sql.integerType) NOT NULL DEFAULT 2 CHECK (lane IN (0, 1, 2))",
            "ALTER TABLE message ADD COLUMN variant \(sql.textType)",
            "ALTER TABLE message ADD COLUMN reach_day \(sql.integerType)",
            "ALTER TABLE message ADD COLUMN slot_at \(sql.integerType)",
            "DROP INDEX message_due",
            // By lane, so that those who go first are found first, and in it by time, so that what is due later costs nothing.
            "CREATE INDEX message_due ON message (channel_id, template_id, lane, due_at, id) WHERE state = 'planned'",
            """
            CREATE INDEX message_by_person ON message (profile_id, asked_at, campaign_id, lane, state)
            WHERE state IN ('asked', 'accepted', 'unknown') AND lane > 0
            """,
        ]
    }

    private static func limits(_ sql: Dialect) -> [String] {
        [
            """
            CREATE TABLE send_policy (
                campaign_id \(sql.integerType) PRIMARY KEY REFERENCES campaign (id),
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                policy \(sql.textType) NOT NULL
            ) \(sql.tableOptions)
            """,
            """
            CREATE TABLE account_policy (
                account_id \(sql.integerType) PRIMARY KEY REFERENCES account (id),
                policy \(sql.textType) NOT NULL
            ) \(sql.tableOptions)
            """,
            """
            CREATE TABLE reach_count (
                campaign_id \(sql.integerType) NOT NULL REFERENCES campaign (id),
                day \(sql.integerType) NOT NULL,
                count \(sql.integerType) NOT NULL,
                PRIMARY KEY (campaign_id, day)
            ) \(sql.keyedTableOptions)
            """,
            """
            CREATE TABLE throttle_queue (
                scope \(sql.textType) NOT NULL CHECK (scope IN ('campaign', 'channel')),
                id \(sql.integerType) NOT NULL,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                slot_at \(sql.integerType) NOT NULL,
                used \(sql.integerType) NOT NULL,
                PRIMARY KEY (scope, id)
            ) \(sql.keyedTableOptions)
            """,
        ]
    }
}
