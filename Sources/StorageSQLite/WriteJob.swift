import GRDB
import Storage

/// One `write` closure and the caller who waits for it.
struct WriteJob: Sendable {
    /// Runs the closure. The result tells its caller the value, and is called when that is on disk.
    let run: @Sendable (Database) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void

    init<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value, problems: SQLiteProblems,
        answer: CheckedContinuation<Value, any Error>
    ) {
        run = { db in
            let value = try SQLiteSession.run(body, on: db, problems: problems)
            return { answer.resume(returning: value) }
        }
        fail = { answer.resume(throwing: $0) }
    }
}
