import Storage

extension Migration {
    /// Saved segments and custom lists, and how large they were day by day.
    static let segments = Migration(number: 12, name: "0012-segments") { sql in
        [
            """
            CREATE TABLE segment (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                name \(sql.textType) NOT NULL,
                name_key \(sql.textType) NOT NULL,
                type \(sql.textType) NOT NULL
                    CHECK (type IN ('past_behaviour', 'single_action', 'inaction', 'date_time', 'custom_list')),
                rule \(sql.textType) NOT NULL,
                created_by \(sql.textType),
                updated_by \(sql.textType),
                created_at \(sql.integerType) NOT NULL,
                updated_at \(sql.integerType) NOT NULL,
                UNIQUE (account_id, name_key)
            ) \(sql.tableOptions)
            """,
            "CREATE INDEX segment_by_creation ON segment (account_id, created_at, id)",
            "CREATE INDEX segment_by_change ON segment (account_id, updated_at, id)",
            // One row for each 65,536 ids: a list of millions is replaced in one short transaction.
            """
            CREATE TABLE segment_member (
                segment_id \(sql.integerType) NOT NULL REFERENCES segment (id),
                chunk \(sql.integerType) NOT NULL,
                people \(sql.blobType) NOT NULL,
                PRIMARY KEY (segment_id, chunk)
            ) \(sql.tableOptions)
            """,
            """
            CREATE TABLE segment_size (
                segment_id \(sql.integerType) NOT NULL REFERENCES segment (id),
                day \(sql.integerType) NOT NULL,
                people \(sql.integerType) NOT NULL,
                reachable \(sql.integerType) NOT NULL,
                measured_at \(sql.integerType) NOT NULL,
                PRIMARY KEY (segment_id, day)
            ) \(sql.keyedTableOptions)
            """,
        ]
    }
}
