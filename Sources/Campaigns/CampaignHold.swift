package import Channels
package import Core
import Storage

/// Why a running campaign sends nothing for now. It is not a state of the campaign: it follows from its channel and its
/// template, and when these go on the campaign goes on where it was.
package struct CampaignHold: Hashable, Sendable {
    package enum Cause: String, Hashable, Sendable { case channel, template }

    package let cause: Cause
    /// The channel's nickname, or the template's name.
    package let name: String
    /// Stable: a failure's code, or `template_paused`, `template_disabled`, `template_deleted`, `template_pending` …
    package let code: String
    /// The provider's words; may be empty.
    package let summary: String
    package let since: Timestamp?
    /// When one message tries again; nil when it waits for the provider or a person.
    package let nextTry: Timestamp?

    /// Nil when both let messages out.
    package init?(channel: Channel, template: Template) {
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
}

extension CampaignStore {
    /// Why a running campaign sends nothing for now; nil when it does, or does not run.
    package func hold(of campaign: Campaign) async throws -> CampaignHold? {
        guard campaign.status == .running,
            let channel = try await channels.channel(campaign.channelID, of: campaign.accountID),
            let template = try await templates.template(campaign.templateID, of: campaign.accountID)
        else { return nil }
        return CampaignHold(channel: channel, template: template)
    }
}
