#if Postgres
import CPostgres
import Storage

/// An error as the server or libpq reports it. The message never holds a bound value.
struct PostgresFailure: Error {
    /// The SQLSTATE (PostgreSQL manual, appendix A); empty when the connection itself failed.
    let state: String
    let message: String

    /// A deadlock or a serialization failure: the same closure may succeed when it is run again.
    var isTransient: Bool { state == "40001" || state == "40P01" }

    /// - Parameter query: the statement's name; nil for the engine's own.
    func storageError(in query: String?) -> StorageError {
        StorageError(kind, query.map { "\($0): \(message)" } ?? message)
    }

    private var kind: StorageError.Kind {
        switch state.prefix(2) {
        case _ where state == "08P01": .failed  // a wrong number of values, not a broken connection
        case "23": .constraint
        case "", "08", "53", "57", "58": .unavailable
        case "40": .unavailable
        default: .failed
        }
    }

    private init(state: String, message: String) { (self.state, self.message) = (state, message) }

    /// What went wrong last on a connection.
    init(connection: OpaquePointer) {
        self.init(state: "", message: Self.line(PQerrorMessage(connection)) ?? "The connection to the database server was lost.")
    }

    init(result: OpaquePointer?, connection: OpaquePointer) {
        guard let result, let text = PQresultErrorField(result, Self.primaryMessage) else {
            self.init(connection: connection)
            return
        }
        let state = PQresultErrorField(result, Self.sqlState).map { String(cString: $0) } ?? ""
        let message = String(cString: text)
        self.init(state: state, message: state.hasPrefix("22") ? Self.withoutValue(message) : message)
    }

    /// Data errors (class 22) quote the value: `invalid input syntax for type bigint: "…"`.
    private static func withoutValue(_ text: String) -> String {
        guard let first = text.firstIndex(of: "\""), let last = text.lastIndex(of: "\""), first < last else { return text }
        return text[..<first] + "\"…\"" + text[text.index(after: last)...]
    }

    private static func line(_ text: UnsafePointer<CChar>?) -> String? {
        let text = text.map { String(cString: $0) }?.split(whereSeparator: \.isNewline).joined(separator: " ")
        return text?.isEmpty == false ? text : nil
    }

    // PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY are character macros, which Swift does not import as Int32.
    private static let sqlState = Int32(UInt8(ascii: "C"))
    private static let primaryMessage = Int32(UInt8(ascii: "M"))
}
#endif
