import Synchronization

/// Wakes a loop in this process: "there is something new, look at your table". It carries nothing and may be lost
/// (a crash, another process), so whoever waits also looks again after a while.
package final class Signal: Sendable {
    private struct State {
        var isRaised = false
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextKey: UInt64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Wakes everyone who waits; when nobody does, the next `wait` returns at once. Raising twice is raising once.
    package func raise() {
        let waiting = state.withLock { state in
            state.isRaised = state.waiting.isEmpty
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when raised, after `limit`, or when the task is cancelled.
    package func wait(atMost limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await Task.sleep(for: limit) }  // cancelled is as good as over
            await group.next()
            group.cancelAll()
        }
    }

    /// Returns when raised or when the task is cancelled.
    package func wait() async {
        let key = state.withLock { state in
            state.nextKey += 1
            return state.nextKey
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if state.isRaised || Task.isCancelled {
                        state.isRaised = false
                        return true
                    }
                    state.waiting[key] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: key) }?.resume()
        }
    }
}
