package import Core
package import Storage

/// Brings a database to the shape that this program knows.
package struct Schema: Sendable {
    private let engine: any SQLEngine
    private let clock: WallClock

    package init(engine: any SQLEngine, clock: WallClock = .system) {
        self.engine = engine
        self.clock = clock
    }

    /// Runs the steps that are missing, each in a transaction of its own, so an interrupted upgrade goes on where it
    /// stopped; a second call does nothing. Processes that start together take turns.
    /// - Returns: the names of the steps that ran.
    /// - Throws: `SettingsError` when the database is newer than this program; nothing is touched then.
    @discardableResult
    package func migrate(_ migrations: [Migration] = Migration.all) async throws -> [String] {
        try await engine.write { session in
            if session.dialect == .postgres { try session.execute(Self.lock) }
            try session.execute(Self.versionTable(session.dialect))
        }
        var names: [String] = []
        for migration in migrations where try await run(migration, newest: migrations.newest) { names.append(migration.name) }
        return names
    }

    /// Changes nothing.
    /// - Throws: `SettingsError` unless the database is at exactly the version that this program knows.
    package func check(_ migrations: [Migration] = Migration.all) async throws {
        let version = try await engine.read { try $0.row(Self.version)?.int(0) ?? 0 }
        guard version != migrations.newest else { return }
        throw SettingsError("The database is at version \(version), this program knows \(migrations.newest). Run whimbrel migrate first.")
    }

    private func run(_ migration: Migration, newest: Int) async throws -> Bool {
        let now = clock.now()
        return try await engine.write { session in
            if session.dialect == .postgres { try session.execute("LOCK TABLE schema_version IN EXCLUSIVE MODE") }
            let version = try session.row(Self.version)?.int(0) ?? 0
            guard version <= newest else {
                throw SettingsError("The database is at version \(version), this program knows \(newest). Start a newer whimbrel.")
            }
            guard version < migration.number else { return false }
            for statement in migration.statements(session.dialect) { try session.execute(statement) }
            try session.run(Self.record, [.int(migration.number), .text(migration.name), .time(now)])
            return true
        }
    }

    /// IF NOT EXISTS alone does not keep two processes from making the same table at once. The number is ours: "whimb".
    private static let lock = "SELECT pg_advisory_xact_lock(512970878050)"

    private static func versionTable(_ sql: Dialect) -> String {
        """
        CREATE TABLE IF NOT EXISTS schema_version (
            number \(sql.integerType) PRIMARY KEY, name TEXT NOT NULL, applied_at \(sql.integerType) NOT NULL
        ) \(sql.tableOptions)
        """
    }

    private static let version = Query("schema.version", "SELECT COALESCE(MAX(number), 0) FROM schema_version")
    private static let record = Query(
        "schema.record", "INSERT INTO schema_version (number, name, applied_at) VALUES ($1, $2, $3)")
}
