#if Postgres
import Dispatch
import Storage
import Synchronization

/// One closure and the caller who waits for it.
struct Job: Sendable {
    enum Mode { case read, write }

    let mode: Mode
    /// Runs the closure. The result tells its caller the value, and is called when the transaction is over.
    let run: @Sendable (any SQLSession) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void

    init<Value: Sendable>(
        _ mode: Mode, _ body: @escaping @Sendable (any SQLSession) throws -> Value, answer: CheckedContinuation<Value, any Error>
    ) {
        self.mode = mode
        run = { session in
            let value = try body(session)
            return { answer.resume(returning: value) }
        }
        fail = { answer.resume(throwing: $0) }
    }
}

/// The closures that wait for a connection, in order.
final class JobQueue: Sendable {
    private struct State {
        var jobs: [Job] = []
        var isClosed = false
    }

    /// More wait for longer than any caller does, and hold memory meanwhile.
    private static let limit = 10_000
    private let state = Mutex(State())
    /// Counts the jobs, and one more when closed, which the threads hand on to each other.
    private let available = DispatchSemaphore(value: 0)

    /// Queues `job`, or fails it when the queue is closed or full.
    func add(_ job: Job) {
        let refusal = state.withLock { state -> String? in
            if state.isClosed { return "The database is closed." }
            if state.jobs.count >= Self.limit { return "The database is overloaded: \(Self.limit) calls wait for a connection." }
            state.jobs.append(job)
            return nil
        }
        if let refusal { job.fail(StorageError(.unavailable, refusal)) } else { available.signal() }
    }

    /// Puts back, as the first, a job that `next` gave.
    func giveBack(_ job: Job) {
        state.withLock { $0.jobs.insert(job, at: 0) }
        available.signal()
    }

    /// Waits for a job. Nil when the queue is closed and nothing is left.
    func next() -> Job? {
        available.wait()
        let job = state.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
        if job == nil { available.signal() }
        return job
    }

    /// Takes no more jobs; those that wait are still given out. A second call does nothing.
    func close() {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        if isFirst { available.signal() }
    }
}
#endif
