import Core
import Messages
import Storage

/// Settles those whose moment has come, and makes a message of each who fits.
struct WaitDesk: Sendable {
    let engine: any SQLEngine
    let judge: WaitJudge
    let qualifier: Qualifier
    /// How many are settled in one go.
    let limit: Int

    /// A wait with what is written for it.
    private struct Settled: Sendable {
        let judged: JudgedWait
        let intent: Intent?
    }

    /// Judging happens outside the writing transaction; that one takes each wait out as it was read, so what has moved
    /// meanwhile stays, and of two processes one settles it.
    /// - Returns: how many messages were made; nil when nobody was due.
    func turn(at now: Timestamp) async throws -> Int? {
        let (waits, settled) = try await engine.read { try settle(WaitTable.due(at: now, upTo: limit, in: $0), at: now, $0) }
        guard !waits.isEmpty else { return nil }
        return try await engine.write { session in
            let taken = Set(try zip(waits, WaitTable.take(waits, in: session)).filter(\.1).map(\.0))
            let ours = settled.filter { taken.contains($0.judged.wait) }
            try WaitTable.put(ours.flatMap(\.judged.later), in: session)
            return try Dictionary(grouping: ours, by: \.judged.campaign.id).sorted { $0.key < $1.key }.reduce(0) { sum, group in
                sum + (try qualifier.qualify(group.value.compactMap(\.intent), in: group.value[0].judged.campaign, at: now, session))
            }
        }
    }

    private func settle(_ waits: [Wait], at now: Timestamp, _ session: any SQLSession) throws -> ([Wait], [Settled]) {
        let judged = Dictionary(grouping: try judge.judge(waits, at: now, in: session), by: \.campaign.id)
        let settled = try judged.sorted { $0.key < $1.key }.flatMap { try settle($0.value, at: now, session) }
        return (waits, settled)
    }

    /// Those of one campaign.
    private func settle(_ judged: [JudgedWait], at now: Timestamp, _ session: any SQLSession) throws -> [Settled] {
        guard judged.contains(where: { $0.candidate != nil }) else { return judged.map { Settled(judged: $0, intent: nil) } }
        let frame = try qualifier.frame(of: judged[0].campaign, in: session)
        var number = try qualifier.number(of: judged[0].campaign, in: session)
        return judged.map { judged in
            guard let candidate = judged.candidate else { return Settled(judged: judged, intent: nil) }
            defer { number += 1 }
            return Settled(judged: judged, intent: frame.intent(for: candidate, number: number, at: now))
        }
    }
}

extension JudgedWait {
    fileprivate var candidate: Candidate? { if case .qualify(let candidate) = verdict { candidate } else { nil } }

    /// What is waited for from now on in its place: the moment that moved, or the same date of the next year.
    fileprivate var later: [Wait] {
        if case .move(let due) = verdict { return [wait.moved(to: due)] }
        return next.map { [$0] } ?? []
    }
}

extension Wait {
    fileprivate func moved(to due: Timestamp) -> Wait {
        Wait(
            accountID: accountID, campaignID: campaignID, profileID: profileID, key: key, eventID: eventID, anchorAt: anchorAt, dueAt: due)
    }
}
