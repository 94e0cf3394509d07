package import Core
package import Storage

/// Who may be written to, and the ledger of who said so.
package struct ConsentStore: Sendable {
    private let clock: WallClock
    private let ids: IDMaker

    package init(clock: WallClock, ids: IDMaker) { (self.clock, self.ids) = (clock, ids) }

    /// Whether each of these people may be written to on WhatsApp now. Ids that are not of this account are left out.
    /// One statement, whatever the number of ids.
    package func reachability(
        of profiles: [ProfileID], account: AccountID, in session: any SQLSession
    ) throws -> [ProfileID: Reachability] {
        guard !profiles.isEmpty else { return [:] }
        let now = clock.now()
        var result: [ProfileID: Reachability] = [:]
        for row in try session.rows(Self.reach, [.id(account), .list(profiles)]) {
            let phone = try row.textIfPresent(1).flatMap { PhoneNumber(digits: $0) }
            let isBlocked = try row.flag(3)
            let plain = Reachability(
                phone: phone, whatsApp: try row.flag(2), isBlocked: { _ in isBlocked }, userID: try row.textIfPresent(6))
            result[try row.id(0)] = plain.considering(
                unreachableSince: try row.timeIfPresent(4), quietUntil: try row.timeIfPresent(5), at: now)
        }
        return result
    }

    /// The same for a person who is loaded already; `blocked` needs to hold the person's number if it is blocked.
    package func reachability(of profile: Profile, blocked: Set<PhoneNumber>) -> Reachability {
        Reachability(phone: profile.phone, whatsApp: profile.whatsApp, isBlocked: blocked.contains)
    }

    /// Which of these numbers `MSG-dndWhatsApp` has shut. One statement.
    package func blockedNumbers(
        among phones: [PhoneNumber], account: AccountID, in session: any SQLSession
    ) throws -> Set<PhoneNumber> {
        Set(try ConsentLedger.blocks(among: Set(phones), in: account, session: session).keys)
    }

    /// Lets statements take effect in order, and writes a line of the ledger for each that really changes something: one
    /// that repeats the present state, or is older than what was last said, leaves no line. So recording twice is
    /// recording once. People of other accounts are left out.
    /// - Returns: the changes that took effect.
    @discardableResult
    package func record(
        _ changes: [ConsentChange], account: AccountID, in session: any SQLSession
    ) throws -> [ConsentChange] {
        zip(changes, try settle(changes, account: account, in: session)).filter { $0.1 == .changed }.map(\.0)
    }

    /// As `record`, but tells what became of each change, in their order.
    package func settle(
        _ changes: [ConsentChange], account: AccountID, in session: any SQLSession
    ) throws -> [ConsentEffect] {
        let before = try ProfileTable.load(Set(changes.map(\.profileID)), of: account, locking: true, in: session)
        let asked = Set(changes.filter(\.onlyTakesBack).map(\.profileID))
        var book = ConsentBook(
            now: clock.now(), people: before,
            newest: try ConsentLedger.newest(.whatsApp, of: asked, in: account, session: session))
        let effects = changes.map { book.apply($0) }
        let written = book.people.values.filter { before[$0.id] != $0 }.sorted { $0.id < $1.id }
        try ProfileTable.write(written, at: book.now, in: session)
        try ConsentLedger(ids: ids).append(book.lines, in: account, session: session)
        return effects
    }

    /// A person's lines of the ledger, oldest first.
    package func history(of profile: ProfileID, account: AccountID, in session: any SQLSession) throws -> [ConsentEntry] {
        try ConsentLedger.lines(of: profile, in: account, session: session)
    }

    private static let reach = Query("consent.reachability") { sql in
        """
        SELECT p.id, p.phone, p.whatsapp, CASE WHEN b.phone IS NULL THEN 0 ELSE 1 END, t.unreachable_since, t.quiet_until,
            CASE WHEN p.phone IS NULL THEN (
                SELECT MAX(address) FROM whatsapp_address a WHERE a.profile_id = p.id AND a.kind = 'user') END
        FROM profile p LEFT JOIN number_block b ON b.account_id = p.account_id AND b.phone = p.phone
            LEFT JOIN number_trouble t ON t.account_id = p.account_id AND t.phone = p.phone
        WHERE p.account_id = $1 AND \(sql.among("p.id", integers: "$2"))
        """
    }
}
