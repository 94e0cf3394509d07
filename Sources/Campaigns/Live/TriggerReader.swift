import Audience
import Core
import Profiles
import Storage
import ZoneTime

/// Follows the log of events and lets those wait whom a live campaign wants. Reading and judging happen outside the writing
/// transaction; that one writes the waits and moves the cursor from where it was read, so of several processes that read
/// the same stretch one succeeds.
struct TriggerReader: Sendable {
    let engine: any SQLEngine
    let log: EventLog
    let live: LiveCampaigns
    let audiences: Audiences
    let clock: WallClock
    /// How many events are looked at in one go.
    let stretch: Int

    private struct Batch: Sendable {
        let start: Int64
        let end: Int64
        /// Whether the log goes on.
        let isFull: Bool
        let arrivals: [Arrival]
    }

    /// Reads the next stretch of the log.
    /// - Returns: whether there is more to do at once.
    func turn() async throws -> Bool {
        let batch = try await engine.read { try read($0) }
        guard let batch else { return try await begin() }
        guard batch.end > batch.start else { return false }
        return try await engine.write { session in
            guard try LogCursor.triggers.move(from: batch.start, to: batch.end, in: session) else { return true }
            try WaitTable.remove(batch.arrivals.filter(\.isPast).map(\.wait), in: session)
            try WaitTable.put(batch.arrivals.filter { !$0.isPast }.map(\.wait), in: session)
            return batch.isFull
        }
    }

    /// The first reader of a database begins with what comes next.
    private func begin() async throws -> Bool {
        try await engine.write { session in
            try LogCursor.triggers.begin(at: try log.end(in: session), in: session)
            return true
        }
    }

    private func read(_ session: any SQLSession) throws -> Batch? {
        guard let start = try LogCursor.triggers.position(in: session) else { return nil }
        let newest = try log.end(in: session)
        let end = min(newest, start + Int64(stretch))
        guard end > start else { return Batch(start: start, end: start, isFull: false, arrivals: []) }
        let running = try live.running(at: clock.now(), in: session)
        // Without a live campaign nothing can follow, and moving the cursor can wait for a long stretch: an upload then costs
        // no second transaction. A campaign that begins later looks at nothing from before its beginning anyway.
        guard !running.isEmpty || end < newest else { return Batch(start: start, end: start, isFull: false, arrivals: []) }
        let campaigns = Dictionary(grouping: running, by: \.campaign.accountID)
        let arrivals = try campaigns.sorted { $0.key < $1.key }.flatMap { account, campaigns in
            try self.arrivals(for: campaigns, of: account, after: start, upTo: end, session)
        }
        return Batch(start: start, end: end, isFull: end < newest, arrivals: arrivals)
    }

    private func arrivals(
        for campaigns: [LiveCampaign], of account: AccountID, after start: Int64, upTo end: Int64, _ session: any SQLSession
    ) throws -> [Arrival] {
        let names = try log.names(campaigns.flatMap { $0.trigger.beginnings.map(\.matchKey) }, of: account, in: session)
        guard !names.isEmpty else { return [] }
        let events = try log.events(named: names.keys, after: start, upTo: end, in: session)
        return try campaigns.flatMap { campaign in
            let arrivals = events.compactMap { event in names[event.nameID].flatMap { campaign.arrival(of: event, named: $0) } }
            return try fitting(arrivals, of: campaign, session)
        }
    }

    /// Who triggers a single action that is sent later is judged now as well as then, so that somebody who no longer fits
    /// by then is told apart from somebody who never did.
    private func fitting(_ arrivals: [Arrival], of live: LiveCampaign, _ session: any SQLSession) throws -> [Arrival] {
        guard live.judgesOnArrival, !arrivals.isEmpty else { return arrivals }
        let people = Array(Set(arrivals.map(\.wait.profileID)))
        let moment = RuleMoment(now: clock.now(), zone: live.zone)
        let fitting = try audiences.judge(live.filter, people, of: live.campaign.accountID, at: moment, in: session)
        return arrivals.filter { fitting.contains($0.wait.profileID) }
    }
}
