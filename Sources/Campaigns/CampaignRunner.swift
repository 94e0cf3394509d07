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
    private let trial: VariantTrial
    private let clock: WallClock
    private let watch: ClockWatch
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
        engine: any SQLEngine, planner: CampaignPlanner, ledger: MessageLedger, clock: WallClock = .system,
        watch: ClockWatch = ClockWatch(), wake: Signal, planned: Signal, interval: Duration = .seconds(1),
        logger: Logger = Logger(label: "whimbrel.campaigns"), failures: FailureMemory = FailureMemory()
    ) {
        (self.engine, self.planner, self.ledger) = (engine, planner, ledger)
        (self.clock, self.watch) = (clock, watch)
        trial = VariantTrial(engine: engine, ledger: ledger)
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
        let gap = watch.look(at: clock)
        let now = clock.now()
        _ = await forEach(CampaignQueries.unapproved, [.time(now)], "expire") { try await expire($0, at: now) }
        _ = await forEach(CampaignQueries.due, [.time(now)], "begin") { try await begin($0, at: now, skipped: gap) }
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

    /// What nobody approved in time will not be sent.
    private func expire(_ id: CampaignID, at now: Timestamp) async throws -> Bool {
        try await engine.write { try $0.run(CampaignQueries.expire, [.time(now), .id(id)]) == 1 }
    }

    /// Begins a campaign, or holds it when its start was missed by too much or more people fit than were thought.
    /// - Parameter gap: what the clock jumped over.
    private func begin(_ id: CampaignID, at now: Timestamp, skipped gap: Range<Timestamp>?) async throws -> Bool {
        guard let campaign = try await campaign(id) else { return false }
        if let code = try await obstacle(to: campaign, at: now, skipped: gap) {
            let values: [SQLValue] = [.text(code.rawValue), .time(now), .id(id), .time(campaign.startAt)]
            return try await engine.write { try $0.run(CampaignQueries.hold, values) == 1 }
        }
        return try await engine.write { session in
            guard try session.run(CampaignQueries.begin, [.time(now), .id(id)]) == 1 else { return false }
            // Read again: it may have been changed meanwhile, and then whether it may begin is to be asked anew.
            guard let begun = try session.row(CampaignQueries.byIDAlone, [.id(id)]).map(Campaign.init(row:)) else { return false }
            guard begun.definition == campaign.definition else { throw ChangedMeanwhile() }
            try PolicyBook().set(SendPolicy(of: begun, in: session), of: id, account: begun.accountID, in: session)
            try ConversionTable.watch(begun, in: session)
            return true
        }
    }

    private func obstacle(
        to campaign: Campaign, at now: Timestamp, skipped gap: Range<Timestamp>?
    ) async throws -> Campaign.HeldCode? {
        if !campaign.type.isLive, let start = campaign.startAt, gap?.contains(start) == true { return .clockJumped }
        if let start = campaign.startAt, campaign.misses(start, at: now) { return .startMissed }
        guard case .safetyLimit(let limit) = campaign.definition.who.reach else { return nil }
        return try await planner.count(of: campaign, at: now) > limit ? .tooManyPeople : nil
    }

    private func campaign(_ id: CampaignID) async throws -> Campaign? {
        try await engine.read { try $0.row(CampaignQueries.byIDAlone, [.id(id)]).map(Campaign.init(row:)) }
    }

    private func advance(_ id: CampaignID) async throws -> Bool {
        guard let campaign = try await campaign(id), campaign.status == .running else { return false }
        guard !campaign.type.isLive else {
            _ = try await trial.advance(campaign, at: clock.now())
            return try await hasEnded(campaign) ? try await complete(id) : false
        }
        guard campaign.plannedAt == nil else {
            return campaign.variantStage == .test ? try await trial.advance(campaign, at: clock.now()) : try await complete(id)
        }
        guard let count = try await planner.planPage(of: campaign) else { return false }
        if count > 0 { planned.raise() }
        return true
    }

    /// Whether a live campaign has reached as many as it may, or its end is past and everybody is settled whose moment came
    /// before it.
    private func hasEnded(_ campaign: Campaign) async throws -> Bool {
        if case .paced(_, let overall?) = campaign.definition.who.reach {
            let used = try await engine.read { try ReachCount().used(of: [campaign.id], on: [], in: $0) }
            if used[campaign.id]?.overall ?? 0 >= overall { return true }
        }
        guard let end = campaign.endAt, end <= clock.now() else { return false }
        return try await !engine.read { try WaitTable.hasAny(of: campaign.id, before: end, in: $0) }
    }

    /// - Returns: false; a completed campaign needs nothing more.
    private func complete(_ id: CampaignID) async throws -> Bool {
        guard try await !engine.read({ try ledger.hasOpenMessages(of: id, in: $0) }) else { return false }
        let now = clock.now()
        try await engine.write { session in
            guard try !ledger.hasOpenMessages(of: id, in: session) else { return }
            try session.run(CampaignQueries.complete, [.time(now), .id(id)])
            try WaitTable.hasten(id, at: now, in: session)
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

/// A campaign was changed between the look at it and its beginning; the next turn looks again.
private struct ChangedMeanwhile: Error {}

extension Campaign {
    /// Whether it is too late for a one-time campaign to begin by itself. A minute is always granted, because a start may lie
    /// as far back when it is scheduled.
    fileprivate func misses(_ start: Timestamp, at now: Timestamp) -> Bool {
        !type.isLive && now - start > .seconds(60 * definition.when.lateStart + 60)
    }
}
