import Channels
package import Core
import Storage

/// Why a campaign sends nothing for now. That its channel or a template lets nothing out is not a state of the campaign: it
/// follows from these, and when they go on the campaign goes on where it was. That its start was missed is.
package struct CampaignHold: Hashable, Sendable {
    package enum Cause: String, Hashable, Sendable { case channel, template, start }

    package let cause: Cause
    /// The nickname of the channel, or the name of the template or campaign.
    package let name: String
    /// Stable: a failure's code, or `template_paused`, `template_disabled`, `template_deleted`, `template_pending` …, or
    /// `start_missed`.
    package let code: String
    /// The provider's words; may be empty.
    package let summary: String
    package let since: Timestamp?
    /// When one message tries again; nil when it waits for the provider or a person.
    package let nextTry: Timestamp?

    /// Nil when both let messages out.
    init?(channel: Channel, template: Template) {
        let standing = template.pause?.rawValue ?? (template.approval == .approved ? nil : template.approval.rawValue)
        if let hold = channel.health.hold {
            (cause, name) = (.channel, channel.nickname)
            (code, summary, since, nextTry) = (hold.code, hold.summary, hold.since, hold.probeAt)
        } else if let standing {
            (cause, name) = (.template, "\(template.name)")
            (code, summary, since, nextTry) = ("template_\(standing)", template.pauseReason ?? "", template.updatedAt, nil)
        } else if let hold = template.hold {
            (cause, name) = (.template, "\(template.name)")
            (code, summary, since, nextTry) = (hold.code, hold.summary, hold.since, hold.probeAt)
        } else {
            return nil
        }
    }

    /// Nil unless it is held itself.
    package init?(_ campaign: Campaign) {
        guard campaign.status == .scheduled, let code = campaign.heldCode else { return nil }
        (cause, name, self.code, since, nextTry) = (.start, campaign.name, code.rawValue, campaign.heldAt, nil)
        summary = ""
    }
}

extension CampaignStore {
    /// Why a campaign sends nothing for now, or leaves out one of its messages; nil when it sends, or is not to send now.
    package func hold(of campaign: Campaign) async throws -> CampaignHold? {
        if let hold = CampaignHold(campaign) { return hold }
        guard campaign.status == .running,
            let channel = try await channels.channel(campaign.channelID, of: campaign.accountID)
        else { return nil }
        let used = try await engine.read { session in
            try templateIDs(of: campaign.id, in: session).compactMap { try templates.template($0, of: campaign.accountID, in: session) }
        }
        return used.lazy.compactMap { CampaignHold(channel: channel, template: $0) }.first
    }
}
