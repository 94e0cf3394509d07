import Storage

extension Migration {
    static let accounts = Migration(number: 1, name: "0001-accounts") { sql in
        [
            """
            CREATE TABLE counter (name \(sql.textType) PRIMARY KEY, value \(sql.integerType) NOT NULL) \(sql.keyedTableOptions)
            """,
            """
            CREATE TABLE account (
                id \(sql.integerType) PRIMARY KEY,
                public_id \(sql.textType) NOT NULL UNIQUE,
                name \(sql.textType) NOT NULL,
                time_zone \(sql.textType) NOT NULL,
                created_at \(sql.integerType) NOT NULL
            ) \(sql.tableOptions)
            """,
            """
            CREATE TABLE passcode (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                label \(sql.textType) NOT NULL,
                digest \(sql.blobType) NOT NULL,
                created_at \(sql.integerType) NOT NULL,
                revoked_at \(sql.integerType)
            ) \(sql.tableOptions)
            """,
            """
            CREATE TABLE app_user (
                id \(sql.integerType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                email \(sql.textType) NOT NULL UNIQUE,
                password_hash \(sql.textType) NOT NULL,
                role \(sql.textType) NOT NULL CHECK (role IN ('admin', 'creator', 'member', 'approver', 'agent')),
                created_at \(sql.integerType) NOT NULL
            ) \(sql.tableOptions)
            """,
            """
            CREATE TABLE sign_in (
                token_digest \(sql.blobType) PRIMARY KEY,
                account_id \(sql.integerType) NOT NULL REFERENCES account (id),
                user_id \(sql.integerType) NOT NULL REFERENCES app_user (id),
                form_token \(sql.textType) NOT NULL,
                created_at \(sql.integerType) NOT NULL,
                expires_at \(sql.integerType) NOT NULL
            ) \(sql.keyedTableOptions)
            """,
        ]
    }
}
