import Core
import Synchronization

/// A value that is known later; whoever asks for it waits until then.
final class Late<Value: Sendable>: Sendable {
    private let known = Mutex<Value?>(nil)
    private let told = Signal()

    /// Tells the value. Telling another one later changes nothing.
    func set(_ value: Value) {
        known.withLock { $0 = $0 ?? value }
        told.raise()
    }

    /// - Throws: `CancellationError` when the task is cancelled first.
    func value() async throws -> Value {
        while true {
            if let value = known.withLock({ $0 }) { return value }
            try Task.checkCancellation()
            await told.wait(atMost: .seconds(1))
        }
    }
}
