import Foundation
import Storage
import StorageSQLite
import StorageTesting
import Testing

@Suite struct SQLiteEngineTests {
    private static let add = Query("t.blob.add", "INSERT INTO piece (id, bytes) VALUES ($1, $2)")
    private static let ids = Query("t.blob.ids", "SELECT id FROM piece ORDER BY id")

    private func ids(_ engine: SQLiteEngine) async throws -> [Int] {
        try await engine.read { try $0.rows(Self.ids).map { try $0.int(0) } }
    }

    private func makeTable(_ engine: SQLiteEngine) async throws {
        try await engine.write { try $0.execute("CREATE TABLE piece (id INTEGER PRIMARY KEY, bytes BLOB) STRICT") }
    }

    /// Lets the file grow by some pages and no further, as a full disk does.
    private func limit(_ engine: SQLiteEngine, pages: Int) async throws {
        try await engine.write { try $0.execute("PRAGMA max_page_count = \(pages)") }
    }

    @Test func `a full disk is said clearly, reading goes on and writing recovers`() async throws {
        let folder = try ScratchFolder()
        let engine = try SQLiteEngine(folder: folder.path)
        try await makeTable(engine)
        try await engine.write { _ = try $0.run(Self.add, [.integer(1), .blob([1])]) }
        try await limit(engine, pages: 8)
        let error = await #expect(throws: StorageError.self) {
            try await engine.write { _ = try $0.run(Self.add, [.integer(2), .blob(Array(repeating: 0, count: 100_000))]) }
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("The disk that holds \(folder.path)/whimbrel.sqlite is full") == true)
        #expect(try await ids(engine) == [1])
        try await limit(engine, pages: 1_000_000)
        try await engine.write { _ = try $0.run(Self.add, [.integer(3), .blob(Array(repeating: 0, count: 100_000))]) }
        #expect(try await ids(engine) == [1, 3])
        await engine.close()
    }

    /// SQLite then rolls back the whole transaction by itself, and with it the closures that had already succeeded.
    @Test func `on a full disk only what was answered with success is stored`() async throws {
        let folder = try ScratchFolder()
        let engine = try SQLiteEngine(folder: folder.path)
        try await makeTable(engine)
        try await limit(engine, pages: 40)
        let stored = await withTaskGroup(of: Int?.self) { group in
            for id in 1...200 {
                group.addTask {
                    do {
                        let bytes = Array(repeating: UInt8(0), count: id % 10 == 0 ? 60_000 : 10)
                        try await engine.write { _ = try $0.run(Self.add, [.int(id), .blob(bytes)]) }
                        return id
                    } catch {
                        #expect((error as? StorageError)?.kind == .unavailable)
                        return nil
                    }
                }
            }
            return await group.reduce(into: [Int]()) { ids, id in if let id { ids.append(id) } }
        }
        #expect(stored.count < 200)
        #expect(try await ids(engine) == stored.sorted())
        await engine.close()
    }

    @Test func `a folder that cannot be made is said clearly`() {
        let error = #expect(throws: StorageError.self) { try SQLiteEngine(folder: "/proc/whimbrel") }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.hasPrefix("The folder /proc/whimbrel cannot be made: ") == true)
    }

    @Test func `a database in a read-only folder is said clearly`() {
        let error = #expect(throws: StorageError.self) { try SQLiteEngine(path: "/proc/whimbrel.sqlite") }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.hasPrefix("The database /proc/whimbrel.sqlite cannot be opened for writing: ") == true)
    }

    @Test func `the files are for their owner alone`() async throws {
        let parent = try ScratchFolder()
        let folder = parent.path + "/data"
        let engine = try SQLiteEngine(folder: folder)
        try await makeTable(engine)
        for (file, mode) in [("", 0o700), ("/whimbrel.sqlite", 0o600), ("/whimbrel.sqlite-wal", 0o600), ("/whimbrel.sqlite-shm", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + file)
            #expect(attributes[.posixPermissions] as? Int == mode, "\(file)")
        }
        await engine.close()
    }

    @Test func `what was written is there after opening again`() async throws {
        let folder = try ScratchFolder()
        for id in 1...3 {
            let engine = try SQLiteEngine(folder: folder.path)
            if id == 1 { try await makeTable(engine) }
            try await engine.write { _ = try $0.run(Self.add, [.int(id), .null]) }
            #expect(try await ids(engine) == Array(1...id))
            await engine.close()
        }
    }

    @Test func `commits are synced and rules are on`() async throws {
        let folder = try ScratchFolder()
        let engine = try SQLiteEngine(folder: folder.path)
        let settings = [
            ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"), ("secure_delete", "0"), ("wal_autocheckpoint", "4000"),
        ]
        for (name, expected) in settings {
            let value = try await engine.write { try $0.row(Query("t.pragma", "PRAGMA \(name)"))?.values.first }
            #expect(value == Int64(expected).map(SQLValue.integer) ?? .text(expected), "\(name)")
        }
        await engine.close()
    }

    @Test func `a file that is no database is said clearly`() throws {
        let folder = try ScratchFolder()
        try Data(repeating: 65, count: 8192).write(to: URL(fileURLWithPath: folder.path + "/whimbrel.sqlite"))
        let error = #expect(throws: StorageError.self) { try SQLiteEngine(folder: folder.path) }
        #expect(error?.kind == .failed)
        #expect(error?.message.contains("file is not a database") == true)
    }
}
