import Core
import Storage

/// How far a reader of the event log has come, by its name. Moved in the transaction that writes what follows from the
/// events, so a crash neither loses nor repeats one.
struct LogCursor: Sendable {
    let name: String

    static let triggers = LogCursor(name: "triggers")
    static let conversions = LogCursor(name: "conversions")

    /// The last event that was read; nil for a reader that has never read.
    func position(in session: any SQLSession) throws -> Int64? { try session.row(Self.read, [.text(name)])?.integer(0) }

    /// Sets a first position. A second call changes nothing.
    func begin(at position: Int64, in session: any SQLSession) throws { try session.run(Self.insert, [.text(name), .integer(position)]) }

    /// Moves it from where it was read.
    /// - Returns: false when another process has moved it meanwhile.
    func move(from old: Int64, to new: Int64, in session: any SQLSession) throws -> Bool {
        try session.run(Self.move, [.integer(new), .text(name), .integer(old)]) == 1
    }

    private static let read = Query("trigger_cursor.read", "SELECT position FROM trigger_cursor WHERE name = $1")
    private static let insert = Query(
        "trigger_cursor.begin", "INSERT INTO trigger_cursor (name, position) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
    private static let move = Query(
        "trigger_cursor.move", "UPDATE trigger_cursor SET position = $1 WHERE name = $2 AND position = $3")
}
