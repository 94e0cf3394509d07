import Storage

extension Migration {
    static let profiles = Migration(number: 2, name: "0002-profiles") { sql in
        [
            """
            CREATE TABLE profile (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                object_id \(sql.textType) NOT NULL,
                identity \(sql.textType),
                email \(sql.textType),
                phone \(sql.textType),
                whatsapp \(sql.integerType) NOT NULL DEFAULT 0 CHECK (whatsapp IN (0, 1)),
                whatsapp_at \(sql.integerType),
                properties \(sql.textType) NOT NULL,
                written_at \(sql.integerType) NOT NULL,
                created_at \(sql.integerType) NOT NULL,
                updated_at \(sql.integerType) NOT NULL
            ) \(sql.tableOptions)
            """,
            "CREATE INDEX profile_by_account ON profile (account_id, id)",
            "CREATE INDEX profile_by_phone ON profile (account_id, phone) WHERE phone IS NOT NULL",
            "CREATE INDEX profile_by_email ON profile (account_id, lower(email)) WHERE email IS NOT NULL",
            """
            CREATE TABLE identity (
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                kind \(sql.textType) NOT NULL CHECK (kind IN ('identity', 'objectId', 'FBID', 'GPID')),
                value \(sql.textType) NOT NULL,
                profile_id \(sql.integerType) NOT NULL REFERENCES profile (id),
                PRIMARY KEY (account_id, kind, value)
            ) \(sql.keyedTableOptions)
            """,
            """
            CREATE TABLE event_name (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                match_key \(sql.textType) NOT NULL,
                name \(sql.textType) NOT NULL,
                created_at \(sql.integerType) NOT NULL,
                UNIQUE (account_id, match_key)
            ) \(sql.tableOptions)
            """,
            """
            CREATE TABLE event (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL,
                profile_id \(sql.integerType) NOT NULL REFERENCES profile (id),
                name_id \(sql.integerType) NOT NULL REFERENCES event_name (id),
                occurred_at \(sql.integerType) NOT NULL,
                received_at \(sql.integerType) NOT NULL,
                properties \(sql.textType) NOT NULL
            ) \(sql.tableOptions)
            """,
            "CREATE INDEX event_by_name ON event (name_id, profile_id, occurred_at)",
            """
            CREATE TABLE consent (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                profile_id \(sql.integerType) NOT NULL REFERENCES profile (id),
                kind \(sql.textType) NOT NULL,
                granted \(sql.integerType) NOT NULL CHECK (granted IN (0, 1)),
                occurred_at \(sql.integerType) NOT NULL,
                recorded_at \(sql.integerType) NOT NULL,
                source \(sql.textType) NOT NULL,
                evidence \(sql.textType) NOT NULL
            ) \(sql.tableOptions)
            """,
            "CREATE INDEX consent_by_profile ON consent (profile_id, id)",
            """
            CREATE TABLE number_block (
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                phone \(sql.textType) NOT NULL,
                since \(sql.integerType) NOT NULL,
                PRIMARY KEY (account_id, phone)
            ) \(sql.keyedTableOptions)
            """,
        ]
    }
}
