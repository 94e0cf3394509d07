package import Channels
package import Core
package import Storage
import WhatsApp

/// The campaigns, as people make, schedule and stop them. With `CampaignRunner` the only writer of their table.
package struct CampaignStore: Sendable {
    private let engine: any SQLEngine
    let channels: ChannelStore
    let templates: TemplateStore
    private let clock: WallClock
    private let wake: Signal

    /// - Parameter wake: raised when there is something for the runner to do.
    package init(
        engine: any SQLEngine, channels: ChannelStore, templates: TemplateStore, clock: WallClock = .system, wake: Signal
    ) {
        (self.engine, self.channels, self.templates, self.clock, self.wake) = (engine, channels, templates, clock, wake)
    }

    /// Makes a draft from the definition's JSON. Each call makes one more.
    /// - Throws: `InputError` that names the field: also for a channel or template that is not there, and for variables
    ///   that the template does not have or that are left open.
    package func create(_ json: JSONValue, for account: AccountID) async throws -> Campaign {
        try await create(CampaignDefinition(json: json), for: account)
    }

    /// Makes a draft with the definition of another campaign. Each call makes one more.
    /// - Throws: `InputError`, as `create` does, when the channel or template no longer fits.
    package func clone(_ id: CampaignID, of account: AccountID) async throws -> Campaign {
        guard let campaign = try await campaign(id, of: account) else { throw Self.notFound(id) }
        return try await create(campaign.definition, for: account)
    }

    /// The campaign; nil when the account has none of this id.
    package func campaign(_ id: CampaignID, of account: AccountID) async throws -> Campaign? {
        try await engine.read { try $0.row(CampaignQueries.byID, [.id(id), .id(account)]).map(Campaign.init(row:)) }
    }

    /// An account's campaigns, the newest first.
    /// - Parameter before: the last of the page before; nil for the first page.
    package func page(of account: AccountID, before: CampaignID? = nil, upTo limit: Int = 50) async throws -> [Campaign] {
        let values: [SQLValue] = [.id(account), .integer(before?.rawValue ?? .max), .int(limit)]
        return try await engine.read { try $0.rows(CampaignQueries.page, values).map(Campaign.init(row:)) }
    }

    /// Lets a draft begin at its time. A campaign that is scheduled already, runs or is completed is answered as it is,
    /// so that calls at the same moment begin one run and are answered alike.
    /// - Throws: `InputError`: `notFound`; `conflict` for a stopped campaign or a template that is not approved; and a
    ///   start that is more than a minute past.
    package func schedule(_ id: CampaignID, of account: AccountID) async throws -> Campaign {
        let now = clock.now()
        let campaign = try await engine.write { session in
            let campaign = try Self.locked(id, account, session)
            switch campaign.status {
            case .scheduled, .running, .completed: return campaign
            case .stopped: throw Self.conflict("campaign_stopped", "The campaign was stopped, for good. Clone it to send it.")
            case .draft: break
            }
            try checkApproval(campaign, session)
            try session.run(CampaignQueries.schedule, [.time(try campaign.definition.startTime(at: now)), .id(id)])
            return try Self.locked(id, account, session)
        }
        wake.raise()
        return campaign
    }

    /// Ends a campaign for good. What waits is excluded soon after; what was asked already is let finish. Stopping a
    /// stopped campaign changes nothing.
    /// - Throws: `InputError`: `notFound`, `conflict` for a completed campaign.
    package func stop(_ id: CampaignID, of account: AccountID) async throws -> Campaign {
        let now = clock.now()
        let campaign = try await engine.write { session in
            guard try Self.locked(id, account, session).status != .completed else {
                throw Self.conflict("campaign_completed", "The campaign is completed; there is nothing left to stop.")
            }
            try session.run(CampaignQueries.stop, [.time(now), .id(id)])
            return try Self.locked(id, account, session)
        }
        wake.raise()
        return campaign
    }

    private func create(_ definition: CampaignDefinition, for account: AccountID) async throws -> Campaign {
        let channel = try await channel(of: definition, account)
        let template = try await template(of: definition, on: channel)
        try definition.check(against: template.content)
        let now = clock.now()
        return try await engine.write { session in
            let id: CampaignID = try Counter("campaign").next(in: session)
            try session.run(
                CampaignQueries.insert,
                [
                    .id(id), .id(account), .text(definition.name), .text(definition.type.rawValue), .id(channel.id),
                    .id(template.id), .json(definition.json), .time(now),
                ])
            return try Self.locked(id, account, session)
        }
    }

    private func channel(of definition: CampaignDefinition, _ account: AccountID) async throws -> Channel {
        guard let id = definition.channelID else {
            if let channel = try await channels.default(of: account) { return channel }
            throw InputError(code: "unknown_channel", field: "channel_id", "There is no channel yet; make one first.")
        }
        guard let channel = try await channels.channel(id, of: account) else {
            throw InputError(code: "unknown_channel", field: "channel_id", "There is no channel \(id).")
        }
        return channel
    }

    private func template(of definition: CampaignDefinition, on channel: Channel) async throws -> Template {
        let (name, language) = (definition.template, definition.language)
        if let template = try await templates.template(named: name, language: language, on: channel.id) { return template }
        let languages = try await templates.languages(of: name, on: channel.id)
        guard languages.isEmpty else {
            throw InputError(
                code: "unknown_template", field: "what.language",
                "The template \(name) is there in \(languages.joined(separator: ", ")), not in \(language).")
        }
        throw InputError(
            code: "unknown_template", field: "what.template", "The channel \(channel.nickname) has no template \(name).")
    }

    private func checkApproval(_ campaign: Campaign, _ session: any SQLSession) throws {
        let template = try templates.template(campaign.templateID, of: campaign.accountID, in: session)
        if let pause = template?.pause, pause != .paused {
            throw InputError(
                .conflict, code: "template_not_approved", field: "what.template",
                "The template \(campaign.definition.template) is \(pause.rawValue) at the provider and cannot be sent.")
        }
        guard template?.approval != .approved else { return }
        throw InputError(
            .conflict, code: "template_not_approved", field: "what.template",
            "The template \(campaign.definition.template) is \(template?.approval.rawValue ?? "gone"); only approved ones can be sent.")
    }

    private static func locked(_ id: CampaignID, _ account: AccountID, _ session: any SQLSession) throws -> Campaign {
        guard let row = try session.row(CampaignQueries.byIDLocked, [.id(id), .id(account)]) else { throw notFound(id) }
        return try Campaign(row: row)
    }

    private static func notFound(_ id: CampaignID) -> InputError {
        InputError(.notFound, code: "unknown_campaign", "There is no campaign \(id).")
    }

    private static func conflict(_ code: String, _ message: String) -> InputError { InputError(.conflict, code: code, message) }
}

extension CampaignDefinition {
    /// When a campaign that is scheduled at `now` begins.
    /// - Throws: `InputError` for a given time that is more than a minute past.
    fileprivate func startTime(at now: Timestamp) throws(InputError) -> Timestamp {
        guard case .at(let time) = start else { return now }
        guard time >= now - .seconds(60) else {
            throw InputError(
                code: "start_in_past", field: "when.start", "The campaign was to start at \(time.iso8601()), which is past.")
        }
        return time
    }
}
