import Storage

extension Migration {
    static let channels = Migration(number: 3, name: "0003-channels") { sql in
        [
            """
            CREATE TABLE channel (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                nickname \(sql.textType) NOT NULL,
                provider \(sql.textType) NOT NULL,
                number \(sql.textType) NOT NULL,
                base_url \(sql.textType) NOT NULL,
                credentials \(sql.blobType) NOT NULL,
                hook_token \(sql.textType) NOT NULL UNIQUE,
                per_second \(sql.realType) NOT NULL CHECK (per_second > 0),
                is_default \(sql.integerType) NOT NULL CHECK (is_default IN (0, 1)),
                created_at \(sql.integerType) NOT NULL,
                UNIQUE (account_id, nickname)
            ) \(sql.tableOptions)
            """,
            "CREATE UNIQUE INDEX channel_default ON channel (account_id) WHERE is_default = 1",
            """
            CREATE TABLE template (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                channel_id \(sql.integerType) NOT NULL REFERENCES channel (id),
                name \(sql.textType) NOT NULL,
                language \(sql.textType) NOT NULL,
                content \(sql.textType) NOT NULL,
                approval \(sql.textType) NOT NULL CHECK (approval IN ('pending', 'approved', 'rejected')),
                created_at \(sql.integerType) NOT NULL,
                updated_at \(sql.integerType) NOT NULL,
                UNIQUE (channel_id, name, language)
            ) \(sql.tableOptions)
            """,
        ]
    }
}
