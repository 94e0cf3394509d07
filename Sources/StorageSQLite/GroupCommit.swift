import GRDB
import Metrics
import Storage
import Synchronization

/// Collects the `write` closures that come in while a transaction runs, and commits them together: one fsync for many.
final class GroupCommit: Sendable {
    private struct State {
        var waiting: [WriteJob] = []
        var isDraining = false
    }

    /// The most closures of one transaction.
    private static let limit = 256
    /// The most closures that wait. What comes beyond is refused, so that a flood does not fill the memory.
    private static let longestQueue = 10_000
    private let pool: DatabasePool
    private let problems: SQLiteProblems
    private let state = Mutex(State())

    init(pool: DatabasePool, problems: SQLiteProblems) { (self.pool, self.problems) = (pool, problems) }

    /// Queues a closure; its caller is answered after the commit of its group.
    func add(_ job: WriteJob) {
        let (isFull, mustStart) = state.withLock { state in
            guard state.waiting.count < Self.longestQueue else { return (true, false) }
            state.waiting.append(job)
            defer { state.isDraining = true }
            return (false, !state.isDraining)
        }
        if isFull { job.fail(StorageError(.unavailable, "The disk cannot keep up: too many writes wait for it.")) }
        if mustStart { schedule() }
    }

    private func schedule() {
        pool.asyncWriteWithoutTransaction { self.runGroup(on: $0) }
    }

    private func runGroup(on db: Database) {
        let jobs = state.withLock { state in
            let jobs = state.waiting.prefix(Self.limit)
            state.waiting.removeFirst(jobs.count)
            return jobs
        }
        var group = WriteGroup(db: db, problems: problems)
        let left = group.run(jobs)
        let goesOn = state.withLock { state in
            state.waiting.insert(contentsOf: left, at: 0)
            state.isDraining = !state.waiting.isEmpty
            return state.isDraining
        }
        if goesOn { schedule() }
    }
}

/// One transaction on its way. The first closure needs no savepoint: while nothing else is in the transaction, rolling
/// all of it back rolls back that closure alone.
private struct WriteGroup {
    let db: Database
    let problems: SQLiteProblems
    private var done: [(job: WriteJob, answer: @Sendable () -> Void)] = []

    init(db: Database, problems: SQLiteProblems) { (self.db, self.problems) = (db, problems) }

    /// Runs `jobs` for about 50 milliseconds and commits. Returns those for which no time was left.
    mutating func run(_ jobs: ArraySlice<WriteJob>) -> ArraySlice<WriteJob> {
        let end = ContinuousClock.now + .milliseconds(50)
        var rest = jobs
        while let job = rest.popFirst() {
            do { try begin() } catch {
                // A database that takes no transaction takes none for the others either, and a lock waits for seconds.
                let problem = problems.storageError(error, in: nil)
                lose(problem)
                ([job] + rest).forEach { $0.fail(problem) }
                return []
            }
            run(job)
            if ContinuousClock.now >= end { break }
        }
        commit()
        return rest
    }

    private func begin() throws {
        if done.isEmpty { try db.beginTransaction(.immediate) } else { try savepoint("SAVEPOINT closure") }
    }

    private mutating func run(_ job: WriteJob) {
        do {
            let answer = try job.run(db)
            if !done.isEmpty { try savepoint("RELEASE closure") }
            done.append((job, answer))
        } catch {
            rollBackLast()
            job.fail(error is DatabaseError ? problems.storageError(error, in: nil) : error)
        }
    }

    /// SQLite itself ends a transaction on a full disk and the like; then what the group has done so far is lost.
    private mutating func rollBackLast() {
        guard !done.isEmpty, db.isInsideTransaction else { return lose(StorageError(.unavailable, problems.lost)) }
        do {
            try savepoint("ROLLBACK TO closure")
            try savepoint("RELEASE closure")
        } catch { lose(problems.storageError(error, in: nil)) }
    }

    private mutating func commit() {
        guard !done.isEmpty else { return }
        do { try db.commit() } catch { return lose(problems.storageError(error, in: nil)) }
        Counter(label: "whimbrel_commits_total").increment()
        Counter(label: "whimbrel_writes_total").increment(by: done.count)
        done.forEach { $0.answer() }
    }

    private mutating func lose(_ error: StorageError) {
        // Nothing can be done about a failure here, and SQLite rolls back when the connection ends.
        try? db.rollback()
        done.forEach { $0.job.fail(error) }
        done = []
    }

    private func savepoint(_ text: String) throws { try db.cachedStatement(sql: text).execute() }
}
