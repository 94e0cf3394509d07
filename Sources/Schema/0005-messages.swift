import Storage

extension Migration {
    static let messages = Migration(number: 5, name: "0005-messages") { sql in
        [
            """
            CREATE TABLE message (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                campaign_id \(sql.integerType) NOT NULL REFERENCES campaign (id),
                run \(sql.integerType) NOT NULL,
                profile_id \(sql.integerType) NOT NULL REFERENCES profile (id),
                channel_id \(sql.integerType) NOT NULL REFERENCES channel (id),
                template_id \(sql.integerType) NOT NULL REFERENCES template (id),
                phone \(sql.textType),
                parameters \(sql.textType) NOT NULL,
                state \(sql.textType) NOT NULL CHECK (state IN
                    ('control', 'excluded', 'planned', 'claimed', 'asked', 'accepted', 'unknown', 'failed')),
                reason \(sql.textType),
                due_at \(sql.integerType) NOT NULL,
                lease_until \(sql.integerType),
                attempts \(sql.integerType) NOT NULL DEFAULT 0,
                provider_message_id \(sql.textType),
                planned_at \(sql.integerType) NOT NULL,
                asked_at \(sql.integerType),
                accepted_at \(sql.integerType),
                sent_at \(sql.integerType),
                delivered_at \(sql.integerType),
                viewed_at \(sql.integerType),
                failed_at \(sql.integerType),
                replies \(sql.integerType) NOT NULL DEFAULT 0,
                UNIQUE (campaign_id, run, profile_id)
            ) \(sql.tableOptions)
            """,
            "CREATE INDEX message_due ON message (channel_id, due_at, id) WHERE state = 'planned'",
            "CREATE INDEX message_leased ON message (lease_until) WHERE state IN ('claimed', 'asked')",
            "CREATE INDEX message_open ON message (campaign_id) WHERE state IN ('planned', 'claimed', 'asked')",
            "CREATE INDEX message_by_phone ON message (channel_id, phone, id) WHERE phone IS NOT NULL",
            """
            CREATE INDEX message_by_provider_id ON message (channel_id, provider_message_id)
            WHERE provider_message_id IS NOT NULL
            """,
            """
            CREATE TABLE attempt (
                message_id \(sql.integerType) NOT NULL REFERENCES message (id),
                number \(sql.integerType) NOT NULL,
                account_id \(sql.integerType) NOT NULL,
                settled_at \(sql.integerType) NOT NULL,
                outcome \(sql.textType) NOT NULL CHECK (outcome IN ('refused', 'unknown')),
                disposition \(sql.textType),
                code \(sql.textType) NOT NULL,
                summary \(sql.textType) NOT NULL,
                PRIMARY KEY (message_id, number)
            ) \(sql.keyedTableOptions)
            """,
            """
            CREATE TABLE tally (
                campaign_id \(sql.integerType) NOT NULL REFERENCES campaign (id),
                name \(sql.textType) NOT NULL,
                account_id \(sql.integerType) NOT NULL,
                value \(sql.integerType) NOT NULL,
                PRIMARY KEY (campaign_id, name)
            ) \(sql.keyedTableOptions)
            """,
        ]
    }
}
