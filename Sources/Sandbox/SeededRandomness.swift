package import Core
import Synchronization

extension Randomness {
    /// Numbers that repeat with the seed (SplitMix64), for tests and for runs to compare. Not fit for secrets, and two
    /// runs with one seed give their messages the same ids.
    package static func seeded(_ seed: UInt64) -> Randomness {
        let source = SplitMix(seed: seed)
        return Randomness { source.next() }
    }
}

/// Sebastiano Vigna's generator: a counter, mixed. The counter is atomic, so callers need no lock.
private final class SplitMix: Sendable {
    private let counter: Atomic<UInt64>

    init(seed: UInt64) { counter = Atomic(seed) }

    func next() -> UInt64 {
        var mixed = counter.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
