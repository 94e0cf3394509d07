import Core
import Synchronization

/// Hands work to a fixed number of workers when it is due. A waiting piece costs a place in a heap and no task; one
/// loop, `run`, sleeps until the next is due.
final class DueQueue<Work: Sendable>: Sendable {
    private typealias Worker = CheckedContinuation<Work?, Never>

    private struct State {
        var heap = DueHeap<Work>()
        var idle: [Worker] = []
        /// When `run` will look again; nil when it waits to be woken.
        var wakes: ContinuousClock.Instant?
        var isClosed = false
    }

    private let state = Mutex(State())
    private let signal = Signal()

    /// Pieces that wait.
    var count: Int { state.withLock { $0.heap.count } }

    /// Adds work; drops it when closed.
    func push(_ work: Work, due: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        let worker = state.withLock { state -> Worker? in
            guard !state.isClosed else { return nil }
            if due <= now, let worker = state.idle.popLast() { return worker }
            state.heap.push(work, due: due)
            wakeEarlier(&state)
            return nil
        }
        worker?.resume(returning: work)
    }

    /// Waits for the next due piece. Nil when the queue is closed.
    func next() async -> Work? {
        await withCheckedContinuation { worker in
            let work = state.withLock { state -> Work?? in
                if state.isClosed { return .some(nil) }
                if let work = state.heap.pop(by: .now) { return work }
                state.idle.append(worker)
                wakeEarlier(&state)
                return .none
            }
            if let work { worker.resume(returning: work) }
        }
    }

    /// Drops all that waits.
    func clear() { state.withLock { $0.heap = DueHeap() } }

    /// Drops all that waits and sends the workers home. Cannot be undone.
    func close() {
        let idle = state.withLock { state in
            (state.isClosed, state.heap) = (true, DueHeap())
            defer { state.idle = [] }
            return state.idle
        }
        for worker in idle { worker.resume(returning: nil) }
        signal.raise()
    }

    /// Wakes workers as their work comes due, until closed.
    func run() async {
        while let pause = handOut() { await signal.wait(atMost: pause) }
    }

    /// Gives due work to idle workers. Returns how long until there may be more to give; nil when closed.
    private func handOut() -> Duration? {
        let now = ContinuousClock.now
        let (handed, pause) = state.withLock { state -> ([(Worker, Work)], Duration?) in
            guard !state.isClosed else { return ([], nil) }
            var handed: [(Worker, Work)] = []
            while let worker = state.idle.last, let work = state.heap.pop(by: now) {
                state.idle.removeLast()
                handed.append((worker, work))
            }
            // With every worker busy nobody needs waking: each looks for itself when it is done.
            state.wakes = state.idle.isEmpty ? nil : state.heap.next
            return (handed, state.wakes.map { max(.zero, $0 - now) } ?? .seconds(3600))
        }
        for (worker, work) in handed { worker.resume(returning: work) }
        return pause
    }

    private func wakeEarlier(_ state: inout State) {
        guard !state.idle.isEmpty, let next = state.heap.next else { return }
        if let wakes = state.wakes, wakes <= next { return }
        state.wakes = next
        signal.raise()
    }
}
