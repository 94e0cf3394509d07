import Audience
import Core
import Foundation
import Profiles
import Schema
import Storage
import StorageSQLite

/// How much building holds up those who store: the same uploads with and without a builder, in turns.
struct IngestBench {
    let folder: String
    let rounds = 3
    /// Of a thousand events.
    let batches: Int

    func run() async throws {
        var rates: [Bool: [Double]] = [:]
        for round in 0..<rounds {
            for isBuilding in round % 2 == 0 ? [false, true] : [true, false] {
                rates[isBuilding, default: []].append(try await rate(isBuilding: isBuilding))
            }
        }
        let (without, with) = ((rates[false] ?? []).max() ?? 0, (rates[true] ?? []).max() ?? 0)
        print("stored \(Int(without)) events/s without a builder, \(Int(with)) with one: \(with / without)")
    }

    private func rate(isBuilding: Bool) async throws -> Double {
        let place = "\(folder)/ingest-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: place) }
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let parts = try Parts(place)
        try await Schema(engine: parts.engine).migrate()
        try await parts.engine.write {
            try $0.execute("INSERT INTO account (id, public_id, name, time_zone, created_at) VALUES (1, 'BENCH', 'Bench', 'UTC', 0)")
        }
        let builder = isBuilding ? Task { try await parts.builder.run() } : nil
        let time = try await ContinuousClock().measure { try await upload(parts) }
        builder?.cancel()
        try await builder?.value
        let left = try await parts.builder.backlog().events
        if isBuilding { print("left to build: \(left) of \(batches * 1000)") }
        await parts.engine.close()
        return Double(batches * 1000) / time.seconds
    }

    private func upload(_ parts: Parts) async throws {
        let shop = PretendShop(people: 20_000, events: batches * 1000)
        let profiles = ProfileStore(engine: parts.engine, clock: .system, ids: IDMaker(clock: .system))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    for batch in stride(from: worker, to: batches, by: 8) {
                        let records = try (0..<1000).map { try record(shop.event(batch * 1000 + $0), number: $0 + 1) }
                        _ = try await parts.engine.write {
                            try profiles.apply(records, to: AccountID(rawValue: 1), source: "bench", in: $0)
                        }
                        parts.stored.raise()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func record(_ event: PretendShop.Event, number: Int) throws -> ProfileRecord {
        guard let name = EventName(PretendShop.names[event.name]) else { throw BenchFailure("no name") }
        return ProfileRecord(
            number: number, who: Who([.identity: "c\(event.person)"]), time: Timestamp(seconds: event.second),
            content: .event(name, properties: try JSONValue(parsing: event.json).object ?? [:]))
    }
}
