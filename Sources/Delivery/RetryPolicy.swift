package import Core
package import Messages
package import WhatsApp

/// What becomes of a refused message, by its disposition alone (`providers.md` 1.3).
package struct RetryPolicy: Sendable {
    /// After the first, second … refusal that is worth another try; the last figure goes on. Full jitter: any time up to it.
    static let backOff: [Duration] = [5, 15, 45, 120, 300, 900].map { .seconds($0) }
    /// A campaign's message is not tried for longer than this after its first request.
    static let patience = Duration.seconds(6 * 3600)
    private let random: Randomness

    package init(random: Randomness) { self.random = random }

    /// - Parameters:
    ///   - retries: how many requests for it were refused before for a reason of its own.
    ///   - pause: how long the channel lets nothing out, where it was slowed.
    package func decide(
        _ failure: SendFailure, retries: Int, firstAsked: Timestamp, at now: Timestamp, pause: Duration
    ) -> Settlement.Result {
        switch failure.disposition {
        case .reject, .unreachable, .optOut: .failed(Reason(rawValue: failure.code), failure)
        case .slowChannel: .again(at: now + pause, failure)
        // Due at once, but not claimed while the hold lasts.
        case .holdTemplate, .haltChannel: .again(at: now, failure)
        case .retry, .delayRecipient: later(failure, attempt: retries + 1, firstAsked: firstAsked, at: now)
        }
    }

    private func later(_ failure: SendFailure, attempt: Int, firstAsked: Timestamp, at now: Timestamp) -> Settlement.Result {
        let wait = failure.disposition == .retry ? jittered(Self.backOff[min(attempt, Self.backOff.count) - 1]) : fourTo(attempt)
        let time = now + max(wait, failure.retryAfter ?? .zero)
        guard time - firstAsked <= Self.patience else { return .failed(.gaveUp, failure) }
        return .again(at: time, failure)
    }

    private func jittered(_ longest: Duration) -> Duration { .microseconds(Int64(Double(longest.microseconds) * random.fraction())) }

    private func fourTo(_ attempt: Int) -> Duration { .seconds((0..<min(attempt, 7)).reduce(1) { wait, _ in wait * 4 }) }
}
