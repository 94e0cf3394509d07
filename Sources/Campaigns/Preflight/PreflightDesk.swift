package import Core
package import Logging
import ServiceLifecycle
import Synchronization

/// One look at a campaign, and how far it has come.
package struct PreflightJob: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case running
        case done(PreflightReport)
        /// Something on our side went wrong; asking again may help.
        case failed
    }

    package let id: String
    package let accountID: AccountID
    /// Nil for a definition that is not saved.
    package let campaignID: CampaignID?
    package let startedAt: Timestamp
    /// How many there are to look at.
    package let people: Int
    package internal(set) var looked = 0
    package internal(set) var state = State.running
}

/// Runs pre-flights: small ones at once, large ones in the background. What they found is kept in memory for an hour.
package final class PreflightDesk: Service {
    /// Up to so many people are looked at while the caller waits.
    package static let smallest = 2000
    /// How many of an account may run in the background at a time.
    package static let runningLimit = 3
    private static let keptLimit = 20
    private static let keptFor = Duration.seconds(3600)

    private let preflight: Preflight
    private let clock: WallClock
    private let random: Randomness
    private let logger: Logger
    private let small: Int
    private let jobs = Mutex<[String: PreflightJob]>([:])
    private let (queue, enqueue) = AsyncStream<(id: String, subject: PreflightSubject)>.makeStream()

    package init(
        preflight: Preflight, clock: WallClock = .system, random: Randomness = .system,
        logger: Logger = Logger(label: "whimbrel.preflight"), small: Int = PreflightDesk.smallest
    ) {
        (self.preflight, self.clock, self.random, self.logger, self.small) = (preflight, clock, random, logger, small)
    }

    /// Looks at a campaign of the account. See `Preflight.subject(_:of:)`.
    package func begin(_ id: CampaignID, of account: AccountID) async throws -> PreflightJob {
        try await begin(preflight.subject(id, of: account))
    }

    /// Looks at a definition that is not saved.
    package func begin(_ json: JSONValue, of account: AccountID) async throws -> PreflightJob {
        try await begin(preflight.subject(json, of: account))
    }

    /// - Throws: `InputError`, `conflict`, when too many of the account are running.
    private func begin(_ subject: PreflightSubject) async throws -> PreflightJob {
        var job = PreflightJob(
            id: random.token(bytes: 8), accountID: subject.accountID, campaignID: subject.id, startedAt: clock.now(),
            people: subject.count)
        guard subject.count > small else {
            job.state = .done(try await preflight.report(on: subject))
            job.looked = job.people
            return job
        }
        try add(job)
        enqueue.yield((job.id, subject))
        return job
    }

    /// A job of the account that runs or ended within the last hour; nil when there is none.
    /// - Parameter campaign: the one that it must be about; nil for one that is not saved.
    package func job(_ id: String, about campaign: CampaignID?, of account: AccountID) -> PreflightJob? {
        let now = clock.now()
        return jobs.withLock { jobs in
            jobs = jobs.filter { now - $0.value.startedAt < Self.keptFor }
            return jobs[id].flatMap { $0.accountID == account && $0.campaignID == campaign ? $0 : nil }
        }
    }

    /// Runs what is in the background until the service is asked to stop; what is under way then is given up.
    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withDiscardingTaskGroup { group in
                for await (id, subject) in queue { group.addTask { await self.look(at: subject, job: id) } }
            }
        }
    }

    private func look(at subject: PreflightSubject, job id: String) async {
        do {
            let report = try await preflight.report(on: subject) { looked in
                jobs.withLock { $0[id]?.looked = looked }
            }
            jobs.withLock { $0[id]?.state = .done(report) }
        } catch {
            if !(error is CancellationError) { logger.error("pre-flight failed", metadata: ["error": "\(error)"]) }
            jobs.withLock { $0[id]?.state = .failed }
        }
    }

    private func add(_ job: PreflightJob) throws(InputError) {
        let isFull = jobs.withLock { jobs in
            jobs = jobs.filter { job.startedAt - $0.value.startedAt < Self.keptFor }
            let own = jobs.values.filter { $0.accountID == job.accountID }
            guard own.count(where: { $0.state == .running }) < Self.runningLimit else { return true }
            let ended = own.filter { $0.state != .running }.sorted { $0.startedAt < $1.startedAt }
            for old in ended.dropLast(Self.keptLimit - Self.runningLimit) { jobs[old.id] = nil }
            jobs[job.id] = job
            return false
        }
        guard isFull else { return }
        throw InputError(
            .conflict, code: "too_many_preflights", "\(Self.runningLimit) campaigns are being looked at already. Wait for one of them.")
    }
}
