import Dispatch
import GRDB
package import Storage

/// The embedded store: one SQLite file in WAL mode, many readers, one writer. Every `write` that has returned is on
/// disk (`synchronous=FULL`); concurrent ones share a transaction and its fsync, see `GroupCommit`.
package final class SQLiteEngine: SQLEngine {
    package let dialect = Dialect.sqlite
    private let pool: DatabasePool
    private let commits: GroupCommit
    private let problems: SQLiteProblems
    private let calls = OpenCalls()

    /// Opens `whimbrel.sqlite` in `folder`; makes the folder (mode 0700) and the file (0600) when they are missing.
    /// - Throws: `StorageError(.unavailable)` when the folder cannot be made or written, or its disk is full.
    package convenience init(folder: String) throws {
        try SQLiteFile.makeFolder(folder)
        try self.init(path: folder + "/whimbrel.sqlite")
    }

    /// Opens the database at `path`, whose folder exists; makes the file (mode 0600) when it is missing.
    /// - Parameter readers: how many `read` closures run at once; more wait.
    package init(path: String, readers: Int = 4) throws {
        problems = SQLiteProblems(path: path)
        try SQLiteFile.make(path)
        do { pool = try SQLiteFile.open(path, readers: readers) } catch { throw problems.storageError(error, in: nil) }
        commits = GroupCommit(pool: pool, problems: problems)
    }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try calls.enter()
        defer { calls.leave() }
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { [problems] database in
                continuation.resume(
                    with: Result {
                        do { return try SQLiteSession.run(body, on: database.get(), problems: problems) } catch let error as DatabaseError {
                            throw problems.storageError(error, in: nil)
                        }
                    })
            }
        }
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try calls.enter()
        defer { calls.leave() }
        return try await withCheckedThrowingContinuation { commits.add(WriteJob(body, problems: problems, answer: $0)) }
    }

    package func close() async {
        guard await calls.close() else { return }
        await withCheckedContinuation { continuation in
            // Closing waits for the connections, which a thread of the concurrency pool must not.
            DispatchQueue.global().async { [pool] in
                try? pool.close()  // fails only while a statement runs, and none does
                continuation.resume()
            }
        }
    }
}
