package import Core

/// One value on its way into or out of the database. Texts may not hold U+0000: PostgreSQL has no such text.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

extension SQLValue {
    /// An id as its number.
    package static func id<Owner>(_ id: Identifier<Owner>) -> Self { .integer(id.rawValue) }

    /// An id as its number, or NULL.
    package static func id<Owner>(_ id: Identifier<Owner>?) -> Self { id.map { .integer($0.rawValue) } ?? .null }

    /// A moment as UTC microseconds.
    package static func time(_ time: Timestamp) -> Self { .integer(time.microseconds) }

    /// A moment as UTC microseconds, or NULL.
    package static func time(_ time: Timestamp?) -> Self { time.map { .integer($0.microseconds) } ?? .null }

    /// A whole number.
    package static func int(_ number: Int) -> Self { .integer(Int64(number)) }

    /// 1 or 0.
    package static func flag(_ flag: Bool) -> Self { .integer(flag ? 1 : 0) }

    /// A text, or NULL.
    package static func optional(_ text: String?) -> Self { text.map(Self.text) ?? .null }

    /// JSON as its compact text.
    package static func json(_ value: JSONValue) -> Self { .text(value.text) }
    /// For `Dialect.integers`.
    package static func list<Owner>(_ ids: some Sequence<Identifier<Owner>>) -> Self {
        .text("[" + ids.map { String($0.rawValue) }.joined(separator: ",") + "]")
    }
    /// The same of plain numbers.
    package static func list(_ numbers: some Sequence<Int>) -> Self { .json(.array(numbers.map { .int(Int64($0)) })) }
    /// For `Dialect.texts`.
    package static func list(_ texts: some Sequence<String>) -> Self { .json(.array(texts.map(JSONValue.string))) }
}

extension Query {
    /// What every engine refuses before it asks its database, so that all refuse alike: a wrong number of values, U+0000
    /// in a text (PostgreSQL has no such text), and a real that is no number (SQLite stores NULL for it).
    package func check(_ values: [SQLValue]) throws(StorageError) {
        guard values.count == parameters else {
            throw StorageError(.failed, "\(name): takes \(parameters) values and got \(values.count)")
        }
        for (index, value) in values.enumerated() {
            switch value {
            case .text(let text) where text.utf8.contains(0):
                throw StorageError(.failed, "\(name): the text for $\(index + 1) holds U+0000, which cannot be stored")
            case .real(let number) where number.isNaN:
                throw StorageError(.failed, "\(name): the value for $\(index + 1) is not a number")
            default: continue
            }
        }
    }
}

/// One row of an answer; columns are counted from 0. Asking for a type that the column does not have is a mistake in
/// the statement, and stops with the query's name.
package struct SQLRow: Sendable {
    package let values: [SQLValue]
    package init(_ values: [SQLValue]) { self.values = values }

    /// Whether the column is NULL.
    package func isNull(_ column: Int) -> Bool { values[column] == .null }

    /// A 64-bit whole number.
    package func integer(_ column: Int) throws(StorageError) -> Int64 {
        guard case .integer(let number) = values[column] else { throw mismatch(column, "an integer") }
        return number
    }

    /// The same as `Int`.
    package func int(_ column: Int) throws(StorageError) -> Int { Int(try integer(column)) }

    /// A whole number, or nil for NULL.
    package func intIfPresent(_ column: Int) throws(StorageError) -> Int? { isNull(column) ? nil : try int(column) }

    /// False for 0, true for every other number.
    package func flag(_ column: Int) throws(StorageError) -> Bool { try integer(column) != 0 }

    /// A moment in UTC microseconds.
    package func time(_ column: Int) throws(StorageError) -> Timestamp { Timestamp(microseconds: try integer(column)) }

    /// A moment, or nil for NULL.
    package func timeIfPresent(_ column: Int) throws(StorageError) -> Timestamp? { isNull(column) ? nil : try time(column) }

    /// An id.
    package func id<Owner>(_ column: Int, _: Identifier<Owner>.Type = Identifier<Owner>.self) throws(StorageError) -> Identifier<Owner> {
        Identifier(rawValue: try integer(column))
    }

    /// An id, or nil for NULL.
    package func idIfPresent<Owner>(
        _ column: Int, _: Identifier<Owner>.Type = Identifier<Owner>.self
    ) throws(StorageError) -> Identifier<Owner>? {
        isNull(column) ? nil : try id(column)
    }

    /// A number; whole ones, too.
    package func real(_ column: Int) throws(StorageError) -> Double {
        switch values[column] {
        case .real(let number): return number
        case .integer(let number): return Double(number)
        default: throw mismatch(column, "a number")
        }
    }

    /// A text.
    package func text(_ column: Int) throws(StorageError) -> String {
        guard case .text(let text) = values[column] else { throw mismatch(column, "a text") }
        return text
    }

    /// A text, or nil for NULL.
    package func textIfPresent(_ column: Int) throws(StorageError) -> String? { isNull(column) ? nil : try text(column) }

    /// Bytes.
    package func blob(_ column: Int) throws(StorageError) -> [UInt8] {
        guard case .blob(let bytes) = values[column] else { throw mismatch(column, "bytes") }
        return bytes
    }

    /// A column that holds JSON as text.
    package func json(_ column: Int) throws(StorageError) -> JSONValue {
        let text = try text(column)
        do { return try JSONValue(parsing: text) } catch {
            throw StorageError(.mismatch, "column \(column) does not hold JSON: \(error.reason) at \(error.offset)")
        }
    }

    private func mismatch(_ column: Int, _ wanted: String) -> StorageError {
        StorageError(.mismatch, "column \(column) is not \(wanted)")
    }
}
