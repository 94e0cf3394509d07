package import Core

/// Numbers given by the database: dense from 1 and in commit order, because the counter's row stays locked from the
/// moment a number is taken until the transaction ends. A transaction that rolls back gives its numbers back.
package struct Counter: Sendable {
    package let name: String
    package init(_ name: String) { self.name = name }

    /// Takes `count` numbers and returns the first.
    package func take(_ count: Int = 1, in session: some SQLSession) throws -> Int64 {
        guard let row = try session.row(Self.take, [.text(name), .int(count)]) else {
            throw StorageError(.failed, "counter \(name) gave no number")
        }
        return try row.integer(0) - Int64(count) + 1
    }

    /// Takes one number as an id.
    package func next<Owner>(in session: some SQLSession) throws -> Identifier<Owner> {
        Identifier(rawValue: try take(in: session))
    }

    /// The number taken last; 0 when none was.
    package func last(in session: some SQLSession) throws -> Int64 { try session.row(Self.find, [.text(name)])?.integer(0) ?? 0 }

    private static let find = Query("counter.find", "SELECT value FROM counter WHERE name = $1")
    private static let take = Query(
        "counter.take",
        """
        INSERT INTO counter (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value RETURNING value
        """)
}
