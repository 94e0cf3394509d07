package import Core
package import Logging
import Profiles
import ServiceLifecycle
package import Storage
import Synchronization

/// Makes blocks of what the log and the people's rows say since it last looked, and merges small ones. What it reads and works out
/// holds up nobody; the writer is taken only to store blocks that are ready, and only if nobody else has stored them meanwhile: each
/// step compares the cursor and moves it. So a crash loses nothing, and several processes may build at once.
package struct BlockBuilder: Service {
    let engine: any SQLEngine
    let stores: AudienceStores
    let sizes: BlockSizes
    private let wake: Signal
    private let interval: Duration
    private let patience: Int
    private let logger: Logger
    private static let pause = Duration.milliseconds(200)

    /// - Parameters:
    ///   - wake: raised after people or events were stored.
    ///   - interval: how long little may wait to be built.
    ///   - patience: so many events, or changes of people, are built at once.
    package init(
        engine: any SQLEngine, stores: AudienceStores, sizes: BlockSizes = BlockSizes(), wake: Signal = Signal(),
        interval: Duration = .seconds(30), patience: Int = 16_384, logger: Logger = Logger(label: "whimbrel.blocks")
    ) {
        (self.engine, self.stores, self.sizes, self.wake) = (engine, stores, sizes, wake)
        (self.interval, self.patience, self.logger) = (interval, patience, logger)
    }

    /// Runs until the service is asked to stop; a step under way is finished first.
    package func run() async throws {
        await withGracefulShutdownHandler {
            var builtAt = ContinuousClock.now
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                let isDue = ContinuousClock.now - builtAt >= interval
                if isDue { builtAt = .now }
                if await turn(all: isDue) { continue }
                await wake.wait(atMost: interval)
                // Uploads come many in a second, and looking costs two reads.
                try? await Task.sleep(for: Self.pause)  // cancelled is as good as over
            }
        } onGracefulShutdown: {
            wake.raise()
        }
    }

    /// - Returns: whether there is more to do at once.
    private func turn(all: Bool) async -> Bool {
        do {
            let backlog = try await backlog()
            let least = all ? 1 : patience
            if backlog.events >= least, try await EventBuilding(builder: self).step() { return true }
            if backlog.people >= least, try await ProfileBuilding(builder: self).step() { return true }
            return try await merge()
        } catch {
            logger.error("Blocks could not be built; tried again later.", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// How many events, and changes of people, no block has yet.
    package func backlog() async throws -> (events: Int, people: Int) {
        try await engine.read { try backlog(in: $0) }
    }

    func backlog(in session: any SQLSession) throws -> (events: Int, people: Int) {
        let events = try stores.events.lastID(in: session).rawValue - BlockTable.cursor(BlockCursor.events, in: session)
        let people = try stores.profiles.revision(in: session) - BlockTable.cursor(BlockCursor.profiles, in: session)
        return (Int(events), Int(people))
    }

    /// Builds until everything that was stored before has a block. Does not merge.
    package func catchUp() async throws {
        while try await EventBuilding(builder: self).step() {}
        while try await ProfileBuilding(builder: self).step() {}
    }

    /// Builds the next blocks, of events and of people; false when there was nothing to build.
    package func buildSome() async throws -> Bool {
        let hasEvents = try await EventBuilding(builder: self).step()
        return try await ProfileBuilding(builder: self).step() || hasEvents
    }

    /// Merges one group of blocks; false when there was none.
    package func merge() async throws -> Bool {
        if try await EventBuilding(builder: self).merge() { return true }
        return try await ProfileBuilding(builder: self).merge()
    }

    /// Throws all blocks away and makes them anew from the rows.
    package func rebuild() async throws {
        try await engine.write { try BlockTable.clear(in: $0) }
        try await catchUp()
        while try await merge() {}
    }
}

/// Another process has built or merged the same; what was worked out is thrown away.
struct Overtaken: Error {}
