/// A database. `read` and `write` run a closure inside one transaction; the closure is synchronous, so nobody can wait
/// for the network between BEGIN and COMMIT.
package protocol SQLEngine: Sendable {
    var dialect: Dialect { get }

    /// Runs `body` on one consistent view of the database. Throws what `body` throws, or `StorageError`.
    /// - Parameter body: may be run again from the start when the connection was lost before it did anything.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value

    /// Runs `body` and returns when what it wrote is on disk. If it throws, all of it is rolled back, and nothing else:
    /// the closures of other callers that share its commit stay.
    /// - Parameter body: may be run again from the start after a deadlock or a lost connection; it must have no effect
    ///   but on the database.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value

    /// Lets running closures finish and closes the database. Afterwards every call throws; a second call does nothing.
    func close() async
}

/// Statements inside a transaction. Only valid inside the closure that got it.
package protocol SQLSession {
    var dialect: Dialect { get }

    /// The rows that a SELECT or a RETURNING gives. `values[0]` is `$1`.
    func rows(_ query: Query, _ values: [SQLValue]) throws -> [SQLRow]

    /// Runs a statement once and returns how many rows it changed.
    @discardableResult
    func run(_ query: Query, _ values: [SQLValue]) throws -> Int

    /// Runs a statement once for each of `batch`, in order, in one round trip where the system can, and returns how
    /// many rows each changed. Stops at the first that fails.
    @discardableResult
    func run(_ query: Query, batch: [[SQLValue]]) throws -> [Int]

    /// The same, with the rows that each gives.
    func rows(_ query: Query, batch: [[SQLValue]]) throws -> [[SQLRow]]

    /// A statement that is no named query: migrations and the tests' own tables.
    func execute(_ text: String) throws
}

extension SQLSession {
    /// The rows of a statement without values.
    package func rows(_ query: Query) throws -> [SQLRow] { try rows(query, []) }

    /// The first row, or nil.
    package func row(_ query: Query, _ values: [SQLValue] = []) throws -> SQLRow? { try rows(query, values).first }
}
