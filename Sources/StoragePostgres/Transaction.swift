#if Postgres
import Storage

/// One attempt to run a closure between BEGIN and COMMIT.
struct Transaction {
    enum Outcome {
        case done(@Sendable () -> Void)
        case failed(any Error)
        /// Nothing was stored, and running the closure again may succeed.
        case again(StorageError)
    }

    let connection: Connection
    let job: Job

    func run() -> Outcome {
        do throws(PostgresFailure) { try connection.execute(begin) } catch {
            return connection.isUsable ? .failed(error.storageError(in: nil)) : .again(error.storageError(in: nil))
        }
        let session = PostgresSession(connection)
        do {
            let answer = try job.run(session)
            if let failure = session.failure { throw failure }
            return commit(answer)
        } catch {
            // A connection on which this fails is seen to be unusable and dropped, and with it the transaction.
            _ = try? connection.execute("ROLLBACK")
            if let transient = session.transientFailure { return .again(transient) }
            return .failed(error)
        }
    }

    private var begin: String {
        switch job.mode {
        case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case .write: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
        }
    }

    private func commit(_ answer: @escaping @Sendable () -> Void) -> Outcome {
        do throws(PostgresFailure) {
            try connection.execute("COMMIT")
            return .done(answer)
        } catch {
            if job.mode == .read { return .done(answer) }  // the answer was complete before
            if !connection.isUsable { return .failed(Self.unknown) }
            return error.isTransient ? .again(error.storageError(in: nil)) : .failed(error.storageError(in: nil))
        }
    }

    private static let unknown = StorageError(
        .outcomeUnknown, "The connection to the database server was lost during a commit: it is not known whether it was stored.")
}
#endif
