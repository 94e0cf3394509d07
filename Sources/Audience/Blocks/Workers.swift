import Dispatch
import Synchronization

/// Runs pieces of one piece of work on a few threads at once and waits for them.
struct Workers: Sendable {
    /// At least 1.
    let count: Int

    /// The results in order. Each worker takes the next piece that nobody has.
    /// - Parameter makeRoom: what a worker needs to work in, made once for each.
    func map<Room, Value: Sendable>(
        _ pieces: Int, room makeRoom: @Sendable () -> Room, _ body: @Sendable (Room, Int) -> Value
    ) -> [Value] {
        let workers = min(count, pieces)
        guard workers > 1 else {
            let room = makeRoom()
            return (0..<pieces).map { body(room, $0) }
        }
        let next = Atomic(0)
        let results = Mutex([Value?](repeating: nil, count: pieces))
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            let room = makeRoom()
            while true {
                let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard piece < pieces else { return }
                let result = body(room, piece)
                results.withLock { $0[piece] = result }
            }
        }
        return results.withLock { $0.compactMap { $0 } }
    }
}
