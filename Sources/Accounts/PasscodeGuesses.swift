package import Core
import Synchronization

/// Limits the guessing of passcodes by network address, in memory: 100 wrong keys in ten minutes. From then on the
/// address is told to wait, for wrong keys and for right ones alike, so that the answers tell nothing. A key that was
/// right from this very address before goes on working: a program with an old passcode cannot lock out its neighbours.
package final class PasscodeGuesses: Sendable {
    private let wrong: GuessingLimit
    private let familiar = Mutex(Set<Int>())
    /// When so many are known all are forgotten; each comes back with its next call.
    private static let mostFamiliar = 20_000

    package init(limit: Int = 100, period: Duration = .seconds(600), clock: WallClock = .system) {
        wrong = GuessingLimit(limit: limit, period: period, clock: clock)
    }

    /// Takes in a key that was checked. A call without a passcode is no guess.
    /// - Returns: how long the address is to wait, whatever the check said; nil when the check's answer stands.
    package func wait(_ check: KeyCheck, publicID: String, passcode: String, from address: String) -> Duration? {
        guard case .account = check else { return passcode.isEmpty ? nil : wrong.take(AddressGroup.name(of: address)) }
        let key = Self.fingerprint(publicID, passcode, address)
        if familiar.withLock({ $0.contains(key) }) { return nil }
        if let wait = wrong.wait(AddressGroup.name(of: address)) { return wait }
        familiar.withLock { familiar in
            if familiar.count >= Self.mostFamiliar { familiar = [] }
            familiar.insert(key)
        }
        return nil
    }

    /// Keyed anew in each process, so nobody can aim at a collision; the passcode itself is not kept.
    private static func fingerprint(_ publicID: String, _ passcode: String, _ address: String) -> Int {
        var hasher = Hasher()
        hasher.combine(publicID)
        hasher.combine(passcode)
        hasher.combine(address)
        return hasher.finalize()
    }
}
