#if Postgres
import CPostgres
import Storage

extension Connection {
    /// So many statements go out before their answers are read, which bounds the memory on both sides.
    private static let pipelineLength = 500

    /// Runs a prepared statement once for each of `batch` and reads each answer. The first failure ends it: the server
    /// skips what was sent after it.
    func run<Value>(_ query: Query, batch: [[SQLValue]], read: (Answer) -> Value) throws(PostgresFailure) -> [Value] {
        guard batch.count > 1 else {
            guard let values = batch.first else { return [] }
            return [read(try run(query, values))]
        }
        let name = try prepare(query)
        guard PQenterPipelineMode(handle) == 1 else { throw PostgresFailure(connection: handle) }
        defer { if PQexitPipelineMode(handle) != 1 { giveUp() } }
        var answers: [Value] = []
        answers.reserveCapacity(batch.count)
        for start in stride(from: 0, to: batch.count, by: Self.pipelineLength) {
            let part = batch[start..<min(start + Self.pipelineLength, batch.count)]
            try send(name, part)
            try receive(part.count) { answers.append(read($0)) }
        }
        return answers
    }

    /// libpq reads what comes in while it waits to send, so neither side can block the other.
    private func send(_ name: String, _ part: ArraySlice<[SQLValue]>) throws(PostgresFailure) {
        for values in part {
            let isSent = Parameters(values).withPointers { count, values, lengths, formats in
                PQsendQueryPrepared(handle, name, count, values, lengths, formats, 0)
            }
            guard isSent == 1 else { throw broken() }
        }
        guard PQpipelineSync(handle) == 1 else { throw broken() }
    }

    private func receive(_ count: Int, _ read: (Answer) -> Void) throws(PostgresFailure) {
        var failure: PostgresFailure?
        for _ in 0..<count {
            guard let result = PQgetResult(handle) else { throw broken() }
            do throws(PostgresFailure) {
                let answer = try Answer(result, on: handle)
                if failure == nil { read(answer) }
            } catch { failure = failure ?? error }
            // Each answer ends with a null; more results for one statement there cannot be.
            guard isUsable else { break }
            guard PQgetResult(handle) == nil else { throw broken() }
        }
        if isUsable { _ = try Answer(PQgetResult(handle), on: handle) }
        if let failure { throw failure }
    }

    /// After this nobody knows which answer belongs to which statement.
    private func broken() -> PostgresFailure {
        giveUp()
        return PostgresFailure(connection: handle)
    }
}
#endif
