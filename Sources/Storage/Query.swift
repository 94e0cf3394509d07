/// The database systems that one statement text is made for.
package enum Dialect: Hashable, Sendable, CaseIterable {
    case sqlite
    case postgres
}

/// A named statement. The text is written once, with `$1`, `$2` … for the values, in SQL that both systems take, and
/// with a `Dialect` fragment where they differ.
package struct Query: Sendable {
    /// Unique in the program: prepared statements, logs and metrics go by it.
    package let name: String
    /// How many values the statement takes: the highest `$n` of its text.
    package let parameters: Int
    private let sqlite: Statement
    private let postgres: Statement

    package init(_ name: StaticString, _ text: (Dialect) -> String) {
        self.name = "\(name)"
        sqlite = Statement(positional: text(.sqlite))
        let numbered = text(.postgres)
        postgres = Statement(text: numbered, order: nil)
        parameters = max(sqlite.highest, Statement(positional: numbered).highest)
    }

    package init(_ name: StaticString, _ text: String) { self.init(name) { _ in text } }

    /// The text as this system takes it.
    package func statement(for dialect: Dialect) -> Statement {
        switch dialect {
        case .sqlite: sqlite
        case .postgres: postgres
        }
    }
}

extension Query {
    /// A text ready for one system.
    package struct Statement: Hashable, Sendable {
        package let text: String
        /// For each `?` of the text, which value goes there, from 0; nil when the text keeps `$1`, `$2`.
        package let order: [Int]?

        init(text: String, order: [Int]?) { (self.text, self.order) = (text, order) }

        /// SQLite takes `$2` for a name and numbers names by first appearance, so every `$n` becomes a plain `?` and
        /// its place is remembered.
        init(positional text: String) {
            var (result, order, rest) = ("", [Int](), text[...])
            while let dollar = rest.firstIndex(of: "$") {
                let digits = rest[rest.index(after: dollar)...].prefix { $0.isASCII && $0.isNumber }
                result += rest[..<dollar]
                if let number = Int(digits) {
                    result += "?"
                    order.append(number - 1)
                } else {
                    result += "$"
                }
                rest = rest[digits.endIndex...]
            }
            self.init(text: result + rest, order: order)
        }

        fileprivate var highest: Int { (order?.max() ?? -1) + 1 }

        /// The values in the order of the text's `?` signs.
        package func arranged(_ values: [SQLValue]) -> [SQLValue] {
            guard let order else { return values }
            return order.map { values[$0] }
        }
    }
}

extension Dialect {
    /// After a SELECT: takes the rows for this transaction and passes over those that another one has.
    package var skipLocked: String { self == .postgres ? "FOR UPDATE SKIP LOCKED" : "" }

    /// After a SELECT: takes the rows for this transaction and waits for those that another one has.
    package var forUpdate: String { self == .postgres ? "FOR UPDATE" : "" }

    /// A one-column table of whole numbers from a value that holds them as a JSON array: `WHERE id IN \(sql.integers("$1"))`.
    package func integers(_ value: String) -> String {
        switch self {
        case .sqlite: "(SELECT value FROM json_each(\(value)))"
        case .postgres: "(SELECT value::bigint FROM json_array_elements_text(\(value)::json))"
        }
    }

    /// The same for texts.
    package func texts(_ value: String) -> String {
        switch self {
        case .sqlite: "(SELECT value FROM json_each(\(value)))"
        case .postgres: "(SELECT value FROM json_array_elements_text(\(value)::json))"
        }
    }

    /// Whether a column is one of those whole numbers: `WHERE \(sql.among("id", integers: "$1"))`. The same rows as
    /// `id IN \(sql.integers("$1"))`, but always through the column's index: PostgreSQL joins the other form the slow way
    /// round as long as it has no statistics of a table that grows.
    package func among(_ column: String, integers value: String) -> String {
        switch self {
        case .sqlite: "\(column) IN \(integers(value))"
        case .postgres: "\(column) = ANY (ARRAY\(integers(value)))"
        }
    }

    /// The same for texts.
    package func among(_ column: String, texts value: String) -> String {
        switch self {
        case .sqlite: "\(column) IN \(texts(value))"
        case .postgres: "\(column) = ANY (ARRAY\(texts(value)))"
        }
    }

    package var integerType: String { self == .postgres ? "BIGINT" : "INTEGER" }
    package var realType: String { self == .postgres ? "DOUBLE PRECISION" : "REAL" }
    package var blobType: String { self == .postgres ? "BYTEA" : "BLOB" }
    /// Compares and sorts by bytes on both.
    package var textType: String { self == .postgres ? "TEXT COLLATE \"C\"" : "TEXT" }
    /// At the end of CREATE TABLE: SQLite then checks types as PostgreSQL does.
    package var tableOptions: String { self == .sqlite ? "STRICT" : "" }
    /// The same for a table whose primary key is its order on disk.
    package var keyedTableOptions: String { self == .sqlite ? "STRICT, WITHOUT ROWID" : "" }
}
