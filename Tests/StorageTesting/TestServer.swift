#if Postgres
import Foundation
import Schema
import Storage
import StoragePostgres
import Synchronization

/// The PostgreSQL server of all tests of a run, and the schemas on it that no test uses at the moment.
final class TestServer: Sendable {
    struct Place: Sendable {
        let engine: PostgresEngine
        /// Tables and indexes after the migration: a test that made more leaves a schema that is not used again.
        let relations: Int
    }

    static let shared = Result { try TestServer() }

    let url: String
    private let keeper: PostgresEngine
    private let unused = Mutex<[Place]>([])
    /// Tests run at once, and are more than the server has connections for.
    private let slots = Slots(40)

    private init() throws {
        guard let url = TestEngine.environment["WHIMBREL_TEST_POSTGRES"] else {
            throw StorageError(.unavailable, "WHIMBREL_TEST_POSTGRES names no PostgreSQL server; run the tests with scripts/with-postgres.")
        }
        self.url = url
        keeper = try PostgresEngine(url: url, connections: 2)
    }

    /// A schema without rows, with every table when `migrated`, else with none. Waits while too many are in use.
    func take(migrated: Bool) async throws -> Place {
        await slots.take()
        do {
            while migrated, let place = unused.withLock({ $0.popLast() }) {
                if try await empty(place) { return place }
            }
            return try await make(migrated: migrated)
        } catch {
            slots.giveBack()
            throw error
        }
    }

    /// To be called once for each place taken.
    func giveBack(_ place: Place, isMigrated: Bool) {
        if isMigrated { unused.withLock { $0.append(place) } }
        slots.giveBack()
    }

    private func make(migrated: Bool) async throws -> Place {
        let name = "test_" + UUID().uuidString.replacing("-", with: "").lowercased()
        try await keeper.write { try $0.execute("CREATE SCHEMA \(name)") }
        let engine = try PostgresEngine(url: TestEngine.url(url, schema: name), connections: 3)
        guard migrated else { return Place(engine: engine, relations: 0) }
        try await Schema(engine: engine).migrate()
        return Place(engine: engine, relations: try await engine.read { try Self.relations($0) })
    }

    /// Deletes all rows. False when the schema cannot be used again: a test has closed it or made tables.
    private func empty(_ place: Place) async throws -> Bool {
        do {
            return try await place.engine.write { session in
                try session.execute(Self.deleteAll)
                return try Self.relations(session) == place.relations
            }
        } catch let error as StorageError where error.message == "The database is closed." {
            return false
        }
    }

    private static func relations(_ session: any SQLSession) throws -> Int {
        try session.row(count)?.int(0) ?? 0
    }

    private static let count = Query(
        "test.relations", "SELECT COUNT(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace")

    /// In the role of a replica the order of tables does not matter to foreign keys.
    private static let deleteAll = """
        SET LOCAL session_replication_role = replica;
        DO $$ DECLARE name TEXT; BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'schema_version' LOOP
                EXECUTE format('DELETE FROM %I', name);
            END LOOP;
        END $$;
        """
}

/// A number of places; who comes when all are taken waits for one.
private final class Slots: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ count: Int) { state = Mutex(State(free: count)) }

    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free == 0 { state.waiting.append(continuation) } else { state.free -= 1 }
                return state.waiting.isEmpty
            }
            if isFree { continuation.resume() }
        }
    }

    func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}
#endif
