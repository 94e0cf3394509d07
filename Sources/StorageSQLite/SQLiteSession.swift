import Foundation
import GRDB
import Storage

/// Statements on one connection of GRDB, inside a transaction that the engine has begun.
///
/// After a statement has failed, the closure as a whole fails with that error, even if it catches it: PostgreSQL can
/// do nothing else, and SQLite may have rolled back by itself, so that later statements would be stored one by one.
final class SQLiteSession: SQLSession {
    let dialect = Dialect.sqlite
    private let db: Database
    private let problems: SQLiteProblems
    private var failure: StorageError?

    private init(_ db: Database, problems: SQLiteProblems) { (self.db, self.problems) = (db, problems) }

    static func run<Value>(
        _ body: (any SQLSession) throws -> Value, on db: Database, problems: SQLiteProblems
    ) throws -> Value {
        let session = SQLiteSession(db, problems: problems)
        let value = try body(session)
        if let failure = session.failure { throw failure }
        return value
    }

    func rows(_ query: Query, _ values: [SQLValue]) throws -> [SQLRow] {
        try statement(query) { statement, order in try fetch(statement, arguments(query, order, values)) }
    }

    func run(_ query: Query, _ values: [SQLValue]) throws -> Int {
        try statement(query) { statement, order in try change(statement, arguments(query, order, values)) }
    }

    func run(_ query: Query, batch: [[SQLValue]]) throws -> [Int] {
        try statement(query) { statement, order in
            try batch.map { try change(statement, arguments(query, order, $0)) }
        }
    }

    func rows(_ query: Query, batch: [[SQLValue]]) throws -> [[SQLRow]] {
        try statement(query) { statement, order in
            try batch.map { try fetch(statement, arguments(query, order, $0)) }
        }
    }

    func execute(_ text: String) throws {
        try guarded(nil) { try db.execute(sql: text) }
    }

    private func statement<Value>(
        _ query: Query, _ body: (GRDB.Statement, Query.Statement) throws -> Value
    ) throws -> Value {
        try guarded(query.name) {
            let text = query.statement(for: .sqlite)
            return try body(db.cachedStatement(sql: text.text), text)
        }
    }

    private func guarded<Value>(_ name: String?, _ body: () throws -> Value) throws -> Value {
        if let failure { throw failure }
        do { return try body() } catch {
            let failure = isWriteInRead(error) ? Self.writeInRead(name) : problems.storageError(error, in: name)
            self.failure = failure
            throw failure
        }
    }

    /// On a reader's connection SQLITE_READONLY is a mistake of the program, on the writer's one of the operator.
    private func isWriteInRead(_ error: any Error) -> Bool {
        (error as? DatabaseError)?.resultCode == .SQLITE_READONLY && db.configuration.readonly
    }

    private static func writeInRead(_ name: String?) -> StorageError {
        StorageError(.failed, (name.map { "\($0): " } ?? "") + "a statement of `read` may not write")
    }

    private func arguments(_ query: Query, _ statement: Query.Statement, _ values: [SQLValue]) throws -> StatementArguments {
        try query.check(values)
        return StatementArguments(statement.arranged(values).map(\.databaseValue))
    }

    private func change(_ statement: GRDB.Statement, _ arguments: StatementArguments) throws -> Int {
        try statement.execute(arguments: arguments)
        return statement.isReadonly ? 0 : db.changesCount
    }

    private func fetch(_ statement: GRDB.Statement, _ arguments: StatementArguments) throws -> [SQLRow] {
        let cursor = try Row.fetchCursor(statement, arguments: arguments)
        var rows: [SQLRow] = []
        while let row = try cursor.next() { rows.append(SQLRow(row.databaseValues.map(SQLValue.init))) }
        return rows
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }

    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob(Array(data))
        }
    }
}
