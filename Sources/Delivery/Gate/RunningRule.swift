import Core
import Messages
import Storage

/// The campaign runs: one that is sent once in the same run, a live one until it ends.
struct RunningRule: GateRule {
    private struct Standing {
        /// Nil for a live campaign, where the message's `run` is an event.
        let run: Int?
    }

    private let running: [CampaignID: Standing]
    private let policies: Policies
    private let now: Timestamp

    init(_ batch: GateBatch, in session: any SQLSession) throws {
        (policies, now) = (batch.policies, batch.now)
        let rows = try session.rows(Self.query, [.list(Set(batch.messages.map(\.campaignID)))])
        running = Dictionary(
            try rows.map { row in
                let isOneTime = try row.text(2) == "one_time"
                return (try row.id(0), Standing(run: isOneTime ? try row.int(1) : nil))
            }, uniquingKeysWith: { $1 })
    }

    func objection(to message: MessageRecord) -> Ruling? {
        guard let standing = running[message.campaignID], standing.run.map({ $0 == message.run }) ?? true else {
            return .exclude(.campaignStopped)
        }
        guard let end = policies[message].endsAt, now >= end else { return nil }
        return .exclude(.campaignStopped)
    }

    private static let query = Query("gate.running") { sql in
        "SELECT id, run, type FROM campaign WHERE id IN \(sql.integers("$1")) AND status = 'running'"
    }
}
