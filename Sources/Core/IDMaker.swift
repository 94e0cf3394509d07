import Synchronization

/// Makes ids without asking the database: 41 bits of milliseconds since 2025, 22 bits that begin at random in each
/// millisecond and count up. Ids of one maker always rise; two processes collide with a chance of about one in two
/// million for each pair of ids made in the same millisecond, and then the primary key refuses the second.
package final class IDMaker: Sendable {
    private struct State {
        var millisecond: Int64 = 0
        var low: Int64 = 0
    }

    private static let epoch: Int64 = 1_735_689_600_000  // 2025-01-01T00:00:00Z
    private static let lowBits: Int64 = 22
    private let clock: WallClock
    private let random: Randomness
    private let state = Mutex(State())

    package init(clock: WallClock, random: Randomness = .system) {
        self.clock = clock
        self.random = random
    }

    /// The next id. A clock that steps back does not: the last millisecond goes on counting.
    package func next<Owner>(_ kind: Identifier<Owner>.Type = Identifier<Owner>.self) -> Identifier<Owner> {
        let now = clock.now().microseconds / 1000 - Self.epoch
        return state.withLock { state in
            if now > state.millisecond {
                state.millisecond = now
                state.low = Int64(random.number() & 0x1F_FFFF)  // the upper half is left for counting
            } else {
                state.low += 1
                if state.low >> Self.lowBits != 0 { (state.millisecond, state.low) = (state.millisecond + 1, 0) }
            }
            return Identifier(rawValue: state.millisecond << Self.lowBits | state.low)
        }
    }
}
