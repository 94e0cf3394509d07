package import Core
package import Storage
package import ZoneTime

/// In which zones people live.
package struct PeopleZones: Sendable {
    private let zones: Zones

    package init(zones: Zones) { self.zones = zones }

    /// A zone by its name; UTC when this system does not know it.
    package func zone(named name: String) -> Zone { zones.zone(named: name) ?? .utc }

    /// The zone of each person: that of the property `Tz` when it is known, else that of the number's country, else the
    /// account's. Ids that are not of the account are left out. One statement.
    package func choices(
        for profiles: some Collection<ProfileID>, of account: AccountID, else fallback: Zone, in session: any SQLSession
    ) throws -> [ProfileID: ZoneChoice] {
        guard !profiles.isEmpty else { return [:] }
        let rows = try session.rows(Self.query, [.id(account), .list(profiles)])
        return Dictionary(
            try rows.map { row in
                let number = try row.textIfPresent(1).flatMap { PhoneNumber(digits: $0) }
                return (try row.id(0), zones.choice(name: try row.json(2)["Tz"]?.string, number: number, account: fallback))
            }, uniquingKeysWith: { $1 })
    }

    private static let query = Query("profile.zones") { sql in
        "SELECT id, phone, properties FROM profile WHERE account_id = $1 AND \(sql.among("id", integers: "$2"))"
    }
}
