import Storage

extension Migration {
    /// Columnar blocks of events and people, which rules are evaluated on, and what tells which people have changed since.
    static let blocks = Migration(number: 8, name: "0008-blocks") { sql in
        [
            "ALTER TABLE profile ADD COLUMN revision \(sql.integerType) NOT NULL DEFAULT 0",
            "UPDATE profile SET revision = id",
            "INSERT INTO counter (name, value) SELECT 'profile_revision', MAX(id) FROM profile HAVING MAX(id) IS NOT NULL",
            "CREATE INDEX profile_by_revision ON profile (revision)",
            """
            CREATE TABLE event_block (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                name_id \(sql.integerType) NOT NULL REFERENCES event_name (id),
                stretch \(sql.integerType) NOT NULL,
                from_at \(sql.integerType) NOT NULL,
                to_at \(sql.integerType) NOT NULL,
                first_profile \(sql.integerType) NOT NULL,
                last_profile \(sql.integerType) NOT NULL,
                row_count \(sql.integerType) NOT NULL,
                byte_count \(sql.integerType) NOT NULL,
                is_open \(sql.integerType) NOT NULL CHECK (is_open IN (0, 1))
            ) \(sql.tableOptions)
            """,
            "CREATE INDEX event_block_by_name ON event_block (name_id, to_at)",
            "CREATE INDEX event_block_open ON event_block (name_id, stretch) WHERE is_open = 1",
            """
            CREATE TABLE profile_block (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                chunk \(sql.integerType) NOT NULL,
                revision \(sql.integerType) NOT NULL,
                row_count \(sql.integerType) NOT NULL,
                byte_count \(sql.integerType) NOT NULL,
                UNIQUE (account_id, chunk, revision)
            ) \(sql.tableOptions)
            """,
            """
            CREATE TABLE block_column (
                id \(sql.integerType) PRIMARY KEY,
                block_id \(sql.integerType) NOT NULL,
                name \(sql.textType) NOT NULL,
                payload \(sql.blobType) NOT NULL,
                UNIQUE (block_id, name)
            ) \(sql.tableOptions)
            """,
            """
            CREATE TABLE block_cursor (
                name \(sql.textType) PRIMARY KEY, value \(sql.integerType) NOT NULL
            ) \(sql.keyedTableOptions)
            """,
        ]
    }
}
