import Core
import Storage
import WhatsApp

extension Channel {
    /// In the order that `init(row:credentials:)` reads and `values(sealed:)` gives.
    static let columns = """
        id, account_id, nickname, provider, number, base_url, credentials, hook_token, per_second, is_default, created_at
        """

    init(_ draft: ChannelDraft, id: ChannelID, account: AccountID, hookToken: String, isDefault: Bool, createdAt: Timestamp) {
        (self.id, accountID, nickname, provider) = (id, account, draft.nickname, draft.provider)
        (number, baseURL, self.hookToken, perSecond) = (draft.number, draft.baseURL, hookToken, draft.perSecond)
        (self.isDefault, self.createdAt) = (isDefault, createdAt)
        line = Line(number: draft.number, baseURL: draft.baseURL, credentials: draft.credentials)
    }

    init(row: SQLRow, credentials: Credentials) throws {
        guard let number = PhoneNumber(digits: try row.text(4)) else {
            throw StorageError(.mismatch, "the number of channel \(try row.integer(0)) is none")
        }
        (id, accountID, nickname, provider) = (try row.id(0), try row.id(1), try row.text(2), try row.text(3))
        (self.number, baseURL, hookToken) = (number, try row.text(5), try row.text(7))
        (perSecond, isDefault, createdAt) = (try row.real(8), try row.flag(9), try row.time(10))
        line = Line(number: number, baseURL: baseURL, credentials: credentials)
    }

    func values(sealed credentials: [UInt8]) -> [SQLValue] {
        [
            .id(id), .id(accountID), .text(nickname), .text(provider), .text(number.digits), .text(baseURL), .blob(credentials),
            .text(hookToken), .real(perSecond), .flag(isDefault), .time(createdAt),
        ]
    }
}

enum ChannelQueries {
    static let insert = Query(
        "channel.insert",
        """
        INSERT INTO channel (\(Channel.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (account_id, nickname) DO NOTHING
        """)
    static let clearDefault = Query(
        "channel.clear_default", "UPDATE channel SET is_default = 0 WHERE account_id = $1 AND is_default = 1")
    static let byID = Query("channel.by_id", "SELECT \(Channel.columns) FROM channel WHERE id = $1")
    static let byIDOfAccount = Query(
        "channel.by_id_of_account", "SELECT \(Channel.columns) FROM channel WHERE id = $1 AND account_id = $2")
    static let byHookToken = Query("channel.by_hook_token", "SELECT \(Channel.columns) FROM channel WHERE hook_token = $1")
    static let defaultOf = Query(
        "channel.default_of", "SELECT \(Channel.columns) FROM channel WHERE account_id = $1 AND is_default = 1")
    static let ofAccount = Query(
        "channel.of_account", "SELECT \(Channel.columns) FROM channel WHERE account_id = $1 ORDER BY id")
}
