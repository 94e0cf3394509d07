package import Channels
package import Core
package import Storage

/// The campaigns, as people make, change, schedule and stop them. With `CampaignRunner` the only writer of their table.
package struct CampaignStore: Sendable {
    let engine: any SQLEngine
    let channels: ChannelStore
    let templates: TemplateStore
    let segments: SegmentLookup
    let clock: WallClock
    let wake: Signal

    /// - Parameter wake: raised when there is something for the runner to do.
    package init(
        engine: any SQLEngine, channels: ChannelStore, templates: TemplateStore, segments: SegmentLookup = .none,
        clock: WallClock = .system, wake: Signal
    ) {
        (self.engine, self.channels, self.templates, self.segments) = (engine, channels, templates, segments)
        (self.clock, self.wake) = (clock, wake)
    }

    /// The time by its clock.
    package var now: Timestamp { clock.now() }

    /// Makes a draft from the definition's JSON. Each call makes one more.
    /// - Throws: `InputError` that names the field: also for a channel, template, label or control group that is not there,
    ///   and for variables that a template does not have or that are left open.
    package func create(_ json: JSONValue, for account: AccountID) async throws -> Campaign {
        try await create(CampaignDefinition(json: json), for: account)
    }

    /// Makes a draft with the definition of another campaign, be it archived. Each call makes one more.
    /// - Throws: `InputError`, as `create` does, when the channel or template no longer fits.
    package func clone(_ id: CampaignID, of account: AccountID) async throws -> Campaign {
        guard let campaign = try await campaign(id, of: account) else { throw Self.notFound(id) }
        return try await create(campaign.definition, for: account, knownLabels: campaign.definition.setup.labels)
    }

    /// Changes some members of a campaign: of a draft all, later fewer and fewer (`clevertap.md` 6.9). One that is scheduled
    /// goes back for approval where that is needed. Changing nothing is always fine where anything could be changed.
    /// - Throws: `InputError`, as `create` and `schedule` do; `conflict` for what can no longer be changed.
    package func change(_ id: CampaignID, of account: AccountID, by json: JSONValue) async throws -> Campaign {
        guard let seen = try await campaign(id, of: account) else { throw Self.notFound(id) }
        let definition = try seen.definition.changed(by: json)
        if definition.type != seen.type { try Self.checkType(of: definition) }
        let keepsChannel = definition.channelID == seen.definition.channelID
        let sources = try await sources(of: definition, on: keepsChannel ? seen.channelID : definition.channelID, account)
        return try await update(id, of: account) { campaign, now, session in
            guard campaign.definition == seen.definition, campaign.channelID == seen.channelID else {
                throw InputError(.conflict, code: "changed_meanwhile", "Somebody else has just changed the campaign. Look again.")
            }
            try edit(&campaign, definition, sources, at: now, session)
        }
    }

    /// The campaign; nil when the account has none of this id.
    package func campaign(_ id: CampaignID, of account: AccountID) async throws -> Campaign? {
        try await engine.read { try $0.row(CampaignQueries.byID, [.id(id), .id(account)]).map(Campaign.init(row:)) }
    }

    /// An account's campaigns, the newest first.
    /// - Parameter before: the last of the page before; nil for the first page.
    package func page(
        of account: AccountID, _ filter: CampaignFilter = .standard, before: CampaignID? = nil, upTo limit: Int = 50
    ) async throws -> [Campaign] {
        let values: [SQLValue] = [
            .id(account), .integer(before?.rawValue ?? .max), .int(limit), .list(filter.types.map(\.rawValue)),
            .list(filter.statuses.map(\.rawValue)), .text(filter.label ?? ""), .text(filter.namePattern),
        ]
        return try await engine.read { try $0.rows(CampaignQueries.page, values).map(Campaign.init(row:)) }
    }

    private func edit(
        _ campaign: inout Campaign, _ definition: CampaignDefinition, _ sources: CampaignSources, at now: Timestamp,
        _ session: any SQLSession
    ) throws {
        let status = try campaign.status.after(
            .edit, isLive: campaign.type.isLive, needsApproval: needsApproval(campaign.accountID, in: session))
        let changes = definition.parts(differingFrom: campaign.definition)
        try campaign.check(changes)
        try checkSetup(of: definition, knownLabels: campaign.definition.setup.labels, campaign.accountID, session)
        guard !changes.isEmpty else { return }
        (campaign.definition, campaign.status) = (definition, status)
        (campaign.channelID, campaign.templateID) = (sources.channel, sources.templates[0])
        try save(sources, labels: definition.setup.labels, of: campaign, session)
        guard status != .draft else { return }
        try checkReady(campaign, at: now, session)
        guard changes.contains(.when), status != .running else { return }
        campaign.startAt = try definition.startTime(at: now, isPending: status == .approvalPending)
        (campaign.heldCode, campaign.heldAt) = (nil, nil)
    }

    private func create(
        _ definition: CampaignDefinition, for account: AccountID, knownLabels: [String] = []
    ) async throws -> Campaign {
        try Self.checkType(of: definition)
        let sources = try await sources(of: definition, on: definition.channelID, account)
        let now = clock.now()
        return try await engine.write { session in
            let known = try labels(of: account, in: session)
            var definition = definition
            // A copy must not fail because of a label that was taken from the list.
            definition.setup.labels.removeAll { knownLabels.contains($0) && !known.contains($0) }
            try checkSetup(of: definition, knownLabels: known, account, session)
            let campaign = Campaign(
                id: try Counter("campaign").next(in: session), accountID: account, definition: definition, status: .draft,
                channelID: sources.channel, templateID: sources.templates[0], createdAt: now)
            try session.run(CampaignQueries.insert, campaign.values)
            try save(sources, labels: definition.setup.labels, of: campaign, session)
            return campaign
        }
    }

    /// Changes a campaign and writes it, in one transaction in which nobody else does.
    func update(
        _ id: CampaignID, of account: AccountID,
        _ change: @escaping @Sendable (inout Campaign, Timestamp, any SQLSession) throws -> Void
    ) async throws -> Campaign {
        let now = clock.now()
        let campaign = try await engine.write { session in
            guard let row = try session.row(CampaignQueries.byIDLocked, [.id(id), .id(account)]) else { throw Self.notFound(id) }
            let before = try Campaign(row: row)
            var campaign = before
            try change(&campaign, now, session)
            if campaign != before { try session.run(CampaignQueries.save, [.id(id)] + campaign.changeableValues) }
            return campaign
        }
        wake.raise()
        return campaign
    }

    /// Checks that it is of a type that people make.
    static func checkType(of definition: CampaignDefinition) throws(InputError) {
        guard definition.type == .direct else { return }
        throw InputError(code: "invalid_type", field: "type", "direct campaigns are made by POST /1/send/whatsapp.json alone.")
    }

    static func notFound(_ id: CampaignID) -> InputError {
        InputError(.notFound, code: "unknown_campaign", "There is no campaign \(id).")
    }
}

extension Campaign {
    /// A new one.
    init(
        id: CampaignID, accountID: AccountID, definition: CampaignDefinition, status: Status, channelID: ChannelID,
        templateID: TemplateID, createdAt: Timestamp
    ) {
        (self.id, self.accountID, self.definition, self.status) = (id, accountID, definition, status)
        (self.channelID, self.templateID, self.createdAt) = (channelID, templateID, createdAt)
        (startedAt, run, plannedUpTo, plannedAt) = (nil, 0, nil, nil)
    }
}
