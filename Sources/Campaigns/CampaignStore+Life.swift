package import Core
import Storage

extension CampaignStore {
    /// Lets a draft begin at its time, or when somebody has approved it. A campaign that is scheduled already, waits for
    /// approval, runs or is completed is answered as it is, so that calls at the same moment begin one run and are answered
    /// alike.
    /// - Throws: `InputError`: `notFound`; `conflict` for a campaign that is over, for a template that is not approved, for a
    ///   segment or control group that is gone; and a start that is more than a minute past, or an end that is past.
    package func schedule(_ id: CampaignID, of account: AccountID) async throws -> Campaign {
        try await act(.schedule, on: id, of: account) { campaign, before, now, session in
            guard before == .draft || before == .rejected else { return }
            try checkSetup(of: campaign.definition, knownLabels: campaign.definition.setup.labels, account, session)
            try checkReady(campaign, at: now, session)
            campaign.startAt = try campaign.definition.startTime(at: now, isPending: campaign.status == .approvalPending)
        }
    }

    /// Lets a campaign begin that waits for approval. Approving twice is once.
    /// - Parameter comment: for whoever made it.
    /// - Throws: `InputError`, `notFound`, `conflict`; `campaign_expired` when the start is past.
    package func approve(_ id: CampaignID, of account: AccountID, comment: String?) async throws -> Campaign {
        try await act(.approve, on: id, of: account) { campaign, before, now, session in
            guard before == .approvalPending else { return }
            guard [campaign.startAt, campaign.endAt].allSatisfy({ $0 ?? now >= now }) else {
                throw InputError(
                    .conflict, code: "campaign_expired", "The campaign was not approved before its start. Clone it to send it after all.")
            }
            try checkReady(campaign, at: now, session)
            campaign.startAt = campaign.startAt ?? now
            (campaign.comment, campaign.decidedAt) = (comment, now)
        }
    }

    /// Sends a campaign that waits for approval back to whoever made it, who may change it and schedule it again.
    package func reject(_ id: CampaignID, of account: AccountID, comment: String?) async throws -> Campaign {
        try await act(.reject, on: id, of: account) { campaign, before, now, _ in
            guard before == .approvalPending else { return }
            (campaign.comment, campaign.decidedAt, campaign.startAt) = (comment, now, nil)
        }
    }

    /// Begins a campaign now whose start was missed. Doing it twice is once.
    /// - Throws: `InputError`, `notFound`, `conflict` for a campaign that is not held.
    package func resume(_ id: CampaignID, of account: AccountID) async throws -> Campaign {
        try await act(.resume, on: id, of: account) { campaign, _, now, session in
            guard campaign.heldCode != nil else { return }
            try checkReady(campaign, at: now, session)
            (campaign.startAt, campaign.heldCode, campaign.heldAt) = (now, nil, nil)
        }
    }

    /// Ends a campaign for good. What waits is excluded soon after; what was asked already is let finish. Stopping a
    /// stopped campaign changes nothing.
    /// - Throws: `InputError`: `notFound`, `conflict` for a campaign that is over.
    package func stop(_ id: CampaignID, of account: AccountID) async throws -> Campaign {
        try await act(.stop, on: id, of: account) { campaign, before, now, session in
            guard before != .stopped else { return }
            campaign.finishedAt = now
            try WaitTable.hasten(id, at: now, in: session)
        }
    }

    /// Puts a campaign away: it is no longer listed unless that is asked for, and can only be read and cloned. For good.
    /// - Throws: `InputError`: `notFound`, `conflict` for a campaign that still may send.
    package func archive(_ id: CampaignID, of account: AccountID) async throws -> Campaign {
        try await act(.archive, on: id, of: account) { _, _, _, _ in }
    }

    /// - Parameter change: gets the campaign in its new status, and the old one.
    private func act(
        _ action: CampaignAction, on id: CampaignID, of account: AccountID,
        _ change: @escaping @Sendable (inout Campaign, Campaign.Status, Timestamp, any SQLSession) throws -> Void
    ) async throws -> Campaign {
        try await update(id, of: account) { campaign, now, session in
            let before = campaign.status
            campaign.status = try before.after(
                action, isLive: campaign.type.isLive, needsApproval: needsApproval(account, in: session))
            try change(&campaign, before, now, session)
        }
    }
}

extension CampaignDefinition {
    /// When a campaign that is scheduled at `now` begins; nil for one that begins when it is approved.
    /// - Parameter isPending: whether it waits for approval.
    /// - Throws: `InputError` for a given time that is more than a minute past.
    func startTime(at now: Timestamp, isPending: Bool) throws(InputError) -> Timestamp? {
        guard case .at(let time) = when.start else { return isPending ? nil : now }
        guard time >= now - .seconds(60) else {
            throw InputError(
                code: "start_in_past", field: "when.start", "The campaign was to start at \(time.iso8601()), which is past.")
        }
        return time
    }
}
