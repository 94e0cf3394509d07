package import Channels
package import Consequences
package import Core
package import Logging
package import Messages
package import Profiles
import ServiceLifecycle
package import Storage
package import WhatsApp

/// Works through stored webhook calls: receipts into the send ledger, what people wrote into `inbound`, opt-outs into the
/// consents. Several may run over one database; each call is applied by one of them.
package struct ReceiptApplier: Service {
    /// The most calls of one transaction.
    private static let batchSize = 500
    private static let sweepSize = 1000
    private static let pollInterval = Duration.seconds(1)
    private static let keepOthers = Duration.seconds(30 * 24 * 3600)

    private let engine: any SQLEngine
    private let providers: ProviderList
    private let clock: WallClock
    private let arrived: Signal
    private let logger: Logger
    private let keepApplied: Duration
    private let channels: ChannelCache
    private let batch: WebhookBatch

    /// - Parameters:
    ///   - arrived: raised by `WebhookInbox`; without it the table is looked at once a second.
    ///   - keepApplied: how long calls are kept that were applied. Those that could not be are kept for 30 days, for a
    ///     person to look at.
    package init(
        engine: any SQLEngine, ledger: MessageLedger, profiles: ProfileStore, consent: ConsentStore, addresses: WhatsAppAddresses,
        channels: ChannelStore, templates: TemplateStore, consequences: Consequences, providers: ProviderList, clock: WallClock,
        ids: IDMaker, arrived: Signal, logger: Logger, keepApplied: Duration = .seconds(7 * 24 * 3600)
    ) {
        (self.engine, self.providers, self.clock, self.arrived, self.logger) = (engine, providers, clock, arrived, logger)
        (self.keepApplied, self.channels) = (keepApplied, ChannelCache(channels, clock: clock))
        let people = PeopleBook(profiles: profiles, addresses: addresses)
        batch = WebhookBatch(
            ledger: ledger, inbound: InboundBook(ledger: ledger, people: people, consequences: consequences, ids: ids),
            notices: NoticeBook(channels: channels, templates: templates, consent: consent, people: people),
            consequences: consequences)
    }

    /// Runs until the service is asked to stop; a transaction under way is finished first.
    package func run() async throws {
        var nextSweep = clock.now()
        await withGracefulShutdownHandler {
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                let hasMore = await turn()
                await sweep(&nextSweep)
                if !hasMore { await arrived.wait(atMost: Self.pollInterval) }
            }
        } onGracefulShutdown: { [arrived] in
            arrived.raise()
        }
    }

    private func turn() async -> Bool {
        do { return try await applyDue() > 0 } catch {
            logger.error("Applying webhooks failed; it is tried again.", metadata: ["error": "\(error)"])
            return false
        }
    }

    private func sweep(_ next: inout Timestamp) async {
        let now = clock.now()
        guard now >= next else { return }
        next = now + .seconds(60)
        do {
            if try await removeOld() { next = now }
        } catch {
            logger.error("Removing old webhooks failed.", metadata: ["error": "\(error)"])
        }
    }
}

extension ReceiptApplier {
    /// Applies up to 500 calls that are due, in one transaction.
    /// - Returns: how many it dealt with; 0 when nothing is due or other processes have it all.
    /// - Throws: `StorageError` when the database cannot be reached. What one call is to blame for is not thrown: that call
    ///   is put off with a note, and the others are applied.
    @discardableResult
    package func applyDue() async throws -> Int {
        let now = clock.now()
        let rows = try await engine.read { try $0.rows(RawWebhookTable.due, [.time(now), .int(Self.batchSize)]) }
        // Read outside the transaction: parsing needs no lock.
        var webhooks: [ReadWebhook] = []
        for raw in try rows.map(RawWebhook.init(row:)) {
            webhooks.append(ReadWebhook(raw, providers: providers, line: try await channels.channel(raw.channelID)?.line))
        }
        return try await apply(webhooks[...], at: now)
    }

    /// Removes up to 1,000 calls that are older than they are kept; none that waits to be applied.
    /// - Returns: whether there may be more.
    package func removeOld() async throws -> Bool {
        let now = clock.now()
        let values: [SQLValue] = [.time(now - keepApplied), .int(Self.sweepSize), .time(now - max(keepApplied, Self.keepOthers))]
        return try await engine.write { try $0.run(RawWebhookTable.deleteOld, values) == Self.sweepSize }
    }

    /// Halves a batch that fails until the call that makes it fail is alone.
    private func apply(_ webhooks: ArraySlice<ReadWebhook>, at now: Timestamp) async throws -> Int {
        guard let first = webhooks.first else { return 0 }
        do {
            return try await engine.write { [batch] in try batch.apply(webhooks, at: now, in: $0) }
        } catch let error as StorageError where [.unavailable, .outcomeUnknown].contains(error.kind) {
            throw error
        } catch {
            guard webhooks.count > 1 else { return try await putOff(first.raw, error, at: now) }
            let half = webhooks.startIndex + webhooks.count / 2
            return try await apply(webhooks[..<half], at: now) + apply(webhooks[half...], at: now)
        }
    }

    private func putOff(_ raw: RawWebhook, _ error: any Error, at now: Timestamp) async throws -> Int {
        logger.error("A webhook cannot be applied.", metadata: ["webhook": "\(raw.id)", "error": "\(error)"])
        let values = raw.settled(as: .failed("\(error)"), at: now)
        return try await engine.write { try $0.run(RawWebhookTable.settle, values) }
    }
}
