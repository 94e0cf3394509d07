import Storage

extension Migration {
    static let receipts = Migration(number: 6, name: "0006-receipts") { sql in
        [
            """
            CREATE TABLE raw_webhook (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                channel_id \(sql.integerType) NOT NULL REFERENCES channel (id),
                kind \(sql.textType) NOT NULL CHECK (kind IN ('inbound', 'status')),
                body \(sql.blobType) NOT NULL,
                received_at \(sql.integerType) NOT NULL,
                state \(sql.textType) NOT NULL CHECK (state IN ('waiting', 'applied', 'unmatched', 'unreadable')),
                due_at \(sql.integerType) NOT NULL,
                tries \(sql.integerType) NOT NULL DEFAULT 0,
                note \(sql.textType)
            ) \(sql.tableOptions)
            """,
            "CREATE INDEX raw_webhook_due ON raw_webhook (due_at, id) WHERE state = 'waiting'",
            "CREATE INDEX raw_webhook_old ON raw_webhook (received_at)",
            """
            CREATE TABLE inbound (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                channel_id \(sql.integerType) NOT NULL REFERENCES channel (id),
                provider_message_id \(sql.textType) NOT NULL,
                sender \(sql.textType) NOT NULL,
                profile_id \(sql.integerType) REFERENCES profile (id),
                message_id \(sql.integerType) REFERENCES message (id),
                campaign_id \(sql.integerType) REFERENCES campaign (id),
                kind \(sql.textType) NOT NULL,
                text \(sql.textType),
                payload \(sql.textType) NOT NULL,
                occurred_at \(sql.integerType) NOT NULL,
                received_at \(sql.integerType) NOT NULL,
                UNIQUE (channel_id, provider_message_id)
            ) \(sql.tableOptions)
            """,
            "CREATE INDEX inbound_by_campaign ON inbound (campaign_id) WHERE campaign_id IS NOT NULL",
        ]
    }
}
