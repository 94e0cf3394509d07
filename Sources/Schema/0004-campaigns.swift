import Storage

extension Migration {
    static let campaigns = Migration(number: 4, name: "0004-campaigns") { sql in
        [
            """
            CREATE TABLE campaign (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                name \(sql.textType) NOT NULL,
                type \(sql.textType) NOT NULL
                    CHECK (type IN ('one_time', 'single_action', 'inaction', 'date_time', 'direct')),
                status \(sql.textType) NOT NULL
                    CHECK (status IN ('draft', 'approval_pending', 'rejected', 'scheduled', 'running', 'completed', 'stopped',
                        'expired', 'archived')),
                channel_id \(sql.integerType) NOT NULL REFERENCES channel (id),
                template_id \(sql.integerType) NOT NULL REFERENCES template (id),
                definition \(sql.textType) NOT NULL,
                start_at \(sql.integerType),
                run \(sql.integerType) NOT NULL DEFAULT 0,
                planned_up_to \(sql.integerType) NOT NULL DEFAULT 0,
                planned_at \(sql.integerType),
                created_at \(sql.integerType) NOT NULL,
                started_at \(sql.integerType),
                finished_at \(sql.integerType)
            ) \(sql.tableOptions)
            """,
            "CREATE INDEX campaign_by_account ON campaign (account_id, id)",
            "CREATE INDEX campaign_live ON campaign (status, start_at) WHERE status IN ('scheduled', 'running')",
        ]
    }
}
