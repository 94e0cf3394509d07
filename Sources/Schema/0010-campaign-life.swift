import Storage

extension Migration {
    /// What campaigns need to be found, labelled, approved, held and archived, and the control groups of accounts.
    static let campaignLife = Migration(number: 10, name: "0010-campaign-life") { sql in
        campaignColumns(sql) + campaignParts(sql) + accountParts(sql)
    }

    private static func campaignColumns(_ sql: Dialect) -> [String] {
        [
            "name_key \(sql.textType) NOT NULL DEFAULT ''", "end_at \(sql.integerType)", "held_code \(sql.textType)",
            "held_at \(sql.integerType)", "comment \(sql.textType)", "decided_at \(sql.integerType)",
        ].map { "ALTER TABLE campaign ADD COLUMN \($0)" } + [
            "CREATE INDEX campaign_pending ON campaign (status, id) WHERE status = 'approval_pending'"
        ]
    }

    private static func campaignParts(_ sql: Dialect) -> [String] {
        [
            """
            CREATE TABLE campaign_template (
                campaign_id \(sql.integerType) NOT NULL REFERENCES campaign (id),
                position \(sql.integerType) NOT NULL,
                template_id \(sql.integerType) NOT NULL REFERENCES template (id),
                PRIMARY KEY (campaign_id, position)
            ) \(sql.keyedTableOptions)
            """,
            """
            CREATE TABLE campaign_label (
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                label \(sql.textType) NOT NULL,
                campaign_id \(sql.integerType) NOT NULL REFERENCES campaign (id),
                PRIMARY KEY (account_id, label, campaign_id)
            ) \(sql.keyedTableOptions)
            """,
            "CREATE INDEX campaign_label_by_campaign ON campaign_label (campaign_id)",
        ]
    }

    private static func accountParts(_ sql: Dialect) -> [String] {
        [
            """
            CREATE TABLE campaign_setting (
                account_id \(sql.integerType) PRIMARY KEY REFERENCES account (id),
                approval \(sql.integerType) NOT NULL CHECK (approval IN (0, 1))
            ) \(sql.tableOptions)
            """,
            """
            CREATE TABLE label (
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                name \(sql.textType) NOT NULL,
                PRIMARY KEY (account_id, name)
            ) \(sql.keyedTableOptions)
            """,
            """
            CREATE TABLE control_group (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                kind \(sql.textType) NOT NULL CHECK (kind IN ('system', 'custom')),
                name \(sql.textType) NOT NULL,
                purpose \(sql.textType) NOT NULL,
                percent \(sql.integerType) NOT NULL CHECK (percent BETWEEN 2 AND 5),
                salt \(sql.textType) NOT NULL,
                created_at \(sql.integerType) NOT NULL,
                UNIQUE (account_id, name)
            ) \(sql.tableOptions)
            """,
            "CREATE UNIQUE INDEX control_group_system ON control_group (account_id) WHERE kind = 'system'",
            """
            CREATE TABLE control_exempt (
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                profile_id \(sql.integerType) NOT NULL REFERENCES profile (id),
                PRIMARY KEY (account_id, profile_id)
            ) \(sql.keyedTableOptions)
            """,
        ]
    }
}
