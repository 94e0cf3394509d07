package import Core
package import Logging
import Profiles
import ServiceLifecycle
package import Storage
package import ZoneTime

/// Counts who does what campaigns hope for, as the events come in. Several may share a database.
package struct ConversionRunner: Service {
    private let reader: ConversionReader
    private let clock: WallClock
    private let wake: Signal
    private let interval: Duration
    private let logger: Logger
    private let failures: FailureMemory

    /// - Parameters:
    ///   - wake: raised when events were stored, by whoever does not want to wait for the next look.
    ///   - interval: how often to look when nobody raises `wake`.
    ///   - stretch: how many events are looked at in one go.
    package init(
        engine: any SQLEngine, zones: Zones, clock: WallClock = .system, wake: Signal = Signal(), interval: Duration = .seconds(1),
        stretch: Int = 2000, logger: Logger = Logger(label: "whimbrel.campaigns"), failures: FailureMemory = FailureMemory()
    ) {
        reader = ConversionReader(engine: engine, log: EventLog(), zones: zones, clock: clock, stretch: stretch)
        (self.clock, self.wake, self.interval, self.logger, self.failures) = (clock, wake, interval, logger, failures)
    }

    /// Runs until the service is asked to stop; what is under way is finished first.
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

    /// Reads a stretch of the log. What fails is logged, once a minute, and left for the next turn.
    /// - Returns: whether there is more to do at once.
    package func turn() async -> Bool {
        do { return try await reader.turn() } catch {
            if failures.isNew("conversions", of: nil, at: clock.now()) {
                logger.error("conversions could not be counted", metadata: ["error": "\(error)"])
            }
            return false
        }
    }
}
