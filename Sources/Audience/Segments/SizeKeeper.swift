import Core
package import Logging
import ServiceLifecycle
import ZoneTime

/// Works out the size of every segment once a day of its account's, and anew when the segment has changed
/// (`clevertap.md` 5.2). One segment at a time. Several processes may do so; they find the same.
package struct SizeKeeper: Service {
    private let segments: SegmentStore
    private let finder: PeopleFinder
    private let interval: Duration
    private let logger: Logger

    /// - Parameter interval: how often to look.
    package init(
        segments: SegmentStore, finder: PeopleFinder, interval: Duration = .seconds(60), logger: Logger = Logger(label: "whimbrel.segments")
    ) {
        (self.segments, self.finder, self.interval, self.logger) = (segments, finder, interval, logger)
    }

    /// Runs until the service is asked to stop; a segment under way is finished first.
    package func run() async throws {
        let stop = Signal()
        await withGracefulShutdownHandler {
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                await turn()
                await stop.wait(atMost: interval)
            }
        } onGracefulShutdown: {
            stop.raise()
        }
    }

    /// Measures every segment that has no size of this day yet. What fails is logged and tried again at the next turn.
    /// - Returns: how many were measured.
    @discardableResult
    package func turn() async -> Int {
        var count = 0
        do {
            for account in try await segments.accounts() {
                let today = try await finder.moment(of: account).today
                for id in try await segments.unmeasured(of: account, on: today) {
                    guard !Task.isShuttingDownGracefully, !Task.isCancelled else { return count }
                    if await measure(id, of: account) { count += 1 }
                }
            }
        } catch {
            logger.error("segments could not be looked through", metadata: ["error": "\(error)"])
        }
        return count
    }

    private func measure(_ id: SegmentID, of account: AccountID) async -> Bool {
        do {
            let moment = try await finder.moment(of: account)
            let (people, reachable) = try await finder.estimate(.segment(id), of: account)
            let size = SegmentSize(day: moment.today, count: people, reachable: reachable, measuredAt: moment.now)
            try await segments.record(size, of: id, account: account)
            return true
        } catch {
            logger.error("segment could not be measured", metadata: ["segment": "\(id)", "account": "\(account)", "error": "\(error)"])
            return false
        }
    }
}
