import Storage

extension Migration {
    /// What every provider needs: limits and health of a channel, standing of a template, both ids of a message, numbers
    /// that cannot be reached, people without a number.
    static let providers = Migration(number: 7, name: "0007-providers") { sql in
        channelColumns(sql) + templateColumns(sql) + messageColumns(sql) + people(sql)
    }

    private static func channelColumns(_ sql: Dialect) -> [String] {
        add(
            to: "channel",
            [
                "concurrency \(sql.integerType) CHECK (concurrency > 0)",
                "pair_interval \(sql.integerType) NOT NULL DEFAULT 6000000 CHECK (pair_interval >= 0)",
                "pair_burst \(sql.integerType) NOT NULL DEFAULT 10 CHECK (pair_burst > 0)",
                "daily_people \(sql.integerType) CHECK (daily_people > 0)",
                "portfolio \(sql.textType) NOT NULL DEFAULT 'default'",
                "held_at \(sql.integerType)", "held_code \(sql.textType)", "held_summary \(sql.textType)",
                "probe_at \(sql.integerType)", "released_at \(sql.integerType)", "slowed_at \(sql.integerType)",
                "notice \(sql.textType)", "noticed_at \(sql.integerType)", "synced_at \(sql.integerType)",
            ])
    }

    private static func templateColumns(_ sql: Dialect) -> [String] {
        add(
            to: "template",
            [
                "provider_id \(sql.textType)",
                "has_namespace \(sql.integerType) NOT NULL DEFAULT 1 CHECK (has_namespace IN (0, 1))",
                "quality \(sql.textType) NOT NULL DEFAULT 'unknown'",
                "pause \(sql.textType) CHECK (pause IN ('paused', 'disabled', 'deleted'))", "pause_reason \(sql.textType)",
                "held_at \(sql.integerType)", "held_code \(sql.textType)", "held_summary \(sql.textType)",
                "probe_at \(sql.integerType)", "released_at \(sql.integerType)",
            ]) + ["CREATE INDEX template_by_channel ON template (channel_id, id)"]
    }

    private static func messageColumns(_ sql: Dialect) -> [String] {
        add(
            to: "message",
            [
                "user_id \(sql.textType)", "whatsapp_message_id \(sql.textType)", "pricing \(sql.textType)",
                "retries \(sql.integerType) NOT NULL DEFAULT 0",
            ])
            + add(to: "inbound", ["choice \(sql.textType)", "media \(sql.textType)"]) + [
                "DROP INDEX message_due",
                // By template, so that a held one costs nothing to pass over.
                "CREATE INDEX message_due ON message (channel_id, template_id, due_at, id) WHERE state = 'planned'",
                """
                CREATE INDEX message_by_whatsapp_id ON message (channel_id, whatsapp_message_id)
                WHERE whatsapp_message_id IS NOT NULL
                """,
                "CREATE INDEX message_by_user ON message (channel_id, user_id, id) WHERE user_id IS NOT NULL",
                "CREATE INDEX inbound_by_channel ON inbound (channel_id, id)",
                "CREATE INDEX inbound_by_sender ON inbound (channel_id, sender, occurred_at)",
                """
                CREATE TABLE daily_reach (
                    account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                    portfolio \(sql.textType) NOT NULL,
                    address \(sql.textType) NOT NULL,
                    asked_at \(sql.integerType) NOT NULL,
                    PRIMARY KEY (account_id, portfolio, address)
                ) \(sql.keyedTableOptions)
                """,
                "CREATE INDEX daily_reach_by_time ON daily_reach (account_id, portfolio, asked_at)",
            ]
    }

    private static func people(_ sql: Dialect) -> [String] {
        [
            """
            CREATE TABLE number_trouble (
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                phone \(sql.textType) NOT NULL,
                code \(sql.textType) NOT NULL,
                strikes \(sql.integerType) NOT NULL DEFAULT 0,
                first_strike_at \(sql.integerType),
                last_strike_at \(sql.integerType),
                unreachable_since \(sql.integerType),
                quiet_until \(sql.integerType),
                quiet_gap \(sql.integerType),
                PRIMARY KEY (account_id, phone)
            ) \(sql.keyedTableOptions)
            """,
            """
            CREATE TABLE whatsapp_address (
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                address \(sql.textType) NOT NULL,
                kind \(sql.textType) NOT NULL CHECK (kind IN ('user', 'alias')),
                profile_id \(sql.integerType) NOT NULL REFERENCES profile (id),
                seen_at \(sql.integerType) NOT NULL,
                PRIMARY KEY (account_id, address)
            ) \(sql.keyedTableOptions)
            """,
            "CREATE INDEX whatsapp_address_by_profile ON whatsapp_address (profile_id, kind)",
        ]
    }

    private static func add(to table: String, _ columns: [String]) -> [String] { columns.map { "ALTER TABLE \(table) ADD COLUMN \($0)" } }
}
