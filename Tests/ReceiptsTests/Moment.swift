import Core
import Synchronization

/// A clock that tests move.
final class Moment: Sendable {
    static let start = Timestamp(seconds: 1_793_000_000)
    private let time = Mutex(Moment.start)

    var clock: WallClock { WallClock { self.time.withLock { $0 } } }
    var now: Timestamp { time.withLock { $0 } }

    func pass(_ duration: Duration) { time.withLock { $0 = $0 + duration } }
}
