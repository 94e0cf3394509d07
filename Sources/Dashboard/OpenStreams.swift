import Core
import HTTPTypes
import Synchronization
import WebSupport

/// Counts the streams that each person has open, within this process: eight at most.
final class OpenStreams: Sendable {
    private let limit: Int
    private let open = Mutex([UserID: Int]())

    init(limit: Int = 8) { self.limit = limit }

    /// Takes a place among the person's streams.
    /// - Throws: `Problem` 429 `too_many_streams`. A stream that a browser has left counts until its next heartbeat.
    func open(for user: UserID) throws -> Place {
        let isFull = open.withLock { open in
            guard open[user, default: 0] < limit else { return true }
            open[user, default: 0] += 1
            return false
        }
        guard !isFull else {
            throw Problem(
                .tooManyRequests, code: "too_many_streams", headers: [.retryAfter: "15"],
                "Too many pages of yours follow a campaign at once. Close some of them.")
        }
        return Place(of: user, in: self)
    }

    private func close(_ user: UserID) {
        open.withLock { open in
            let rest = open[user, default: 1] - 1
            open[user] = rest > 0 ? rest : nil
        }
    }

    /// One stream. It gives its place back by itself when nobody holds it any more: a stream whose browser is gone before
    /// it begins is never run.
    final class Place: Sendable {
        private let user: UserID
        private let streams: OpenStreams
        private let isGivenBack = Atomic(false)

        fileprivate init(of user: UserID, in streams: OpenStreams) { (self.user, self.streams) = (user, streams) }

        deinit { giveBack() }

        /// A second call does nothing.
        func giveBack() {
            if !isGivenBack.exchange(true, ordering: .relaxed) { streams.close(user) }
        }
    }
}
