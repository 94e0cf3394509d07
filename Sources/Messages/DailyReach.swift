package import Core
package import Storage

/// How many different people the numbers of one portfolio have written to in the last 24 hours: WhatsApp limits that for
/// each business portfolio (`providers.md` 2.8). The only writer of `daily_reach`; kept only where a limit is set.
package struct DailyReach: Sendable {
    package static let window = Duration.seconds(24 * 3600)

    package let account: AccountID
    package let portfolio: String

    package init(account: AccountID, portfolio: String) { (self.account, self.portfolio) = (account, portfolio) }

    /// Which of these people were written to within the window: they cost nothing more.
    package func known(among addresses: [String], at now: Timestamp, in session: some SQLSession) throws -> Set<String> {
        guard !addresses.isEmpty else { return [] }
        let values: [SQLValue] = [.id(account), .text(portfolio), .list(addresses), .time(now - Self.window)]
        return Set(try session.rows(Self.among, values).map { try $0.text(0) })
    }

    /// How many there are, and when the first of them drops out of the window.
    package func count(at now: Timestamp, in session: some SQLSession) throws -> (people: Int, next: Timestamp?) {
        guard let row = try session.row(Self.countSince, [.id(account), .text(portfolio), .time(now - Self.window)]) else {
            return (0, nil)
        }
        return (try row.int(0), try row.timeIfPresent(1).map { $0 + Self.window })
    }

    /// Writes down that these people are written to now; those who were before keep their time while it counts.
    package func record(_ addresses: [String], at now: Timestamp, in session: some SQLSession) throws {
        guard !addresses.isEmpty else { return }
        let rows = addresses.sorted().map { [SQLValue.id(account), .text(portfolio), .text($0), .time(now), .time(now - Self.window)] }
        try session.run(Self.insert, batch: rows)
    }

    /// Removes up to 1,000 lines that no longer count.
    package func removeOld(at now: Timestamp, in session: some SQLSession) throws {
        try session.run(Self.deleteOld, [.id(account), .text(portfolio), .time(now - Self.window)])
    }

    private static let among = Query("daily_reach.among") { sql in
        """
        SELECT address FROM daily_reach
        WHERE account_id = $1 AND portfolio = $2 AND \(sql.among("address", texts: "$3")) AND asked_at > $4
        """
    }
    private static let countSince = Query(
        "daily_reach.count",
        "SELECT COUNT(*), MIN(asked_at) FROM daily_reach WHERE account_id = $1 AND portfolio = $2 AND asked_at > $3")
    private static let insert = Query(
        "daily_reach.record",
        """
        INSERT INTO daily_reach (account_id, portfolio, address, asked_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (account_id, portfolio, address) DO UPDATE SET asked_at = excluded.asked_at WHERE daily_reach.asked_at <= $5
        """)
    private static let deleteOld = Query(
        "daily_reach.delete_old",
        """
        DELETE FROM daily_reach WHERE account_id = $1 AND portfolio = $2 AND address IN (
            SELECT address FROM daily_reach WHERE account_id = $1 AND portfolio = $2 AND asked_at <= $3 LIMIT 1000)
        """)
}
