package import Core
package import Storage
package import ZoneTime

/// What time it is for an account: now, and the zone whose days its rules, reports and campaigns go by.
package struct AccountClock: Sendable {
    private let engine: any SQLEngine
    private let zones: Zones
    private let clock: WallClock

    package init(engine: any SQLEngine, zones: Zones, clock: WallClock = .system) {
        (self.engine, self.zones, self.clock) = (engine, zones, clock)
    }

    /// The moment at which a rule of the account is judged when it is judged now.
    package func moment(of account: AccountID, in session: any SQLSession) throws -> RuleMoment {
        RuleMoment(now: clock.now(), zone: try zone(of: account, in: session))
    }

    /// The same in a transaction of its own.
    package func moment(of account: AccountID) async throws -> RuleMoment {
        try await engine.read { try moment(of: account, in: $0) }
    }

    /// The account's zone. UTC for a name that the system has no zone for, and for an account that is not there.
    package func zone(of account: AccountID, in session: any SQLSession) throws -> Zone {
        try zones.zone(of: account, in: session)
    }
}

extension Zones {
    /// The account's zone. UTC for a name that the system has no zone for, and for an account that is not there.
    package func zone(of account: AccountID, in session: any SQLSession) throws -> Zone {
        guard let name = try session.row(accountZone, [.id(account)])?.text(0) else { return .utc }
        return zone(named: name) ?? .utc
    }
}

private let accountZone = Query("account.zone", "SELECT time_zone FROM account WHERE id = $1")
