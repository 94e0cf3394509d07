import Channels
package import Core
package import Storage
import WhatsApp

/// What a definition names, found.
struct CampaignSources: Sendable {
    var channel: ChannelID
    /// Of each choice, in their order; never empty.
    var templates: [TemplateID]
}

extension CampaignStore {
    /// Finds the channel and every template, and checks that all their slots are filled.
    /// - Parameter id: nil for the default channel.
    func sources(
        of definition: CampaignDefinition, on id: ChannelID?, _ account: AccountID
    ) async throws -> CampaignSources {
        let channel = try await channel(id, account)
        var found: [TemplateID] = []
        for (choice, path) in definition.what.choices {
            let template = try await template(of: choice, path, on: channel)
            try choice.check(against: template.content, path: path)
            found.append(template.id)
        }
        return CampaignSources(channel: channel.id, templates: found)
    }

    /// Writes what stands in tables of its own.
    func save(_ sources: CampaignSources, labels: [String], of campaign: Campaign, _ session: any SQLSession) throws {
        try session.run(CampaignQueries.clearTemplates, [.id(campaign.id)])
        try session.run(
            CampaignQueries.addTemplate, batch: sources.templates.enumerated().map { [.id(campaign.id), .int($0), .id($1)] })
        try session.run(CampaignQueries.clearLabels, [.id(campaign.id)])
        try session.run(CampaignQueries.addLabel, batch: labels.map { [.id(campaign.accountID), .text($0), .id(campaign.id)] })
    }

    /// The template of each choice of a campaign, in their order.
    package func templateIDs(of id: CampaignID, in session: any SQLSession) throws -> [TemplateID] {
        try session.rows(CampaignQueries.templates, [.id(id)]).map { try $0.id(0) }
    }

    /// Checks that labels and control group are there.
    func checkSetup(
        of definition: CampaignDefinition, knownLabels: [String], _ account: AccountID, _ session: any SQLSession
    ) throws {
        let setup = definition.setup
        let unknown = Set(setup.labels).subtracting(knownLabels)
        if !unknown.isEmpty, let label = unknown.subtracting(try labels(of: account, in: session)).min() {
            throw InputError(
                code: "unknown_label", field: "setup.labels", "There is no label \(label). Labels are listed in the settings of campaigns.")
        }
        guard let name = setup.customControlGroup else { return }
        guard try session.row(ControlGroupQueries.customNamed, [.id(account), .text(name)]) != nil else {
            throw InputError(
                code: "unknown_control_group", field: "setup.custom_control_group", "There is no custom control group \(name).")
        }
    }

    /// Checks what must hold whenever a campaign may begin.
    func checkReady(_ campaign: Campaign, at now: Timestamp, _ session: any SQLSession) throws {
        if let end = campaign.endAt, end <= now {
            throw InputError(code: "end_in_past", field: "when.end", "The campaign was to end at \(end.iso8601()), which is past.")
        }
        if let segment = campaign.definition.who.segment, try !segments.exists(segment, campaign.accountID, session) {
            throw InputError(.conflict, code: "unknown_segment", field: "who.segment_id", "There is no segment \(segment), or no longer.")
        }
        let ids = try templateIDs(of: campaign.id, in: session)
        for (id, (choice, path)) in zip(ids, campaign.definition.what.choices) {
            try check(try templates.template(id, of: campaign.accountID, in: session), of: choice, path)
        }
    }

    private func check(_ template: Template?, of choice: TemplateChoice, _ path: String) throws(InputError) {
        let field = "\(path).template"
        if let pause = template?.pause, pause != .paused {
            throw InputError(
                .conflict, code: "template_not_approved", field: field,
                "The template \(choice.template) is \(pause.rawValue) at the provider and cannot be sent.")
        }
        guard template?.approval != .approved else { return }
        throw InputError(
            .conflict, code: "template_not_approved", field: field,
            "The template \(choice.template) is \(template?.approval.rawValue ?? "gone"); only approved ones can be sent.")
    }

    private func channel(_ id: ChannelID?, _ account: AccountID) async throws -> Channel {
        guard let id else {
            if let channel = try await channels.default(of: account) { return channel }
            throw InputError(code: "unknown_channel", field: "channel_id", "There is no channel yet; make one first.")
        }
        guard let channel = try await channels.channel(id, of: account) else {
            throw InputError(code: "unknown_channel", field: "channel_id", "There is no channel \(id).")
        }
        return channel
    }

    private func template(of choice: TemplateChoice, _ path: String, on channel: Channel) async throws -> Template {
        let (name, language) = (choice.template, choice.language)
        if let template = try await templates.template(named: name, language: language, on: channel.id) { return template }
        let languages = try await templates.languages(of: name, on: channel.id)
        guard languages.isEmpty else {
            throw InputError(
                code: "unknown_template", field: "\(path).language",
                "The template \(name) is there in \(languages.joined(separator: ", ")), not in \(language).")
        }
        throw InputError(
            code: "unknown_template", field: "\(path).template", "The channel \(channel.nickname) has no template \(name).")
    }
}
