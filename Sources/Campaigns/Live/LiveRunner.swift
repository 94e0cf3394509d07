package import Audience
package import Core
package import Logging
package import Messages
package import Profiles
import ServiceLifecycle
package import Storage
package import ZoneTime

/// Follows the events for live campaigns, and settles those whose moment has come. Several may share a database.
package struct LiveRunner: Service {
    private let engine: any SQLEngine
    private let reader: TriggerReader
    private let dates: ProfileDateReader
    private let desk: WaitDesk
    private let clock: WallClock
    private let wake: Signal
    private let planned: Signal
    private let interval: Duration
    private let logger: Logger
    private let failures: FailureMemory

    /// - Parameters:
    ///   - wake: raised when events or people were stored.
    ///   - planned: raised when messages were made, for Delivery.
    ///   - interval: how often to look when nobody raises `wake`.
    package init(
        engine: any SQLEngine, audiences: Audiences, profiles: ProfileStore, events: EventStore,
        consent: ConsentStore, ledger: MessageLedger, zones: Zones, clock: WallClock = .system, wake: Signal, planned: Signal,
        interval: Duration = .seconds(1), logger: Logger = Logger(label: "whimbrel.campaigns"), failures: FailureMemory = FailureMemory()
    ) {
        let live = LiveCampaigns(zones: zones)
        let qualifier = Qualifier(consent: consent, ledger: ledger, policies: PolicyBook(), zones: zones)
        reader = TriggerReader(engine: engine, log: EventLog(), live: live, audiences: audiences, clock: clock, stretch: 5000)
        dates = ProfileDateReader(engine: engine, profiles: profiles, live: live, clock: clock, stretch: 1000)
        let judge = WaitJudge(log: EventLog(), events: events, profiles: profiles, live: live, audiences: audiences)
        desk = WaitDesk(engine: engine, judge: judge, qualifier: qualifier, limit: 500)
        (self.engine, self.clock, self.wake, self.planned) = (engine, clock, wake, planned)
        (self.interval, self.logger, self.failures) = (interval, logger, failures)
    }

    /// Runs until the service is asked to stop; what is under way is finished first.
    package func run() async throws {
        await withGracefulShutdownHandler {
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                if await turn() { continue }
                await wake.wait(atMost: await pause())
            }
        } onGracefulShutdown: {
            wake.raise()
        }
    }

    /// Reads a stretch of the log and settles those who are due. What fails is logged, once a minute, and left for the next
    /// turn.
    /// - Returns: whether there is more to do at once.
    package func turn() async -> Bool {
        let isBehind = await step("triggers") { try await reader.turn() } ?? false
        let isDateBehind = await step("dates") { try await dates.turn() } ?? false
        let made = await step("waits") { try await desk.turn(at: clock.now()) } ?? nil
        if let made, made > 0 { planned.raise() }
        return isBehind || isDateBehind || made != nil
    }

    /// Until the next is due, or somebody says that there are events.
    private func pause() async -> Duration {
        let next = await step("next wait") { try await engine.read { try WaitTable.next(in: $0) } } ?? nil
        guard let next else { return interval }
        return min(interval, max(.zero, clock.sleep(for: next - clock.now())))
    }

    private func step<Value: Sendable>(_ name: String, _ body: () async throws -> Value) async -> Value? {
        do { return try await body() } catch {
            if failures.isNew(name, of: nil, at: clock.now()) {
                logger.error("campaign step failed", metadata: ["step": "\(name)", "error": "\(error)"])
            }
            return nil
        }
    }
}
