#if Postgres
import Foundation
import Storage
import StoragePostgres
import StorageTesting
import Synchronization
import Testing

/// What only a server can do. Runs where `TestEngine.available` has PostgreSQL.
@Suite(.enabled(if: TestEngine.available.contains(.postgres)))
struct PostgresEngineTests {
    private static let one = Query("t.one", "SELECT 1")
    private static let kill = Query(
        "t.kill",
        "SELECT COUNT(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()")
    private static let raise = Query("t.raise", "UPDATE pair SET value = value + 1 WHERE id = $1")

    /// Connections that can be told apart from those of other tests by their application name, and a schema for tables.
    private func engine(_ name: String, connections: Int = 3) async throws -> PostgresEngine {
        let server = try TestEngine.serverURL()
        let keeper = try PostgresEngine(url: server, connections: 1)
        try await keeper.write { try $0.execute("CREATE SCHEMA \(name)") }
        return try PostgresEngine(url: TestEngine.url(server, schema: name) + "&application_name=\(name)", connections: connections)
    }

    private func killConnections(_ name: String) async throws -> Int {
        let other = try PostgresEngine(url: TestEngine.serverURL(), connections: 1)
        return try await other.write { try $0.row(Self.kill, [.text(name)])?.int(0) ?? 0 }
    }

