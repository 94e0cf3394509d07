import Core
import Storage
import WhatsApp

extension Channel {
    /// What is written when a channel is made, in the order of `values(sealed:)`.
    static let settings = """
        id, account_id, nickname, provider, number, base_url, credentials, hook_token, is_default, created_at, per_second, \
        concurrency, pair_interval, pair_burst, daily_people, portfolio
        """
    /// In the order that `init(row:credentials:)` reads.
    static let columns = """
        \(settings), held_at, held_code, held_summary, probe_at, slowed_at, notice, noticed_at, synced_at
        """

    init(_ draft: ChannelDraft, id: ChannelID, account: AccountID, hookToken: String, isDefault: Bool, createdAt: Timestamp) {
        (self.id, accountID, nickname, provider) = (id, account, draft.nickname, draft.provider)
        (number, baseURL, self.hookToken, limits) = (draft.number, draft.baseURL, hookToken, draft.limits)
        (self.isDefault, self.createdAt, health) = (isDefault, createdAt, .fresh)
        line = Line(number: draft.number, baseURL: draft.baseURL, credentials: draft.credentials)
    }

    init(row: SQLRow, credentials: Credentials) throws {
        guard let number = PhoneNumber(digits: try row.text(4)) else {
            throw StorageError(.mismatch, "the number of channel \(try row.integer(0)) is none")
        }
        (id, accountID, nickname, provider) = (try row.id(0), try row.id(1), try row.text(2), try row.text(3))
        (self.number, baseURL, hookToken) = (number, try row.text(5), try row.text(7))
        (isDefault, createdAt) = (try row.flag(8), try row.time(9))
        limits = try ChannelLimits(row: row, at: 10)
        health = try ChannelHealth(row: row, at: 16)
        line = Line(number: number, baseURL: baseURL, credentials: credentials)
    }

    func values(sealed credentials: [UInt8]) -> [SQLValue] {
        [
            .id(id), .id(accountID), .text(nickname), .text(provider), .text(number.digits), .text(baseURL), .blob(credentials),
            .text(hookToken), .flag(isDefault), .time(createdAt),
        ] + limits.values
    }
}

extension ChannelLimits {
    fileprivate init(row: SQLRow, at column: Int) throws {
        self.init(perSecond: try row.real(column), concurrency: try row.intIfPresent(column + 1))
        (pairInterval, pairBurst) = (.microseconds(try row.integer(column + 2)), try row.int(column + 3))
        (dailyPeople, portfolio) = (try row.intIfPresent(column + 4), try row.text(column + 5))
    }

    var values: [SQLValue] {
        [
            .real(perSecond), concurrency.map { .int($0) } ?? .null, .integer(pairInterval.microseconds), .int(pairBurst),
            dailyPeople.map { .int($0) } ?? .null, .text(portfolio),
        ]
    }
}

extension ChannelHealth {
    fileprivate init(row: SQLRow, at column: Int) throws {
        hold = try Hold(row: row, at: column)
        (slowedAt, notice) = (try row.timeIfPresent(column + 4), try row.textIfPresent(column + 5))
        (noticedAt, syncedAt) = (try row.timeIfPresent(column + 6), try row.timeIfPresent(column + 7))
    }
}

enum ChannelQueries {
    static let insert = Query(
        "channel.insert",
        """
        INSERT INTO channel (\(Channel.settings))
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        ON CONFLICT (account_id, nickname) DO NOTHING
        """)
    static let update = Query(
        "channel.update",
        """
        UPDATE channel SET nickname = $3, number = $4, base_url = $5, credentials = $6, is_default = $7, per_second = $8,
            concurrency = $9, pair_interval = $10, pair_burst = $11, daily_people = $12, portfolio = $13
        WHERE id = $1 AND account_id = $2
        """)
    static let clearDefault = Query(
        "channel.clear_default", "UPDATE channel SET is_default = 0 WHERE account_id = $1 AND is_default = 1")
    static let byID = Query("channel.by_id", "SELECT \(Channel.columns) FROM channel WHERE id = $1")
    static let byIDOfAccount = Query(
        "channel.by_id_of_account", "SELECT \(Channel.columns) FROM channel WHERE id = $1 AND account_id = $2")
    static let byHookToken = Query("channel.by_hook_token", "SELECT \(Channel.columns) FROM channel WHERE hook_token = $1")
    static let byNickname = Query("channel.by_nickname", "SELECT id FROM channel WHERE account_id = $1 AND nickname = $2")
    static let defaultOf = Query(
        "channel.default_of", "SELECT \(Channel.columns) FROM channel WHERE account_id = $1 AND is_default = 1")
    static let ofAccount = Query(
        "channel.of_account", "SELECT \(Channel.columns) FROM channel WHERE account_id = $1 ORDER BY id")
    static let all = Query("channel.all", "SELECT \(Channel.columns) FROM channel ORDER BY id")

    /// Of two that hold it, the first one's time and reason stand; news from before the last release are stale.
    static let hold = Query(
        "channel.hold",
        """
        UPDATE channel SET held_at = COALESCE(held_at, $2), held_code = COALESCE(held_code, $3),
            held_summary = COALESCE(held_summary, $4), probe_at = $5
        WHERE id = $1 AND (released_at IS NULL OR released_at < $2)
        """)
    /// One process wins the right to try.
    static let probe = Query(
        "channel.probe", "UPDATE channel SET probe_at = $3 WHERE id = $1 AND held_at IS NOT NULL AND probe_at <= $2")
    static let release = Query(
        "channel.release",
        """
        UPDATE channel SET held_at = NULL, held_code = NULL, held_summary = NULL, probe_at = NULL, released_at = $2
        WHERE id = $1 AND held_at IS NOT NULL
        """)
    static let releaseOlder = Query(
        "channel.release_older",
        """
        UPDATE channel SET held_at = NULL, held_code = NULL, held_summary = NULL, probe_at = NULL, released_at = $2
        WHERE id = $1 AND held_at <= $2
        """)
    static let remember = Query(
        "channel.remember_release",
        "UPDATE channel SET released_at = $2 WHERE id = $1 AND held_at IS NULL AND (released_at IS NULL OR released_at < $2)")
    static let slow = Query(
        "channel.slow", "UPDATE channel SET slowed_at = $2 WHERE id = $1 AND (slowed_at IS NULL OR slowed_at < $2)")
    static let notice = Query("channel.notice", "UPDATE channel SET notice = $2, noticed_at = $3 WHERE id = $1")
    static let synced = Query("channel.synced", "UPDATE channel SET synced_at = $2 WHERE id = $1")
}
