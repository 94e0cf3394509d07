package import Core
import Synchronization

/// What failed of late, so that a campaign which cannot be read is logged once a minute and not at every turn.
package final class FailureMemory: Sendable {
    private struct Failure: Hashable {
        var step: String
        var campaign: CampaignID?
    }

    private static let pause = Duration.seconds(60)
    private let logged = Mutex<[Failure: Timestamp]>([:])

    package init() {}

    /// Notes a failure, and says whether the step has not been noted for this campaign in the last minute.
    /// - Parameter id: nil for a step that failed before it came to any campaign.
    package func isNew(_ step: String, of id: CampaignID?, at now: Timestamp) -> Bool {
        logged.withLock { logged in
            // A time after now is from before the clock was set back.
            logged = logged.filter { $0.value <= now && now - $0.value < Self.pause }
            let failure = Failure(step: step, campaign: id)
            guard logged[failure] == nil else { return false }
            logged[failure] = now
            return true
        }
    }
}