    @Test func `connections that died between two calls are replaced`() async throws {
        let engine = try await engine("test_reconnect")
        try await withThrowingTaskGroup(of: Void.self) { group in  // so that every thread gets its connection
            for _ in 0..<30 { group.addTask { _ = try await engine.write { try $0.row(Self.one) } } }
            try await group.waitForAll()
        }
        #expect(try await killConnections("test_reconnect") > 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<30 { group.addTask { _ = try await engine.write { try $0.row(Self.one) } } }
            for _ in 0..<30 { group.addTask { _ = try await engine.read { try $0.row(Self.one) } } }
            try await group.waitForAll()
        }
        await engine.close()
    }

    @Test func `a connection that dies inside a closure fails it, and the next call works`() async throws {
        let engine = try await engine("test_lost", connections: 1)
        let suicide = Query("t.suicide", "SELECT pg_terminate_backend(pg_backend_pid())")
        let error = await #expect(throws: StorageError.self) { _ = try await engine.write { try $0.rows(suicide) } }
        #expect(error?.kind == .unavailable)
        #expect(try await engine.write { try $0.row(Self.one)?.int(0) } == 1)
        let inBatch = await #expect(throws: StorageError.self) {
            _ = try await engine.write { try $0.rows(suicide, batch: [[], [], []]) }
        }
        #expect(inBatch?.kind == .unavailable)
        #expect(try await engine.write { try $0.row(Self.one)?.int(0) } == 1)
        await engine.close()
    }

    @Test func `a connection that dies during the commit leaves the outcome unknown`() async throws {
        let engine = try await engine("test_commit")
        try await engine.write { session in
            try session.execute(
                """
                CREATE TABLE fatal (id BIGINT);
                CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER dies AFTER INSERT ON fatal DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION die();
                """)
        }
        let runs = Mutex(0)
        let error = await #expect(throws: StorageError.self) {
            try await engine.write { session in
                runs.withLock { $0 += 1 }
                try session.execute("INSERT INTO fatal VALUES (1)")
            }
        }
        #expect(error?.kind == .outcomeUnknown)
        #expect(runs.withLock { $0 } == 1)
        await engine.close()
    }

    @Test func `a deadlock runs one of the closures again`() async throws {
        let engine = try await engine("test_deadlock")
        try await engine.write { session in
            try session.execute("CREATE TABLE pair (id BIGINT PRIMARY KEY, value BIGINT); INSERT INTO pair VALUES (1, 0), (2, 0)")
        }
        let runs = Mutex(0)
        let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let cross: @Sendable (Int64, Int64, DispatchSemaphore, DispatchSemaphore) async throws -> Void = { from, to, mine, others in
            try await engine.write { session in
                let isFirstRun = runs.withLock { count in
                    count += 1
                    return count <= 2
                }
                try session.run(Self.raise, [.integer(from)])
                mine.signal()
                if isFirstRun { _ = others.wait(timeout: .now() + 30) }  // both hold one row before they ask for the other
                try session.run(Self.raise, [.integer(to)])
            }
        }
        async let a: Void = cross(1, 2, first, second)
        async let b: Void = cross(2, 1, second, first)
        _ = try await (a, b)
        #expect(runs.withLock { $0 } == 3)
        let values = try await engine.read { try $0.rows(Query("t.pair", "SELECT value FROM pair")).map { try $0.int(0) } }
        #expect(values == [2, 2])
        await engine.close()
    }

    @Test func `a failure that stays transient is given to the caller after five runs`() async throws {
        let engine = try await engine("test_transient")
        let runs = Mutex(0)
        let error = await #expect(throws: StorageError.self) {
            try await engine.write { session in
                runs.withLock { $0 += 1 }
                try session.execute("DO 'BEGIN RAISE SQLSTATE ''40001''; END'")
            }
        }
        #expect(error?.kind == .unavailable)
        #expect(runs.withLock { $0 } == 5)
        await engine.close()
    }

    @Test func `a server that is down is told at once`() async throws {
        let engine = try PostgresEngine(url: "postgres://nobody:secret@127.0.0.1:1/nothing", connections: 2)
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    let error = await #expect(throws: StorageError.self) { _ = try await engine.read { try $0.row(Self.one) } }
                    #expect(error?.kind == .unavailable)
                    #expect(error?.message.hasPrefix("The database server cannot be reached: ") == true)
                    #expect(error?.message.contains("secret") == false)
                }
            }
        }
        #expect(ContinuousClock.now - start < .seconds(5))
        await engine.close()
    }

    @Test(arguments: ["", "mysql://x", "host=localhost password=secret", "postgres://user:secret@host/x?nonsense=1", "postgres://[::1"])
    func `an address that cannot be read is refused without repeating it`(url: String) {
        let error = #expect(throws: StorageError.self) { try PostgresEngine(url: url) }
        #expect(error?.kind == .failed)
        #expect(error?.message.contains("secret") == false)
    }

    @Test func `a value that does not fit its column is not repeated`() async throws {
        let engine = try await engine("test_quoted", connections: 1)
        let query = Query("t.cast", "SELECT CAST($1 AS BIGINT)")
        for values in [[SQLValue.text("my \"private\" word")], [.text("99999999999999999999")]] {
            let error = await #expect(throws: StorageError.self) { _ = try await engine.read { try $0.row(query, values) } }
            #expect(error?.kind == .failed)
            #expect(error?.message.contains("\"…\"") == true)
            #expect(error?.message.contains("private") == false && error?.message.contains("9999") == false)
        }
        await engine.close()
    }

    @Test func `an error inside a long batch leaves the connection usable`() async throws {
        let engine = try await engine("test_batch", connections: 1)
        try await engine.write { try $0.execute("CREATE TABLE row (id BIGINT PRIMARY KEY)") }
        let add = Query("t.row.add", "INSERT INTO row (id) VALUES ($1)")
        for bad in [0, 250, 499, 500, 1203] {
            let batch: [[SQLValue]] = (0..<1204).map { [.int($0 == bad ? (bad == 0 ? 1 : 0) : $0)] }
            let error = await #expect(throws: StorageError.self) { _ = try await engine.write { try $0.run(add, batch: batch) } }
            #expect(error?.kind == .constraint)
            #expect(try await engine.read { try $0.row(Query("t.row.count", "SELECT COUNT(*) FROM row"))?.int(0) } == 0)
        }
        await engine.close()
    }

    @Test func `large batches with large values do not block each other`() async throws {
        let engine = try await engine("test_large", connections: 1)
        let echo = Query("t.echo", "SELECT CAST($1 AS TEXT)")
        let text = SQLValue.text(String(repeating: "x", count: 20_000))
        let count = try await engine.read { try $0.rows(echo, batch: Array(repeating: [text], count: 1000)).count }
        #expect(count == 1000)
        await engine.close()
    }
}
#endif
