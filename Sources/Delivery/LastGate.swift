package import Core
package import Messages
package import Profiles
package import Storage

/// The last check, in the very transaction that marks a message as asked: whatever was committed before it counts, such
/// as a STOP that arrived a moment ago.
package struct LastGate: Sendable {
    private enum Verdict {
        case pass
        case exclude(Reason)
    }

    private let consent: ConsentStore

    package init(consent: ConsentStore) { self.consent = consent }

    /// Judges each message: the campaign still runs in the same run, the person still exists, is still opted in, and the
    /// number is neither blocked nor unreachable, nor out of marketing for now. Control groups and variables were settled
    /// when the message was planned.
    package func judge(
        _ messages: [MessageRecord], isMarketing: (TemplateID) -> Bool, in session: some SQLSession
    ) throws -> (passed: [MessageRecord], excluded: [(MessageRecord, Reason)]) {
        var (passed, excluded) = ([MessageRecord](), [(MessageRecord, Reason)]())
        for (message, verdict) in zip(messages, try verdicts(on: messages, isMarketing, in: session)) {
            switch verdict {
            case .pass: passed.append(message)
            case .exclude(let reason): excluded.append((message, reason))
            }
        }
        return (passed, excluded)
    }

    private func verdicts(
        on messages: [MessageRecord], _ isMarketing: (TemplateID) -> Bool, in session: some SQLSession
    ) throws -> [Verdict] {
        let running = try runs(of: Set(messages.map(\.campaignID)), in: session)
        var reachable: [ProfileID: Reachability] = [:]
        for (account, group) in Dictionary(grouping: messages, by: \.accountID) {
            reachable.merge(try consent.reachability(of: group.map(\.profileID), account: account, in: session)) { $1 }
        }
        return messages.map { message in
            guard running[message.campaignID] == message.run else { return .exclude(.campaignStopped) }
            return verdict(reachable[message.profileID], for: message, isMarketing: isMarketing(message.templateID))
        }
    }

    private func verdict(_ reachability: Reachability?, for message: MessageRecord, isMarketing: Bool) -> Verdict {
        switch reachability {
        case nil: .exclude(.profileGone)
        case .noPhone: .exclude(.noPhone)
        case .notOptedIn: .exclude(.notOptedIn)
        case .numberBlocked: .exclude(.numberBlocked)
        // The number may have changed since planning; consent was given for the new one, and the old may be a stranger's.
        case .reachable(let phone): phone == message.phone ? .pass : .exclude(.phoneChanged)
        case .reachableByUserID(let user): user == message.userID ? .pass : .exclude(.phoneChanged)
        case .unreachable: .exclude(.unreachable)
        case .marketingPaused(let phone):
            isMarketing ? .exclude(.marketingPaused) : phone == message.phone ? .pass : .exclude(.phoneChanged)
        }
    }

    private func runs(of campaigns: Set<CampaignID>, in session: some SQLSession) throws -> [CampaignID: Int] {
        let rows = try session.rows(Self.running, [.list(campaigns)])
        return Dictionary(try rows.map { (try $0.id(0), try $0.int(1)) }, uniquingKeysWith: { $1 })
    }

    private static let running = Query("gate.running") { sql in
        "SELECT id, run FROM campaign WHERE id IN \(sql.integers("$1")) AND status = 'running'"
    }
}
