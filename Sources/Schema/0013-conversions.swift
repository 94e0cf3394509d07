import Storage

extension Migration {
    /// What campaigns hope for, and who did it.
    static let conversions = Migration(number: 13, name: "0013-conversions") { sql in
        [
            """
            CREATE TABLE conversion_goal (
                campaign_id \(sql.integerType) PRIMARY KEY REFERENCES campaign (id),
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                event_key \(sql.textType) NOT NULL
            ) \(sql.tableOptions)
            """,
            "CREATE INDEX conversion_goal_by_event ON conversion_goal (account_id, event_key, campaign_id)",
            """
            CREATE TABLE conversion (
                campaign_id \(sql.integerType) NOT NULL REFERENCES campaign (id),
                profile_id \(sql.integerType) NOT NULL REFERENCES profile (id),
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                is_control \(sql.integerType) NOT NULL CHECK (is_control IN (0, 1)),
                converted_at \(sql.integerType) NOT NULL,
                revenue \(sql.integerType) NOT NULL,
                PRIMARY KEY (campaign_id, profile_id)
            ) \(sql.keyedTableOptions)
            """,
            "CREATE INDEX message_control_by_person ON message (profile_id, planned_at, campaign_id) WHERE state = 'control'",
        ]
    }
}
