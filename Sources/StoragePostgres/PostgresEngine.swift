#if Postgres
import Dispatch
import Foundation
package import Storage

/// The shared store: PostgreSQL 12 or newer through libpq. Each of a fixed number of threads owns one connection and
/// runs one transaction at a time, so a closure may block and nobody else waits for it.
///
/// Reads see one snapshot (repeatable read, read only); writes run as read committed. A connection that is found dead
/// before a closure began is replaced silently. A deadlock or serialization failure runs the closure again.
package final class PostgresEngine: SQLEngine {
    package let dialect = Dialect.postgres
    private let jobs = JobQueue()
    private let workers = DispatchGroup()

    /// Starts the threads; connections are made when they are first needed.
    /// - Parameters:
    ///   - url: `postgres://user:password@host:port/database?…`, everything libpq takes in it.
    ///   - connections: at most so many transactions at once, from 1.
    ///   - report: hears of lost connections and failed attempts, for the log. Called on the engine's threads.
    /// - Throws: `StorageError(.failed)` when the address cannot be read. A server that is down is no error here.
    package init(url: String, connections: Int = 8, report: @escaping @Sendable (String) -> Void = { _ in }) throws {
        try Connection.check(url: url)
        let server = Server(url: url, report: report)
        for number in 1...max(1, connections) { start(number, server) }
    }

    deinit { jobs.close() }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { jobs.add(Job(.read, body, answer: $0)) }
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { jobs.add(Job(.write, body, answer: $0)) }
    }

    package func close() async {
        jobs.close()
        await withCheckedContinuation { continuation in
            workers.notify(queue: .global()) { continuation.resume() }
        }
    }

    private func start(_ number: Int, _ server: Server) {
        workers.enter()
        let thread = Thread { [jobs, workers] in
            Worker(jobs: jobs, server: server).work()
            workers.leave()
        }
        thread.name = "postgres-\(number)"
        thread.start()
    }
}
#endif
