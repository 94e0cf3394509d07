import Core

/// Counts what accounts send, for the limits that the behaviour sets.
struct Limits: Sendable {
    private struct Pair: Hashable, Sendable {
        let account: String
        let phone: String
    }

    /// By account: the second of the clock, and the sends in it.
    private var windows: [String: (second: Int64, sends: Int)] = [:]
    /// How many more may follow at once, and when that was counted.
    private var pairs: [Pair: (left: Double, at: Timestamp)] = [:]
    /// Who counts against an account's last 24 hours.
    private var days: [String: Day] = [:]

    private static let burst = 10.0

    /// Counts a request. True when it is one too many for this second.
    mutating func isOverRate(_ account: String, _ behaviour: Behaviour, now: Timestamp) -> Bool {
        guard behaviour.rateLimitPerSecond > 0 else { return false }
        let second = now.seconds
        let sends = windows[account].map { $0.second == second ? $0.sends : 0 } ?? 0
        windows[account] = (second, sends + 1)
        return sends >= behaviour.rateLimitPerSecond
    }

    /// What keeps a message from this person; counts it when nothing does.
    mutating func mishap(_ account: String, _ phone: String, _ behaviour: Behaviour, now: Timestamp) -> Mishap? {
        let tier = isOverTier(account, phone, behaviour, now: now)
        guard !tier else { return .tierReached }
        return isOverPair(Pair(account: account, phone: phone), behaviour, now: now) ? .pairLimited : nil
    }

    private mutating func isOverPair(_ pair: Pair, _ behaviour: Behaviour, now: Timestamp) -> Bool {
        guard behaviour.pairLimitSeconds > 0 else { return false }
        let last = pairs[pair] ?? (Self.burst, now)
        let left = min(Self.burst, last.left + (now - last.at).inSeconds / Double(behaviour.pairLimitSeconds))
        pairs[pair] = (left < 1 ? left : left - 1, now)
        return left < 1
    }

    private mutating func isOverTier(_ account: String, _ phone: String, _ behaviour: Behaviour, now: Timestamp) -> Bool {
        guard behaviour.tierLimit > 0 else { return false }
        return !days[account, default: Day(oldest: now)].admits(phone, limit: behaviour.tierLimit, now: now)
    }
}

/// The persons that an account wrote to, each with the moment from which 24 hours count.
private struct Day: Sendable {
    private var persons: [String: Timestamp] = [:]
    private var oldest: Timestamp

    private static let length = Duration.seconds(86_400)

    init(oldest: Timestamp) { self.oldest = oldest }

    /// Whether the person counts already, or there is room for one more, who then counts.
    mutating func admits(_ phone: String, limit: Int, now: Timestamp) -> Bool {
        if let at = persons[phone], now - at < Self.length { return true }
        // Looking for places that came free takes time; before the oldest ends there are none.
        if persons.count >= limit, now - oldest >= Self.length {
            persons = persons.filter { now - $0.value < Self.length }
            oldest = persons.values.min() ?? now
        }
        guard persons.count < limit else { return false }
        persons[phone] = now
        return true
    }
}
