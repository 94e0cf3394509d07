import Core
import Profiles
import Storage
import StorageTesting
import Testing
import ZoneTime

@Suite struct PeopleZonesTests {
    private static let people: [(phone: String?, properties: JSONValue, zone: String, source: ZoneChoice.Source)] = [
        ("81312345678", ["Tz": "America/New_York"], "America/New_York", .own),
        ("81312345678", [:], "Asia/Tokyo", .number),
        ("81312345678", ["Tz": "Mars/Base"], "Asia/Tokyo", .number),
        ("81312345678", ["Tz": ""], "Asia/Tokyo", .number),
        ("81312345678", ["Tz": 5], "Asia/Tokyo", .number),
        (nil, ["Tz": "Europe/Kiev"], "Europe/Kiev", .own),
        (nil, ["Tz": "GMT+5:30"], "+05:30", .own),
        (nil, [:], "Europe/Paris", .account),
        ("14155551234", [:], "Europe/Paris", .account),
    ]

    @Test(arguments: TestEngine.available)
    func `a person's own zone comes first, then that of the number, then the account's`(kind: TestEngine) async throws {
        let engine = try await kind.makeWithAccount()
        let zones = PeopleZones(zones: Zones())
        let rows = Self.people.enumerated().map { index, person in
            [SQLValue.int(index + 1), .text("o\(index)"), .optional(person.phone), .json(person.properties)]
        }
        try await engine.write { _ = try $0.run(Self.insert, batch: rows) }
        let ids = (1...Self.people.count + 1).map { ProfileID(rawValue: Int64($0)) }
        let (account, other) = (AccountID(rawValue: 1), AccountID(rawValue: 2))
        let paris = zones.zone(named: "Europe/Paris")
        let choices = try await engine.read { try zones.choices(for: ids, of: account, else: paris, in: $0) }
        #expect(choices.count == Self.people.count)
        for (id, person) in zip(ids, Self.people) {
            #expect(choices[id]?.zone.identifier == person.zone)
            #expect(choices[id]?.source == person.source)
        }
        #expect(try await engine.read { try zones.choices(for: ids, of: other, else: paris, in: $0) }.isEmpty)
        #expect(zones.zone(named: "Mars/Base") == .utc)
    }

    private static let insert = Query(
        "test.profile",
        """
        INSERT INTO profile (id, account_id, object_id, phone, properties, written_at, created_at, updated_at)
        VALUES ($1, 1, $2, $3, $4, 0, 0, 0)
        """)
}
