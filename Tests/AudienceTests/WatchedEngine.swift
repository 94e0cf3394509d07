import Storage
import Synchronization

/// A database that notes what comes back from the statements on events.
final class WatchedEngine: SQLEngine {
    private let engine: any SQLEngine
    private let answers = Mutex<[(query: String, rows: [SQLRow])]>([])

    init(_ engine: any SQLEngine) { self.engine = engine }

    var dialect: Dialect { engine.dialect }

    /// The rows of every answer to a query since the last call.
    func takeAnswers(to query: String) -> [[SQLRow]] {
        answers.withLock { answers in
            defer { answers.removeAll { $0.query == query } }
            return answers.filter { $0.query == query }.map(\.rows)
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await engine.read { try body(WatchedSession(session: $0, engine: self)) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await engine.write(body)
    }

    func close() async { await engine.close() }

    fileprivate func note(_ query: Query, _ rows: [SQLRow]) {
        answers.withLock { if "\(query.name)".hasPrefix("event.") { $0.append(("\(query.name)", rows)) } }
    }
}

private struct WatchedSession: SQLSession {
    let session: any SQLSession
    let engine: WatchedEngine

    var dialect: Dialect { session.dialect }

    func rows(_ query: Query, _ values: [SQLValue]) throws -> [SQLRow] {
        let rows = try session.rows(query, values)
        engine.note(query, rows)
        return rows
    }

    func run(_ query: Query, _ values: [SQLValue]) throws -> Int { try session.run(query, values) }
    func run(_ query: Query, batch: [[SQLValue]]) throws -> [Int] { try session.run(query, batch: batch) }
    func rows(_ query: Query, batch: [[SQLValue]]) throws -> [[SQLRow]] { try session.rows(query, batch: batch) }
    func execute(_ text: String) throws { try session.execute(text) }
}
