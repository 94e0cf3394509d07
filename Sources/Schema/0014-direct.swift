import Storage

extension Migration {
    /// Campaigns that calls make, by what their messages have in common, and calls that must not be carried out twice.
    static let direct = Migration(number: 14, name: "0014-direct") { sql in
        [
            """
            CREATE TABLE direct_campaign (
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                key \(sql.textType) NOT NULL,
                campaign_id \(sql.integerType) REFERENCES campaign (id),
                PRIMARY KEY (account_id, key)
            ) \(sql.keyedTableOptions)
            """,
            """
            CREATE TABLE direct_call (
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                message_id \(sql.textType) NOT NULL,
                called_at \(sql.integerType) NOT NULL,
                PRIMARY KEY (account_id, message_id)
            ) \(sql.keyedTableOptions)
            """,
        ]
    }
}
