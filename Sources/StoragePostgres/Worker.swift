#if Postgres
import Core
import Foundation
import Storage

/// One thread's work: takes jobs, runs each in a transaction on its own connection, answers. Stays on its thread.
final class Worker {
    private let jobs: JobQueue
    private let server: Server
    private var connection: Connection?

    /// How often one closure is run before its deadlock or its dead connection becomes the caller's error.
    private static let attempts = 5

    init(jobs: JobQueue, server: Server) { (self.jobs, self.server) = (jobs, server) }

    /// Returns when the queue is closed and empty.
    func work() {
        while let job = jobs.next() { serve(job) }
        dropConnection(because: nil)
    }

    private func serve(_ job: Job) {
        for attempt in 1... {
            let connection: Connection
            do { connection = try connected() } catch { return decline(job, error) }
            let outcome = Transaction(connection: connection, job: job).run()
            if !connection.isUsable { dropConnection(because: "The connection to the database server was lost.") }
            switch outcome {
            case .done(let answer): return answer()
            case .failed(let error): return job.fail(error)
            case .again(let error):
                if attempt == Self.attempts { return job.fail(error) }
                if self.connection != nil { Thread.sleep(forTimeInterval: Double.random(in: 0...0.01) * Double(attempt)) }
            }
        }
    }

    private func connected() throws(StorageError) -> Connection {
        if let connection { return connection }
        let made = try server.connect()
        connection = made
        return made
    }

    /// A thread without a connection leaves its job to one that has one, and keeps off the queue for a moment: failing
    /// is quick, and it would else take and fail every job before the others come to it.
    private func decline(_ job: Job, _ error: StorageError) {
        guard server.isReached else { return job.fail(error) }
        jobs.giveBack(job)
        Thread.sleep(forTimeInterval: server.delay.inSeconds)
    }

    private func dropConnection(because reason: String?) {
        guard connection != nil else { return }
        connection = nil
        server.lost(reason)
    }
}
#endif
