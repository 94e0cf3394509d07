import Campaigns
import Channels
import Core
import Dashboard
import Stats
import WhatsApp

extension Composition {
    /// What the campaign pages show, from the stages that know it.
    var campaignPages: CampaignPages {
        CampaignPages(
            list: { account, before, limit in try await summaries(of: account, before: before, upTo: limit) },
            detail: { account, id in
                guard let campaign = try await campaigns.campaign(id, of: account) else { return nil }
                return try await detail(of: campaign)
            },
            stats: { account, id in
                guard try await campaigns.campaign(id, of: account) != nil else { return nil }
                return CampaignNumbers(try await stats.stats(of: id, account: account))
            },
            stop: { account, id in _ = try await campaigns.stop(id, of: account) })
    }

    private func summaries(of account: AccountID, before: CampaignID?, upTo limit: Int) async throws -> [CampaignSummary] {
        let page = try await campaigns.page(of: account, before: before, upTo: limit)
        let numbers = try await stats.stats(of: page.map(\.id), account: account)
        var held: Set<CampaignID> = []
        for campaign in page where try await campaigns.hold(of: campaign) != nil { held.insert(campaign.id) }
        return page.map { campaign in
            let stats = numbers[campaign.id] ?? CampaignStats()
            return CampaignSummary(
                id: campaign.id, name: campaign.name, type: campaign.type.rawValue,
                status: held.contains(campaign.id) ? "held" : campaign.status.rawValue, start: campaign.startAt, sent: stats.sent,
                delivered: stats.delivered, viewed: stats.viewed, replied: stats.replied, errors: stats.errors)
        }
    }

    private func detail(of campaign: Campaign) async throws -> CampaignDetail? {
        guard let channel = try await channels.channel(campaign.channelID, of: campaign.accountID),
            let template = try await templates.template(campaign.templateID, of: campaign.accountID)
        else { return nil }
        let hold = try await campaigns.hold(of: campaign)
        return CampaignDetail(
            id: campaign.id, name: campaign.name, type: campaign.type.rawValue, status: hold == nil ? campaign.status.rawValue : "held",
            channel: channel.nickname, template: shown(template, in: campaign), audience: campaign.definition.audienceInWords,
            start: campaign.startAt, startedAt: campaign.startedAt, finishedAt: campaign.finishedAt, createdAt: campaign.createdAt,
            hold: hold.map { HoldNote($0, channel: $0.cause == .start ? nil : channel.id) })
    }

    private func shown(_ template: Template, in campaign: Campaign) -> Dashboard.TemplateText {
        let written = campaign.definition.what.first.members["variables"]
        let variables = template.content.slots.map { slot in
            let value = written?[slot.key]
            return Dashboard.TemplateText.Variable(key: slot.shown, value: value?.string ?? value?.text ?? "")
        }
        return Dashboard.TemplateText(
            name: template.name.description, language: template.language, header: template.content.header?.shown,
            body: template.content.body.source, footer: template.content.footer, buttons: template.content.buttons.map(\.text),
            variables: variables)
    }
}

extension HoldNote {
    fileprivate init(_ hold: CampaignHold, channel: ChannelID?) {
        self.init(
            cause: hold.cause.rawValue, name: hold.name, code: hold.code, words: hold.summary, since: hold.since,
            nextTry: hold.nextTry, channel: channel)
    }
}

extension TemplateSlot {
    fileprivate var shown: String {
        switch self {
        case .body(let number): "{{\(number)}}"
        case .header: "Header"
        case .button(let index): "Button \(index + 1)"
        }
    }
}

extension TemplateHeader {
    fileprivate var shown: String {
        switch self {
        case .text(let text): text.source
        case .media(let media): "[\(media.rawValue)]"
        case .location: "[location]"
        }
    }
}

extension CampaignNumbers {
    init(_ stats: CampaignStats) {
        self.init(
            qualified: stats.qualified, sent: stats.sent, delivered: stats.delivered, viewed: stats.viewed,
            controlGroup: stats.controlGroup, replied: stats.replied, errors: stats.errors, unknown: stats.unknown,
            deliveryErrors: stats.deliveryErrors, errorReasons: Self.reasons(stats.errorReasons),
            deliveryErrorReasons: Self.reasons(stats.deliveryErrorReasons))
    }

    /// The most frequent first.
    private static func reasons(_ counts: [String: Int]) -> [Reason] {
        counts.map { Reason(code: $0.key, count: $0.value) }.sorted { ($1.count, $0.code) < ($0.count, $1.code) }
    }
}
