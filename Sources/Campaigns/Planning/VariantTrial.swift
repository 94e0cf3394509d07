import Core
import Messages
import Storage

/// Moves the test between a campaign's variants on: from the last of its messages to the end of the time in which views are
/// counted, and to the winner.
struct VariantTrial: Sendable {
    let engine: any SQLEngine
    let ledger: MessageLedger

    /// - Returns: whether the campaign goes on with the winner at once; false while the test goes on, and where there is none.
    func advance(_ campaign: Campaign, at now: Timestamp) async throws -> Bool {
        guard campaign.variantStage == .test, let test = campaign.definition.winnerTest else { return false }
        guard let until = campaign.testUntil else {
            guard try await hasEnough(campaign, test) else { return false }
            let end = now + .seconds(60 * test.minutes)
            _ = try await engine.write { try $0.run(Self.end, [.time(end), .id(campaign.id)]) }
            return false
        }
        guard until <= now, case .variants(let variants) = campaign.definition.what else { return false }
        return try await engine.write { session in
            let winner = variants.winner(try views(of: campaign.id, session))
            return try session.run(Self.win, [.text(winner), .id(campaign.id)]) == 1
        }
    }

    /// Whether all the test's messages are out: of a live campaign so many, of a one-time one those that were drawn.
    private func hasEnough(_ campaign: Campaign, _ test: WinnerTest) async throws -> Bool {
        try await engine.read { session in
            guard campaign.type.isLive, case .messages(let size) = test.size else {
                return try !ledger.hasOpenMessages(of: campaign.id, in: session)
            }
            let numbers = try views(of: campaign.id, session)
            return numbers.values.reduce(0) { $0 + $1.sent } >= size
        }
    }

    /// Of each variant how many were sent and viewed, from the tallies.
    private func views(of campaign: CampaignID, _ session: any SQLSession) throws -> [String: (viewed: Int, sent: Int)] {
        var numbers: [String: (viewed: Int, sent: Int)] = [:]
        for row in try session.rows(Self.tallies, [.id(campaign)]) {
            let parts = try row.text(0).split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let cut = parts[1].lastIndex(of: ":") else { continue }
            let (name, value) = (String(parts[1][..<cut]), try row.int(1))
            switch parts[1][cut...] {
            case ":viewed": numbers[name, default: (0, 0)].viewed = value
            case ":sent": numbers[name, default: (0, 0)].sent = value
            default: continue
            }
        }
        return numbers
    }

    private static let end = Query("campaign.end_test", "UPDATE campaign SET test_until = $1 WHERE id = $2 AND test_until IS NULL")
    /// Everybody who was not in the test comes next, from the beginning.
    private static let win = Query(
        "campaign.win",
        "UPDATE campaign SET winner = $1, planned_up_to = 0, planned_at = NULL WHERE id = $2 AND status = 'running' AND winner IS NULL")
    private static let tallies = Query(
        "campaign.variant_tallies", "SELECT name, value FROM tally WHERE campaign_id = $1 AND name >= 'variant:' AND name < 'variant;'")
}
