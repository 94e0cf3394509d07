import Core
import Messages
import Synchronization

/// The answers that wait to be written down, so that one transaction takes in all that came meanwhile.
final class Outbox: Sendable {
    private struct State {
        var settlements: [Settlement] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let changed = Signal()

    func add(_ settlement: Settlement) {
        state.withLock { $0.settlements.append(settlement) }
        changed.raise()
    }

    /// Nothing more will come.
    func close() {
        state.withLock { $0.isClosed = true }
        changed.raise()
    }

    /// Everything that waits, as soon as there is something; nil when closed and empty.
    func next() async -> [Settlement]? {
        while true {
            let (batch, isClosed) = state.withLock { state in
                defer { state.settlements = [] }
                return (state.settlements, state.isClosed)
            }
            if !batch.isEmpty { return batch }
            if isClosed { return nil }
            // A cancelled task still writes down what is left; waiting would return at once and over again.
            if Task.isCancelled { await Task.yield() } else { await changed.wait() }
        }
    }
}

/// How many requests of a channel are under way or not yet written down.
final class InFlight: Sendable {
    private let limit: Int
    private let count = Mutex(0)
    private let changed = Signal()

    init(limit: Int) { self.limit = limit }

    func enter() { count.withLock { $0 += 1 } }

    func leave(_ number: Int) {
        count.withLock { $0 -= number }
        changed.raise()
    }

    /// Waits until there is room for at least one: requests end in bounded time, one way or the other.
    /// - Parameter bound: a smaller limit, such as the channel's own.
    /// - Returns: for how many there is room; 0 when the task was cancelled while it waited.
    func room(atMost bound: Int) async -> Int {
        while true {
            let free = min(limit, bound) - count.withLock { $0 }
            if free > 0 || Task.isCancelled { return max(0, free) }
            await changed.wait()
        }
    }
}
