import Core
import Logging
import Messages
import ServiceLifecycle
import Storage

/// Sends what is due: one pump for each channel that has work, and a look after what a process that died left behind.
package struct Dispatcher: Service {
    private let context: SendingContext

    package init(context: SendingContext) { self.context = context }

    /// Runs until the service is asked to stop; then no new request is made, those under way are let finish and written
    /// down, and what was claimed is given back.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { pumps in await dispatch(into: &pumps) }
        } onGracefulShutdown: {
            context.wake.raise()
        }
    }

    private func dispatch(into pumps: inout DiscardingTaskGroup) async {
        var started: Set<ChannelID> = []
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                try await expireLeases()
                for channel in try await context.ledger.channelsWithWork(at: context.clock.now()) where started.insert(channel).inserted {
                    pumps.addTask { [context] in await ChannelPump(channel, context: context).run() }
                }
            } catch {
                context.logger.error("Looking for work failed.", metadata: ["error": "\(error)"])
            }
            await context.wake.wait(atMost: context.settings.pollInterval)
        }
    }

    private func expireLeases() async throws {
        let (planned, unknown) = try await context.ledger.expireLeases(at: context.clock.now())
        guard planned + unknown > 0 else { return }
        context.logger.warning(
            "Leases ran out: of a process that stopped, or of answers that did not come.",
            metadata: ["planned_again": "\(planned)", "unknown": "\(unknown)"])
    }
}
