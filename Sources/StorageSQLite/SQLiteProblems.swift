import GRDB
import Storage

/// What SQLite's result codes mean to an operator. Messages name tables, columns and queries, never values.
struct SQLiteProblems: Sendable {
    let path: String

    /// - Parameter query: the statement's name; nil when the engine's own work failed.
    func storageError(_ error: any Error, in query: String?) -> StorageError {
        if let error = error as? StorageError { return error }
        guard let error = error as? DatabaseError else { return StorageError(.failed, named(query, "\(error)")) }
        if let text = unavailability(error) { return StorageError(.unavailable, text) }
        let message = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
        return StorageError(error.resultCode == .SQLITE_CONSTRAINT ? .constraint : .failed, named(query, message))
    }

    /// For closures that succeeded in a transaction that another one's failure has ended.
    var lost: String { "The disk that holds \(path) is full or fails. Nothing was stored; writing goes on when that is mended." }

    private func unavailability(_ error: DatabaseError) -> String? {
        switch error.resultCode {
        case .SQLITE_FULL:
            "The disk that holds \(path) is full. Nothing was stored; writing goes on when there is room again."
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            "The folder of \(path) is read-only or not accessible. Nothing was stored; make it writable for this user."
        case .SQLITE_IOERR:
            "The disk that holds \(path) fails or is full (input/output error \(error.extendedResultCode.rawValue)). Nothing was stored."
        case .SQLITE_BUSY:
            "Another process keeps \(path) locked. Nothing was stored; stop it or try again."
        case .SQLITE_MISUSE where error.message?.contains("closed") == true:
            "The database is closed."
        default: nil
        }
    }

    private func named(_ query: String?, _ message: String) -> String { query.map { "\($0): \(message)" } ?? message }
}
