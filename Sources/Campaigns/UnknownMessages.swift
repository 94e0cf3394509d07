package import Core
package import Messages
package import Storage

/// What a person decides about a campaign's messages whose fate nobody knows.
package struct UnknownMessages: Sendable {
    private let engine: any SQLEngine
    private let ledger: MessageLedger
    private let clock: WallClock
    private let wake: Signal

    /// - Parameter wake: raised when there is something for the runner to do.
    package init(engine: any SQLEngine, ledger: MessageLedger, clock: WallClock = .system, wake: Signal) {
        (self.engine, self.ledger, self.clock, self.wake) = (engine, ledger, clock, wake)
    }

    /// Writes them off, or lets them be sent once more; a completed campaign runs again for that until they are out.
    /// A second call is about those only that have become unknown since.
    /// - Returns: how many messages it was about.
    /// - Throws: `InputError`: `notFound`; `conflict` for sending again in a stopped campaign.
    package func decide(_ decision: UnknownDecision, of id: CampaignID, account: AccountID) async throws -> Int {
        let now = clock.now()
        let count = try await engine.write { session in
            guard let row = try session.row(CampaignQueries.byIDLocked, [.id(id), .id(account)]) else {
                throw InputError(.notFound, code: "unknown_campaign", "There is no campaign \(id).")
            }
            if decision == .sendAgain {
                let status = try Campaign(row: row).status
                guard status == .running || status == .completed else {
                    throw InputError(
                        .conflict, code: "campaign_\(status.rawValue)",
                        "The campaign is \(status.rawValue), for good; its messages can only be written off.")
                }
                try session.run(CampaignQueries.reopen, [.id(id)])
            }
            return try ledger.decide(decision, of: id, at: now, in: session)
        }
        wake.raise()
        return count
    }
}
