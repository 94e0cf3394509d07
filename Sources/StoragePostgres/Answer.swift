#if Postgres
import CPostgres
import Storage

/// The server's answer to one statement, all of it in memory.
final class Answer {
    private let result: OpaquePointer

    /// Takes over `result`. Throws what it reports.
    init(_ result: OpaquePointer?, on connection: OpaquePointer) throws(PostgresFailure) {
        guard let result else { throw PostgresFailure(connection: connection) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY, PGRES_PIPELINE_SYNC: self.result = result
        default:
            defer { PQclear(result) }
            throw PostgresFailure(result: result, connection: connection)
        }
    }

    deinit { PQclear(result) }

    /// How many rows an INSERT, UPDATE or DELETE changed; 0 for everything else.
    var changed: Int {
        guard let status = PQcmdStatus(result), let count = PQcmdTuples(result) else { return 0 }
        return String(cString: status).hasPrefix("SELECT") ? 0 : Int(String(cString: count)) ?? 0
    }

    var rows: [SQLRow] {
        let kinds = (0..<PQnfields(result)).map { ColumnKind(oid: PQftype(result, $0)) }
        return (0..<PQntuples(result)).map { row in
            SQLRow(kinds.enumerated().map { column, kind in value(row, Int32(column), kind) })
        }
    }

    private func value(_ row: Int32, _ column: Int32, _ kind: ColumnKind) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let count = Int(PQgetlength(result, row, column))
        return UnsafeRawBufferPointer(start: start, count: count).withMemoryRebound(to: UInt8.self, kind.value)
    }
}

/// How the text form of a column becomes a value, by the oid of its type (`pg_type.dat` of PostgreSQL).
enum ColumnKind {
    case integer, flag, real, numeric, bytes, text

    init(oid: Oid) {
        switch oid {
        case 20, 21, 23, 26: self = .integer
        case 16: self = .flag
        case 700, 701: self = .real
        case 1700: self = .numeric
        case 17: self = .bytes
        default: self = .text
        }
    }

    func value(_ bytes: UnsafeBufferPointer<UInt8>) -> SQLValue {
        switch self {
        case .integer: Int64(text(bytes)).map(SQLValue.integer) ?? .text(text(bytes))
        case .flag: .flag(bytes.first == UInt8(ascii: "t"))  // SQLite's conditions are 1 and 0
        case .real: Double(text(bytes)).map(SQLValue.real) ?? .text(text(bytes))
        case .numeric: number(text(bytes))
        case .bytes: .blob(decoded(bytes.dropFirst(2)))
        case .text: .text(text(bytes))
        }
    }

    /// The sum of whole numbers is a NUMERIC without a fraction, and a whole number in SQLite.
    private func number(_ text: String) -> SQLValue {
        if let whole = Int64(text) { return .integer(whole) }
        return Double(text).map(SQLValue.real) ?? .text(text)
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Reads pairs of hexadecimal digits, as the server writes them after `\x`.
    private func decoded(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            let value = digit < UInt8(ascii: "a") ? digit &- UInt8(ascii: "0") : digit &- UInt8(ascii: "a") &+ 10
            if let first = high { bytes.append(first << 4 | value) }
            high = high == nil ? value : nil
        }
        return bytes
    }
}
#endif
