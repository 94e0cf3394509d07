import Core
import Foundation
import Schema
import Storage
import StorageSQLite

/// Writes the pretend shop into a database, straight by SQL, and beside it as CSV.
struct Filling {
    let folder: String
    let shop: PretendShop

    func run() async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let engine = try SQLiteEngine(folder: folder)
        try await Schema(engine: engine).migrate()
        try await engine.write { session in
            try session.execute("DROP INDEX event_by_name")
            try session.execute("INSERT INTO account (id, public_id, name, time_zone, created_at) VALUES (1, 'BENCH', 'Bench', 'UTC', 0)")
            for (place, name) in PretendShop.names.enumerated() {
                let key = name.lowercased().filter { $0 != " " }
                try session.run(Self.name, [.int(place + 1), .text(key), .text(name)])
            }
        }
        try await people(engine)
        try await events(engine)
        try await engine.write { session in
            try session.execute("CREATE INDEX event_by_name ON event (name_id, profile_id, occurred_at)")
            for (name, value) in [("profile", shop.people), ("profile_revision", shop.people), ("event", shop.events), ("event_name", 12)] {
                try session.run(Self.counter, [.text(name), .int(value)])
            }
        }
        await engine.close()
    }

    private func people(_ engine: SQLiteEngine) async throws {
        let file = try CSVFile("\(folder)/people.csv", header: "id,city,age,opted,phone,email\n")
        for start in stride(from: 1, through: shop.people, by: 50_000) {
            let people = (start..<min(start + 50_000, shop.people + 1)).map(shop.person)
            try await engine.write { try $0.run(Self.person, batch: people.map(\.values)) }
            for person in people { file.write(person.csv) }
        }
        file.close()
    }

    private func events(_ engine: SQLiteEngine) async throws {
        let file = try CSVFile("\(folder)/events.csv", header: "event,time,person,amount,price,quantity,category,other\n")
        for start in stride(from: 0, to: shop.events, by: 50_000) {
            let events = (start..<min(start + 50_000, shop.events)).map(shop.event)
            try await engine.write { session in
                try session.run(
                    Self.event,
                    batch: events.enumerated().map { place, event in
                        [
                            .int(start + place + 1), .int(event.person), .int(event.name + 1), .integer(event.second * 1_000_000),
                            .text(event.json),
                        ]
                    })
            }
            for event in events { file.write(event.csv) }
        }
        file.close()
    }

    private static let name = Query(
        "bench.name", "INSERT INTO event_name (id, account_id, match_key, name, created_at) VALUES ($1, 1, $2, $3, 0)")
    private static let person = Query(
        "bench.person",
        """
        INSERT INTO profile (id, account_id, object_id, identity, email, phone, whatsapp, whatsapp_at, properties, written_at, created_at,
            updated_at, revision)
        VALUES ($1, 1, $2, $3, $4, $5, $6, 1700000000000000, $7, 0, 0, 0, $1)
        """)
    private static let event = Query(
        "bench.event",
        """
        INSERT INTO event (id, account_id, profile_id, name_id, occurred_at, received_at, properties) VALUES ($1, 1, $2, $3, $4, $4, $5)
        """)
    private static let counter = Query(
        "bench.counter", "INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
}

extension PretendShop.Person {
    fileprivate var phone: String { "49151\(10_000_000 + id)" }

    fileprivate var values: [SQLValue] {
        [
            .int(id), .text("__\(id)"), .text("c\(id)"), .text("c\(id)@example.org"), .text(phone), .flag(isOptedIn),
            .text("{\"City\":\"\(city)\",\"Age\":\(age)}"),
        ]
    }

    fileprivate var csv: String { "\(id),\(city),\(age),\(isOptedIn),\(phone),c\(id)@example.org\n" }
}

/// A file that is written from the front.
private final class CSVFile {
    private let handle: FileHandle
    private var buffer: [UInt8] = []

    init(_ path: String, header: String) throws {
        FileManager.default.createFile(atPath: path, contents: nil)
        guard let handle = FileHandle(forWritingAtPath: path) else { throw BenchFailure("\(path) cannot be written") }
        self.handle = handle
        write(header)
    }

    func write(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count > 1 << 20 { flush() }
    }

    func close() {
        flush()
        try? handle.close()
    }

    private func flush() {
        handle.write(Data(buffer))
        buffer.removeAll(keepingCapacity: true)
    }
}
