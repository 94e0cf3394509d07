import CSQLite
import Foundation

/// The limit for the upload: the rows of another database's event table, inserted into the same table with the same index
/// and the same durability, with a prepared statement and nothing else.
struct BareInserts {
    private struct Row {
        var numbers: [Int64]
        var properties: String
    }

    private let rows: [Row]
    private let schema: [String]

    init(of database: String, from id: Int) throws {
        let source = try SQLite(database)
        schema = try source.texts(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN ('account','profile','event_name','event') AND sql IS NOT NULL ORDER BY type DESC"
        )
        let statement = try source.prepare(
            "SELECT id, account_id, profile_id, name_id, occurred_at, received_at, properties FROM event WHERE id >= \(id) ORDER BY id")
        defer { sqlite3_finalize(statement) }
        var rows: [Row] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append(
                Row(
                    numbers: (0..<6).map { sqlite3_column_int64(statement, $0) },
                    properties: String(cString: sqlite3_column_text(statement, 6))))
        }
        self.rows = rows
    }

    /// Inserts all rows in `commits` transactions of equal size.
    func run(commits: Int) throws -> (rows: Int, perSecond: Double) {
        let path = FileManager.default.temporaryDirectory.path + "/whimbrel-bare-\(UUID().uuidString).sqlite"
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        let target = try SQLite(path)
        try target.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
        for sql in schema { try target.execute(sql) }
        let statement = try target.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)")
        defer { sqlite3_finalize(statement) }
        let size = (rows.count + commits - 1) / commits
        let duration = try ContinuousClock().measure {
            for start in stride(from: 0, to: rows.count, by: size) {
                try target.execute("BEGIN IMMEDIATE")
                for row in rows[start..<min(start + size, rows.count)] { try insert(row, statement, target) }
                try target.execute("COMMIT")
            }
        }
        return (rows.count, perSecond(rows.count, in: duration))
    }

    private func insert(_ row: Row, _ statement: OpaquePointer?, _ target: SQLite) throws {
        for (index, number) in row.numbers.enumerated() { sqlite3_bind_int64(statement, Int32(index + 1), number) }
        let step = row.properties.withCString { text in
            sqlite3_bind_text(statement, 7, text, -1, nil)  // static for the time of the step
            return sqlite3_step(statement)
        }
        guard step == SQLITE_DONE else { throw target.failure() }
        sqlite3_reset(statement)
    }
}
