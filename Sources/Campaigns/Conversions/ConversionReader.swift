import Core
import Profiles
import Storage
import ZoneTime

/// Follows the log of events and counts those that campaigns hope for. Every event is judged by its own time, so what is
/// uploaded late counts as what comes at once. Reading happens outside the writing transaction; that one writes and moves the
/// cursor from where it was read, so of several processes that read the same stretch one succeeds.
struct ConversionReader: Sendable {
    let engine: any SQLEngine
    let log: EventLog
    let zones: Zones
    let clock: WallClock
    /// How many events are looked at in one go.
    let stretch: Int

    /// The longest time that a goal may have is 150 days.
    private static let longest = Duration.seconds(151 * 86_400)

    private struct Batch: Sendable {
        let start: Int64
        /// Before the first event whose message is still under way.
        let end: Int64
        /// Whether the log goes on and can be read on at once.
        let isFull: Bool
        let conversions: [Conversion]
    }

    /// An event that some campaign hopes for.
    private struct Deed {
        let event: StoredEvent
        let key: String
    }

    /// Reads the next stretch of the log.
    /// - Returns: whether there is more to do at once.
    func turn() async throws -> Bool {
        let batch = try await engine.read { try read($0) }
        guard let batch else { return try await begin() }
        guard batch.end > batch.start else { return false }
        return try await engine.write { session in
            guard try LogCursor.conversions.move(from: batch.start, to: batch.end, in: session) else { return true }
            try ConversionTable.put(batch.conversions, in: session)
            return batch.isFull
        }
    }

    /// The first reader of a database begins with what comes next.
    private func begin() async throws -> Bool {
        try await engine.write { session in
            try LogCursor.conversions.begin(at: try log.end(in: session), in: session)
            return true
        }
    }

    private func read(_ session: any SQLSession) throws -> Batch? {
        guard let start = try LogCursor.conversions.position(in: session) else { return nil }
        let newest = try log.end(in: session)
        let end = min(newest, start + Int64(stretch))
        guard end > start else { return Batch(start: start, end: start, isFull: false, conversions: []) }
        var verdicts: [(EventID, ConversionWatch.Verdict)] = []
        for (account, keys) in try ConversionTable.keys(in: session) {
            verdicts += try judge(keys, of: account, after: start, upTo: end, session)
        }
        return batch(of: verdicts, from: start, to: end, newest: newest)
    }

    private func batch(
        of verdicts: [(EventID, ConversionWatch.Verdict)], from start: Int64, to end: Int64, newest: Int64
    ) -> Batch {
        let pending = verdicts.filter { $0.1 == .pending }.map(\.0.rawValue).min()
        let last = pending.map { $0 - 1 } ?? end
        var first: [Key: Conversion] = [:]
        for case (let id, .yes(let conversion)) in verdicts.sorted(by: { $0.0 < $1.0 }) where id.rawValue <= last {
            let key = Key(campaign: conversion.campaignID, person: conversion.profileID)
            if let known = first[key], known.convertedAt <= conversion.convertedAt { continue }
            first[key] = conversion
        }
        return Batch(start: start, end: last, isFull: pending == nil && end < newest, conversions: Array(first.values))
    }

    private struct Key: Hashable {
        let campaign: CampaignID
        let person: ProfileID
    }

    private func judge(
        _ keys: Set<String>, of account: AccountID, after start: Int64, upTo end: Int64, _ session: any SQLSession
    ) throws -> [(EventID, ConversionWatch.Verdict)] {
        let names = try log.names(keys, of: account, in: session)
        guard !names.isEmpty else { return [] }
        let deeds = try log.events(named: names.keys, after: start, upTo: end, in: session).compactMap { event in
            names[event.nameID].map { Deed(event: event, key: $0) }
        }
        let touches = Dictionary(grouping: try touches(before: deeds, of: account, session), by: \.profileID)
        let watches = try watches(Set(touches.values.joined().map(\.campaignID)), session)
        return deeds.flatMap { deed in
            Dictionary(grouping: touches[deed.event.profileID] ?? [], by: \.campaignID).compactMap { campaign, touches in
                watches[campaign].map { (deed.event.id, $0.verdict(on: deed.event, named: deed.key, after: touches)) }
            }
        }
    }

    private func touches(before deeds: [Deed], of account: AccountID, _ session: any SQLSession) throws -> [Touch] {
        let times = deeds.map(\.event.happenedAt)
        guard let first = times.min(), let last = times.max() else { return [] }
        let campaigns = try ConversionTable.campaigns(hopingFor: deeds.map(\.key), of: account, in: session)
        return try Touch.all(
            of: Array(Set(deeds.map(\.event.profileID))), from: first - Self.longest, to: last, campaigns: campaigns, in: session)
    }

    private func watches(_ campaigns: Set<CampaignID>, _ session: any SQLSession) throws -> [CampaignID: ConversionWatch] {
        guard !campaigns.isEmpty else { return [:] }
        let now = clock.now()
        let watches = try session.rows(Self.campaigns, [.list(campaigns)]).compactMap { row -> ConversionWatch? in
            let zone = zones.zone(named: try row.text(Campaign.columnCount)) ?? .utc
            return ConversionWatch(try Campaign(row: row), zone: zone, at: now)
        }
        return Dictionary(watches.map { ($0.campaign.id, $0) }) { $1 }
    }

    private static let campaigns = Query("conversion.campaigns") { sql in
        """
        SELECT \(Campaign.columns(of: "c")), a.time_zone FROM campaign c JOIN account a ON a.id = c.account_id
        WHERE \(sql.among("c.id", integers: "$1"))
        """
    }
}
