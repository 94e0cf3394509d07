package import Core
package import Storage

/// What providers found out about numbers: that nobody can be reached there, or that WhatsApp holds marketing back from
/// them. The only writer of `number_trouble`.
package struct NumberTrouble: Sendable {
    /// Some codes mean "not there" as well as "not today" (Meta's 131026): so many of them in a row …
    private static let vagueStrikes = 3
    /// … over so long make a number unreachable.
    private static let vagueSpan = Duration.seconds(7 * 24 * 3600)
    private static let longestQuiet = Duration.seconds(7 * 24 * 3600)

    package init() {}

    /// A provider could not reach the number, and the code says so (`isVague` false) or may mean other things, too.
    /// Campaigns pass over an unreachable number until something proves that it works.
    package func strike(
        _ phone: PhoneNumber, isVague: Bool, code: String, at time: Timestamp, account: AccountID, in session: some SQLSession
    ) throws {
        let row = try session.row(Self.find, [.id(account), .text(phone.digits)])
        let last = try row?.timeIfPresent(2)
        guard last.map({ $0 < time }) ?? true else { return }  // seen already
        let (strikes, first) = (try (row?.int(0) ?? 0) + 1, try row?.timeIfPresent(1) ?? time)
        let isCertain = !isVague || strikes >= Self.vagueStrikes && time - first >= Self.vagueSpan
        let since = try row?.timeIfPresent(3) ?? (isCertain ? time : nil)
        try session.run(
            Self.recordStrike,
            [.id(account), .text(phone.digits), .text(code), .int(strikes), .time(first), .time(time), .time(since)])
    }

    /// WhatsApp held marketing back from the number: none is sent for `pause`, twice as long each time, a week at most.
    package func quiet(
        _ phone: PhoneNumber, for pause: Duration, code: String, at time: Timestamp, account: AccountID, in session: some SQLSession
    ) throws {
        let row = try session.row(Self.find, [.id(account), .text(phone.digits)])
        if let until = try row?.timeIfPresent(4), until > time { return }  // the pause that lasts is this one's
        let before = try row?.intIfPresent(5).map { Duration.microseconds(Int64($0)) }
        let gap = min(before.map { $0 * 2 } ?? pause, Self.longestQuiet)
        try session.run(
            Self.recordQuiet, [.id(account), .text(phone.digits), .text(code), .time(time + gap), .integer(gap.microseconds)])
    }

    /// Something reached these numbers, or came from them: they work. A pause of marketing goes on, and strikes that are told
    /// again still count as seen. One statement; nothing happens to the others.
    package func clear(_ phones: Set<PhoneNumber>, account: AccountID, in session: some SQLSession) throws {
        guard !phones.isEmpty else { return }
        try session.run(Self.clear, [.id(account), .list(phones.map(\.digits))])
    }

    private static let find = Query(
        "number_trouble.find",
        """
        SELECT strikes, first_strike_at, last_strike_at, unreachable_since, quiet_until, quiet_gap FROM number_trouble
        WHERE account_id = $1 AND phone = $2
        """)
    private static let recordStrike = Query(
        "number_trouble.strike",
        """
        INSERT INTO number_trouble (account_id, phone, code, strikes, first_strike_at, last_strike_at, unreachable_since)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (account_id, phone) DO UPDATE SET code = excluded.code,
            strikes = excluded.strikes, first_strike_at = excluded.first_strike_at, last_strike_at = excluded.last_strike_at,
            unreachable_since = excluded.unreachable_since
        """)
    private static let recordQuiet = Query(
        "number_trouble.quiet",
        """
        INSERT INTO number_trouble (account_id, phone, code, quiet_until, quiet_gap) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (account_id, phone) DO UPDATE SET code = excluded.code, quiet_until = excluded.quiet_until,
            quiet_gap = excluded.quiet_gap
        """)
    private static let clear = Query("number_trouble.clear") { sql in
        """
        UPDATE number_trouble SET strikes = 0, first_strike_at = NULL, unreachable_since = NULL
        WHERE account_id = $1 AND \(sql.among("phone", texts: "$2")) AND strikes > 0
        """
    }
}
