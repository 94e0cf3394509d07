/// When a vendor posts a callback again: after 5 s, doubling up to 15 min, for a day or, with Meta, a week.
struct RetryRule: Sendable {
    /// Which answers a vendor is not content with.
    enum Policy: Sendable {
        /// A 429, a 5xx or no answer; every other status from 300 on drops the callback at once. For 24 h.
        case serverErrors
        /// All but a 2xx, for so many days.
        case everything(days: Double)
    }

    /// Shortens all times; 1 is the vendor's own.
    var scale: Double
    var policy = Policy.serverErrors

    /// The wait after the attempt with this number, from 0; nil when the time is up.
    func pause(after attempt: Int, first: ContinuousClock.Instant, now: ContinuousClock.Instant) -> Duration? {
        let pause = Duration.seconds(min(900, 5 * Double(1 << min(attempt, 8))) * scale)
        return now + pause - first <= .seconds(86_400 * days * scale) ? pause : nil
    }

    /// What an answer's status means to this vendor; nil stands for no answer.
    func outcome(of status: Int?) -> Outcome {
        let outcome = Self.outcome(of: status)
        if case .everything = policy, outcome == .dropped { return .again }
        return outcome
    }

    /// What it means to one that repeats only after its `serverErrors`.
    static func outcome(of status: Int?) -> Outcome {
        switch status {
        case .some(200...299): .delivered
        case .none, .some(429), .some(500...): .again
        default: .dropped
        }
    }

    private var days: Double { if case .everything(let days) = policy { days } else { 1 } }

    enum Outcome: Sendable { case delivered, again, dropped }
}
