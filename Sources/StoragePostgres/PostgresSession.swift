#if Postgres
import Storage

/// Statements on one connection, inside a transaction that `Transaction` has begun. After one has failed the closure
/// as a whole fails with that error, even if it catches it.
final class PostgresSession: SQLSession {
    let dialect = Dialect.postgres
    private let connection: Connection
    private(set) var failure: StorageError?
    /// The failure, when running the closure again may help.
    private(set) var transientFailure: StorageError?

    init(_ connection: Connection) { self.connection = connection }

    func rows(_ query: Query, _ values: [SQLValue]) throws -> [SQLRow] {
        try guarded(query, [values]) { () throws(PostgresFailure) in try connection.run(query, values).rows }
    }

    func run(_ query: Query, _ values: [SQLValue]) throws -> Int {
        try guarded(query, [values]) { () throws(PostgresFailure) in try connection.run(query, values).changed }
    }

    func run(_ query: Query, batch: [[SQLValue]]) throws -> [Int] {
        try guarded(query, batch) { () throws(PostgresFailure) in try connection.run(query, batch: batch, read: \.changed) }
    }

    func rows(_ query: Query, batch: [[SQLValue]]) throws -> [[SQLRow]] {
        try guarded(query, batch) { () throws(PostgresFailure) in try connection.run(query, batch: batch, read: \.rows) }
    }

    func execute(_ text: String) throws {
        try guarded(nil, []) { () throws(PostgresFailure) in try connection.execute(text) }
    }

    private func guarded<Value>(
        _ query: Query?, _ batch: [[SQLValue]], _ body: () throws(PostgresFailure) -> Value
    ) throws(StorageError) -> Value {
        if let failure { throw failure }
        do throws(StorageError) {
            for values in batch { try query?.check(values) }
        } catch {
            failure = error
            throw error
        }
        do throws(PostgresFailure) { return try body() } catch {
            let problem = error.storageError(in: query?.name)
            failure = problem
            if error.isTransient { transientFailure = problem }
            throw problem
        }
    }
}
#endif
