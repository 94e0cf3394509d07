/// When the vendor posts a callback again: on a 429, a 5xx or no answer, after 5 s, doubling up to 15 min, for 24 h;
/// every other status from 300 on drops it at once.
struct RetryRule: Sendable {
    /// Shortens all times; 1 is the vendor's own.
    var scale: Double

    /// The wait after the attempt with this number, from 0; nil when the time is up.
    func pause(after attempt: Int, first: ContinuousClock.Instant, now: ContinuousClock.Instant) -> Duration? {
        let pause = Duration.seconds(min(900, 5 * Double(1 << min(attempt, 8))) * scale)
        return now + pause - first <= .seconds(86_400 * scale) ? pause : nil
    }

    /// What an answer's status means; nil stands for no answer.
    static func outcome(of status: Int?) -> Outcome {
        switch status {
        case .some(200...299): .delivered
        case .none, .some(429), .some(500...): .again
        default: .dropped
        }
    }

    enum Outcome: Sendable { case delivered, again, dropped }
}
