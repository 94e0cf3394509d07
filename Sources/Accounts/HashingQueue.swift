import Synchronization

/// The line before the one thread that hashes passwords. Whoever comes when it is full is refused, so that a flood of
/// sign-ins cannot pile up work for minutes.
package final class HashingQueue: Sendable {
    /// One for the process, because what it bounds is the process's memory and time.
    package static let process = HashingQueue(longest: 64)

    private let longest: Int
    private let waiting = Mutex(0)

    /// - Parameter longest: how many may stand in it at once, the one at work included.
    package init(longest: Int) { self.longest = longest }

    /// Takes a place; `leave` gives it back.
    package func enter() throws(HashingBusy) {
        let isFull = waiting.withLock { waiting in
            guard waiting < longest else { return true }
            waiting += 1
            return false
        }
        if isFull { throw HashingBusy() }
    }

    /// Frees the place that `enter` took.
    package func leave() { waiting.withLock { $0 -= 1 } }
}

/// Too many passwords are being checked at once; this one was not looked at.
package struct HashingBusy: Error, Hashable, CustomStringConvertible {
    /// Longer than a full queue takes.
    package static let retryAfter = Duration.seconds(15)
    package init() {}

    package var description: String { "Too many people are signing in at this moment. Try again in a minute." }
}
