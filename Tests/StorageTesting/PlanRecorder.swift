package import Storage
import Synchronization

/// A SQLite engine that also asks, for each statement it runs, how SQLite goes about it. Statements that read a whole table
/// are found by a test and not by the first company with a million messages.
package final class PlanRecorder: SQLEngine {
    private let engine: any SQLEngine
    private let steps = Mutex<[String: Set<String>]>([:])

    package init(_ engine: any SQLEngine) { self.engine = engine }

    package var dialect: Dialect { engine.dialect }

    /// The names of the queries that read every row of one of these tables without an index, with the step that does.
    package func scans(of tables: Set<String>) -> [String] {
        steps.withLock { $0 }.flatMap { name, steps in
            steps.filter { step in
                let words = step.split(separator: " ")
                return words.count >= 2 && words[0] == "SCAN" && tables.contains(String(words[1])) && !step.contains("USING")
            }.map { "\(name): \($0)" }
        }.sorted()
    }

    /// How SQLite goes about one query.
    package func steps(of query: String) -> Set<String> { steps.withLock { $0[query] ?? [] } }

    /// How many different queries were looked at.
    package var queryCount: Int { steps.withLock { $0.count } }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await engine.read { try body(RecordingSession(session: $0, recorder: self)) }
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await engine.write { try body(RecordingSession(session: $0, recorder: self)) }
    }

    package func close() async { await engine.close() }

    fileprivate func record(_ query: Query, in session: any SQLSession) throws {
        guard steps.withLock({ $0[query.name] == nil }) else { return }
        let text = query.statement(for: .sqlite).text.replacing("?", with: "1")
        let plan = try session.rows(Query("plan", "EXPLAIN QUERY PLAN \(text)")).map { try $0.text(3) }
        steps.withLock { $0[query.name] = Set(plan) }
    }
}

private struct RecordingSession: SQLSession {
    let session: any SQLSession
    let recorder: PlanRecorder

    var dialect: Dialect { session.dialect }

    func rows(_ query: Query, _ values: [SQLValue]) throws -> [SQLRow] {
        try recorder.record(query, in: session)
        return try session.rows(query, values)
    }

    func run(_ query: Query, _ values: [SQLValue]) throws -> Int {
        try recorder.record(query, in: session)
        return try session.run(query, values)
    }

    func run(_ query: Query, batch: [[SQLValue]]) throws -> [Int] {
        try recorder.record(query, in: session)
        return try session.run(query, batch: batch)
    }

    func rows(_ query: Query, batch: [[SQLValue]]) throws -> [[SQLRow]] {
        try recorder.record(query, in: session)
        return try session.rows(query, batch: batch)
    }

    func execute(_ text: String) throws { try session.execute(text) }
}
