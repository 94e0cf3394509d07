import Storage

extension Migration {
    /// How far the log of events has been read for triggers, and the people who wait for their moment.
    static let triggers = Migration(number: 11, name: "0011-triggers") { sql in
        [
            """
            CREATE TABLE trigger_cursor (
                name \(sql.textType) PRIMARY KEY,
                position \(sql.integerType) NOT NULL
            ) \(sql.keyedTableOptions)
            """,
            """
            CREATE TABLE wait (
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                campaign_id \(sql.integerType) NOT NULL REFERENCES campaign (id),
                profile_id \(sql.integerType) NOT NULL REFERENCES profile (id),
                match_key \(sql.textType) NOT NULL,
                event_id \(sql.integerType),
                anchor_at \(sql.integerType) NOT NULL,
                due_at \(sql.integerType) NOT NULL,
                PRIMARY KEY (campaign_id, profile_id, match_key)
            ) \(sql.keyedTableOptions)
            """,
            "CREATE INDEX wait_due ON wait (due_at)",
            "ALTER TABLE campaign ADD COLUMN test_until \(sql.integerType)",
            "ALTER TABLE campaign ADD COLUMN winner \(sql.textType)",
        ]
    }
}
