import Core
import Delivery
import Messages
import Testing
import WhatsApp

@Suite struct RetryPolicyTests {
    private static let now = Timestamp(seconds: 1_793_000_000)
    private let latest = RetryPolicy(random: Randomness { .max })

    private static func failure(_ disposition: SendFailure.Disposition, after: Duration? = nil) -> SendFailure {
        SendFailure(disposition, code: "vonage_1", summary: "", retryAfter: after)
    }

    private func decide(_ failure: SendFailure, attempt: Int = 1, asked: Duration = .zero, pause: Duration = .zero) -> Settlement.Result {
        latest.decide(failure, retries: attempt - 1, firstAsked: Self.now - asked, at: Self.now, pause: pause)
    }

    @Test(arguments: zip(1...8, [5, 15, 45, 120, 300, 900, 900, 900]))
    func `a transient failure backs off with jitter`(attempt: Int, seconds: Int) throws {
        guard case .again(let time, _) = decide(Self.failure(.retry), attempt: attempt) else { throw Unexpected() }
        #expect(time <= Self.now + .seconds(seconds))
        #expect(time > Self.now + .seconds(seconds) - .milliseconds(10))
        let soonest = RetryPolicy(random: Randomness { 0 }).decide(
            Self.failure(.retry), retries: attempt - 1, firstAsked: Self.now, at: Self.now, pause: .zero)
        #expect(soonest == .again(at: Self.now, Self.failure(.retry)))
    }

    @Test(arguments: zip(1...4, [4, 16, 64, 256]))
    func `one recipient is delayed by powers of four`(attempt: Int, seconds: Int) {
        let failure = Self.failure(.delayRecipient)
        #expect(decide(failure, attempt: attempt) == .again(at: Self.now + .seconds(seconds), failure))
    }

    @Test(arguments: [SendFailure.Disposition.reject, .unreachable, .optOut])
    func `what cannot be mended fails under the provider's code`(disposition: SendFailure.Disposition) {
        let failure = Self.failure(disposition)
        #expect(decide(failure) == .failed(Reason(rawValue: "vonage_1"), failure))
    }

    @Test(arguments: [SendFailure.Disposition.holdTemplate, .haltChannel])
    func `what a person must mend is due at once for when the hold ends, and never gives up`(disposition: SendFailure.Disposition) {
        let failure = Self.failure(disposition)
        #expect(decide(failure, attempt: 99, asked: .seconds(90_000)) == .again(at: Self.now, failure))
    }

    @Test func `a slowed channel tries again after its pause, however often`() {
        let failure = Self.failure(.slowChannel)
        #expect(decide(failure, attempt: 99, asked: .seconds(90_000), pause: .seconds(20)) == .again(at: Self.now + .seconds(20), failure))
    }

    @Test func `the provider's wait outranks a shorter one`() {
        let failure = Self.failure(.retry, after: .seconds(60))
        #expect(decide(failure) == .again(at: Self.now + .seconds(60), failure))
    }

    @Test(arguments: [SendFailure.Disposition.retry, .delayRecipient])
    func `after six hours it is given up`(disposition: SendFailure.Disposition) {
        let failure = Self.failure(disposition)
        #expect(decide(failure, attempt: 30, asked: .seconds(6 * 3600)) == .failed(.gaveUp, failure))
    }
}

struct Unexpected: Error {}
