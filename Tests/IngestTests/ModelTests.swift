import Core
import CoreTesting
import Ingest
import Profiles
import Storage
import StorageTesting
import Testing

/// Random calls, cut anywhere, end in the same people, events and ledger as the plain model's.
struct ModelTests {
    @Test(arguments: TestEngine.available, Array<UInt64>(1...8))
    func `uploads do what the plain model does`(kind: TestEngine, seed: UInt64) async throws {
        let fixture = try await Fixture(kind)
        var random = SeededGenerator(seed: seed)
        var model = NaiveModel(now: Fixture.now.seconds)
        for _ in 0..<12 {
            let records = (0..<Int.random(in: 1...40, using: &random)).map { _ in record(using: &random) }
            let answer = try await fixture.uploads.upload(["d": .array(records)], to: fixture.account)
            let codes = records.map { model.take($0) }
            #expect(answer.unprocessed.map(\.code) == codes.compactMap(\.self))
            #expect(answer.processed == codes.count { $0 == nil })
        }
        #expect(try await people(of: fixture) == model.people)
    }

    private func people(of fixture: Fixture) async throws -> [NaiveModel.Person] {
        try await fixture.engine.read { session in
            try fixture.profiles.page(of: fixture.account, after: nil, upTo: 1000, in: session).map { profile in
                var events: [String: [Int64]] = [:]
                for name in try fixture.events.names(of: fixture.account, in: session) {
                    let found = try fixture.events.occurrences(
                        of: name, account: fixture.account, profiles: profile.id...profile.id, from: nil, to: nil, in: session)
                    events[name] = found[profile.id]?.map(\.occurredAt.seconds)
                }
                return NaiveModel.Person(
                    identity: profile.identity, phone: profile.phone?.description, whatsApp: profile.whatsApp,
                    said: profile.whatsAppSaidAt?.seconds, properties: profile.properties, writtenAt: profile.writtenAt.seconds,
                    ledger: try fixture.consents.history(of: profile.id, account: fixture.account, in: session).map(\.granted),
                    events: events)
            }
        }
    }

    private func record(using random: inout SeededGenerator) -> JSONValue {
        var record: [String: JSONValue] = [:]
        if random.chance(60) { record["identity"] = random.pick(["a", "b", "c", "d", "e"]) }
        if random.chance(40) { record["objectId"] = random.pick(["o1", "o2", "o3", "o4"]) }
        if random.chance(15) { record["FBID"] = random.pick(["f1", "f2"]) }
        if random.chance(50) {
            record["ts"] = random.pick([0, 1000, 2000, 3000, .int(Fixture.now.seconds), .int(Fixture.now.seconds + 50)])
        }
        if random.chance(40) {
            record["type"] = "event"
            record["evtName"] = random.pick(["Viewed", "Charged", "Stayed", nil])
        } else {
            record["type"] = "profile"
            record["profileData"] = .object(properties(using: &random))
        }
        return .object(record.filter { $0.value != .null })
    }

    private func properties(using random: inout SeededGenerator) -> [String: JSONValue] {
        var data: [String: JSONValue] = [:]
        if random.chance(30) { data["Phone"] = random.pick(["+14155551234", "+919812345678"]) }
        if random.chance(40) { data["MSG-whatsapp"] = random.pick([true, false]) }
        if random.chance(30) { data["City"] = random.pick(["Pune", "Goa", 5, ["$delete": 1], ["$incr": 1], ["$add": ["x"]]]) }
        if random.chance(30) { data["Visits"] = random.pick([["$incr": 1], ["$incr": 3], ["$delete": 1], 7]) }
        if random.chance(40) {
            let texts = JSONValue.array((0..<2).map { _ in random.pick(["x", "y", "z"]) })
            data["Tags"] = random.pick([["$set": texts], ["$add": texts], ["$remove": texts], ["$delete": 1]])
        }
        return data
    }
}

extension SeededGenerator {
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func pick(_ values: [JSONValue]) -> JSONValue { values[Int.random(in: 0..<values.count, using: &self)] }
}
