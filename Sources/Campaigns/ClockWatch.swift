import Core
import Synchronization

/// Notices when the wall clock jumps: somebody set it, or the machine slept. What was due in between was not passed by, and
/// whether it is still wanted only a person knows.
package final class ClockWatch: Sendable {
    /// By how much the wall clock may get ahead of the steady one between two looks.
    static let tolerance = Duration.seconds(3600)

    private struct Memory {
        var last: (wall: Timestamp, steady: Duration)?
        var gap: Range<Timestamp>?
    }

    private let steady: @Sendable () -> Duration
    private let memory = Mutex(Memory())

    /// - Parameter steady: time that nobody can set and that stands still while the machine sleeps, from any moment on.
    package init(steady: @escaping @Sendable () -> Duration) { self.steady = steady }

    /// Over the machine's own clocks.
    package convenience init() {
        let start = SuspendingClock.now
        self.init { SuspendingClock.now - start }
    }

    /// Takes note of the time.
    /// - Returns: the last stretch of time that was jumped over since the start of the process; nil when there was none.
    func look(at clock: WallClock) -> Range<Timestamp>? {
        let (wall, steady) = (clock.now(), steady() * clock.rate)
        return memory.withLock { memory in
            if let last = memory.last, case let expected = last.wall + (steady - last.steady), wall - expected > Self.tolerance {
                memory.gap = expected..<wall
            }
            memory.last = (wall, steady)
            return memory.gap
        }
    }
}
