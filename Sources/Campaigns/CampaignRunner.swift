package import Core
package import Logging
package import Messages
import ServiceLifecycle
package import Storage

/// Begins campaigns that are due, plans those that run, completes those that are done, and clears away what stopped
/// ones left waiting. Several runners may share a database: every step compares and sets.
package struct CampaignRunner: Service {
    private let engine: any SQLEngine
    private let planner: CampaignPlanner
    private let ledger: MessageLedger
    private let clock: WallClock
    private let wake: Signal
    private let planned: Signal
    private let interval: Duration
    private let logger: Logger
    private let failures: FailureMemory

    /// - Parameters:
    ///   - wake: raised by whoever gives the runner something to do.
    ///   - planned: raised after each page of messages, for Delivery.
    ///   - interval: how often to look when nobody raises `wake`.
    ///   - failures: what was logged of late and is not logged again.
    package init(
        engine: any SQLEngine, planner: CampaignPlanner, ledger: MessageLedger, clock: WallClock = .system, wake: Signal,
        planned: Signal, interval: Duration = .seconds(1), logger: Logger = Logger(label: "whimbrel.campaigns"),
        failures: FailureMemory = FailureMemory()
    ) {
        (self.engine, self.planner, self.ledger, self.clock) = (engine, planner, ledger, clock)
        (self.wake, self.planned, self.interval, self.logger, self.failures) = (wake, planned, interval, logger, failures)
    }

    /// Runs until the service is asked to stop; a page under way is finished first.
    package func run() async throws {
        await withGracefulShutdownHandler {
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                if await turn() { continue }
                await wake.wait(atMost: interval)
            }
        } onGracefulShutdown: {
            wake.raise()
        }
    }

    /// Does for every campaign the next thing there is to do. What fails is logged, once a minute, and left for the
    /// next turn; it does not keep the other campaigns from going on.
    /// - Returns: whether there is more to do at once.
    package func turn() async -> Bool {
        let now = clock.now()
        _ = await forEach(CampaignQueries.due, [.time(now)], "begin") { try await begin($0, at: now) }
        let advanced = await forEach(CampaignQueries.running, [], "advance") { try await advance($0) }
        let cleared = await forEach(CampaignQueries.stoppedWithWaiting, [], "clear") { try await clear($0) }
        return advanced || cleared
    }

    /// - Returns: whether `step` says for any of the query's campaigns that there is more to do.
    private func forEach(
        _ query: Query, _ values: [SQLValue], _ name: String, _ step: (CampaignID) async throws -> Bool
    ) async -> Bool {
        var hasMore = false
        do {
            for id in try await engine.read({ try $0.rows(query, values).map { try $0.id(0, CampaignID.self) } }) {
                do { hasMore = try await step(id) || hasMore } catch { report(error, in: name, of: id) }
            }
        } catch { report(error, in: name, of: nil) }
        return hasMore
    }

    private func begin(_ id: CampaignID, at now: Timestamp) async throws -> Bool {
        try await engine.write { try $0.run(CampaignQueries.begin, [.time(now), .id(id)]) == 1 }
    }

    private func advance(_ id: CampaignID) async throws -> Bool {
        let campaign = try await engine.read { try $0.row(CampaignQueries.byIDAlone, [.id(id)]).map(Campaign.init(row:)) }
        guard let campaign, campaign.status == .running else { return false }
        guard campaign.plannedAt == nil else { return try await complete(id) }
        guard let count = try await planner.planPage(of: campaign) else { return false }
        if count > 0 { planned.raise() }
        return true
    }

    /// - Returns: false; a completed campaign needs nothing more.
    private func complete(_ id: CampaignID) async throws -> Bool {
        guard try await !engine.read({ try ledger.hasOpenMessages(of: id, in: $0) }) else { return false }
        let now = clock.now()
        try await engine.write { session in
            guard try !ledger.hasOpenMessages(of: id, in: session) else { return }
            try session.run(CampaignQueries.complete, [.time(now), .id(id)])
        }
        return false
    }

    private func clear(_ id: CampaignID) async throws -> Bool {
        try await engine.write { try ledger.excludeWaiting(of: id, in: $0) } > 0
    }

    private func report(_ error: any Error, in step: String, of id: CampaignID?) {
        guard failures.isNew(step, of: id, at: clock.now()) else { return }
        logger.error(
            "campaign step failed",
            metadata: ["step": "\(step)", "campaign": "\(id.map(\.description) ?? "-")", "error": "\(error)"])
    }
}
