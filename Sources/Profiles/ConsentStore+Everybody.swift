package import Core
package import Storage

extension ConsentStore {
    /// The people whose number is blocked, or where nobody can be reached. One statement.
    package func peopleWithShutNumbers(of account: AccountID, in session: any SQLSession) throws -> [ProfileID] {
        try session.rows(Self.shut, [.id(account)]).map { try $0.id(0) }
    }

    /// The people for whom WhatsApp has given an id. One statement.
    package func peopleKnownByUserID(of account: AccountID, in session: any SQLSession) throws -> [ProfileID] {
        try session.rows(Self.hidden, [.id(account)]).map { try $0.id(0) }
    }

    private static let shut = Query(
        "consent.shut_numbers",
        """
        SELECT p.id FROM number_block b JOIN profile p ON p.account_id = b.account_id AND p.phone = b.phone WHERE b.account_id = $1
        UNION
        SELECT p.id FROM number_trouble t JOIN profile p ON p.account_id = t.account_id AND p.phone = t.phone
        WHERE t.account_id = $1 AND t.unreachable_since IS NOT NULL
        """)
    private static let hidden = Query(
        "consent.known_by_user_id", "SELECT profile_id FROM whatsapp_address WHERE account_id = $1 AND kind = 'user'")
}
