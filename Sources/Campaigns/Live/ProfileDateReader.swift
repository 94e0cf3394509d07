import Audience
import Core
import Profiles
import Storage
import ZoneTime

/// Follows the changes of people for campaigns on a date of their own, such as a birthday: whoever has the date waits for it,
/// and whose date changes waits for the new one. Each campaign has a cursor of its own, which begins before everybody.
struct ProfileDateReader: Sendable {
    let engine: any SQLEngine
    let profiles: ProfileStore
    let live: LiveCampaigns
    let clock: WallClock
    /// How many people are looked at in one go.
    let stretch: Int

    private struct Batch: Sendable {
        let cursor: LogCursor
        let start: Int64
        let end: Int64
        let waits: [Wait]
    }

    /// Reads the next changes for each campaign.
    /// - Returns: whether there is more to do at once.
    func turn() async throws -> Bool {
        let batches = try await engine.read { try read($0) }.filter { $0.end > $0.start }
        for batch in batches {
            try await engine.write { session in
                try batch.cursor.begin(at: 0, in: session)
                guard try batch.cursor.move(from: batch.start, to: batch.end, in: session) else { return }
                try WaitTable.put(batch.waits, in: session)
            }
        }
        return !batches.isEmpty
    }

    private func read(_ session: any SQLSession) throws -> [Batch] {
        let now = clock.now()
        return try live.running(at: now, in: session).compactMap { campaign in
            guard case .profileDate(let date) = campaign.trigger else { return nil }
            return try batch(for: campaign, date, at: now, session)
        }
    }

    private func batch(for live: LiveCampaign, _ date: ProfileDate, at now: Timestamp, _ session: any SQLSession) throws -> Batch {
        let cursor = LogCursor(name: "profile_date:\(live.campaign.id)")
        let start = try cursor.position(in: session) ?? 0
        let changed = try profiles.changed(after: start, upTo: stretch, in: session)
        let people = changed.map(\.profile).filter { $0.accountID == live.campaign.accountID }
        let waits = people.compactMap { live.wait(of: $0, date, after: now, read: now) }
        return Batch(cursor: cursor, start: start, end: changed.last?.revision ?? start, waits: waits)
    }
}

extension LiveCampaign {
    /// The wait for a person's own date; nil when there is none to wait for before the campaign's end.
    func wait(of person: Profile, _ date: ProfileDate, after moment: Timestamp, read now: Timestamp) -> Wait? {
        guard let next = date.next(for: person, after: moment, in: zone), !isOver(at: next.due) else { return nil }
        return Wait(
            accountID: campaign.accountID, campaignID: campaign.id, profileID: person.id, key: ProfileDate.key, eventID: nil,
            anchorAt: now, dueAt: next.due)
    }
}
