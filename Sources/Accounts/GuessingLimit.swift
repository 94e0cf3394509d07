package import Core
import Crypto
import Synchronization

/// Counts attempts by name within a stretch of time, in memory: at most `limit` each. A second process counts for
/// itself, and a restart forgets. A name may be of any length; its digest is what is kept.
package final class GuessingLimit: Sendable {
    private let limit: Int
    private let period: Duration
    private let clock: WallClock
    private let attempts = Mutex([SHA256Digest: [Timestamp]]())
    /// When this many names are counted, the ones whose time is over are forgotten, and all if none is over.
    private static let mostNames = 20_000

    /// Ten attempts in ten minutes, unless told.
    package init(limit: Int = 10, period: Duration = .seconds(600), clock: WallClock) {
        (self.limit, self.period, self.clock) = (limit, period, clock)
    }

    /// Counts one attempt and returns nil, or counts nothing and returns how long until there is room.
    package func take(_ name: String) -> Duration? {
        let (key, now) = (Self.key(name), clock.now())
        return attempts.withLock { attempts in
            if attempts.count >= Self.mostNames { forget(before: now - period, in: &attempts) }
            let recent = attempts[key, default: []].filter { $0 > now - period }
            if let wait = wait(after: recent, at: now) { return wait }
            attempts[key] = recent + [now]
            return nil
        }
    }

    /// How long until there is room; nil when there is. Counts nothing.
    package func wait(_ name: String) -> Duration? {
        let (key, now) = (Self.key(name), clock.now())
        return attempts.withLock { attempts in wait(after: attempts[key, default: []].filter { $0 > now - period }, at: now) }
    }

    /// Takes back the last attempt: it was right. The failures before it still count.
    package func giveBack(_ name: String) {
        let key = Self.key(name)
        attempts.withLock { attempts in
            guard var times = attempts[key] else { return }
            _ = times.popLast()
            attempts[key] = times.isEmpty ? nil : times
        }
    }

    private func wait(after recent: [Timestamp], at now: Timestamp) -> Duration? {
        guard recent.count >= limit, let oldest = recent.first else { return nil }
        return oldest + period - now
    }

    private func forget(before: Timestamp, in attempts: inout [SHA256Digest: [Timestamp]]) {
        attempts = attempts.filter { ($0.value.last ?? before) > before }
        if attempts.count >= Self.mostNames { attempts = [:] }
    }

    private static func key(_ name: String) -> SHA256Digest { SHA256.hash(data: Array(name.utf8)) }
}
