import Core

/// The model of `channels/show`.
struct ChannelView: Sendable {
    /// An address to copy.
    struct Callback: Sendable {
        let fieldID: String
        let label: String
        let address: String
    }

    let channelID: String
    let nickname: String
    let badge: StatusBadge
    let isDefault: Bool
    /// What the last button brought; nil when none was pressed.
    let result: ChannelResultView?
    let isResultGone: Bool
    let hold: HoldView?
    let resume: ActionView?
    let check: ActionView?
    let sync: ActionView?
    let facts: [Fact]
    let limits: [String]
    let notice: Notice?
    let callbacks: [Callback]
    let mayAct: Bool
    let heldTemplates: [HeldTemplate]
    let templates: [TemplateRow]
    let hasTemplates: Bool
    let templateCount: String

    /// The provider's last word about the number or the account.
    struct Notice: Sendable {
        let said: String
        let at: TimeText?
    }

    /// - Parameters:
    ///   - result: of the button that led here.
    ///   - formToken: nil when whoever looks may not change anything; buttons and callback addresses are left out then.
    init(_ channel: ChannelDetail, result: ShownResult, formToken: String?) {
        let (summary, path) = (channel.summary, "/channels/\(channel.summary.id)")
        (channelID, nickname, isDefault) = (summary.id.description, summary.nickname, summary.isDefault)
        badge = StatusBadge(isHalted: summary.hold != nil)
        (self.result, isResultGone) = (result.view, result.isGone)
        hold = summary.hold.map { HoldView(channel: $0) }
        resume = summary.hold == nil ? nil : ActionView("\(path)/resume", token: formToken)
        (check, sync) = (ActionView("\(path)/check", token: formToken), ActionView("\(path)/sync", token: formToken))
        facts = Fact.all(channel)
        limits = [summary.limits.paceInWords] + summary.limits.othersInWords
        notice = channel.notice.map { Notice(said: $0, at: channel.noticedAt.map(TimeText.init)) }
        mayAct = formToken != nil
        callbacks = formToken == nil ? [] : Callback.all(channel)
        heldTemplates = channel.templates.compactMap { HeldTemplate($0, path: path, formToken: formToken) }
        templates = channel.templates.map(TemplateRow.init)
        hasTemplates = !templates.isEmpty
        templateCount = templates.count.people("template", "templates")
    }
}

/// What a button that changes something needs.
struct ActionView: Sendable {
    let action: String
    let token: String

    /// Nil for somebody who may not press it.
    init?(_ action: String, token: String?) {
        guard let token else { return nil }
        (self.action, self.token) = (action, token)
    }
}

extension ChannelView.Callback {
    fileprivate static func all(_ channel: ChannelDetail) -> [Self] {
        [
            Self(fieldID: "inbound-address", label: "Inbound messages", address: channel.inboundAddress),
            Self(fieldID: "status-address", label: "Status reports", address: channel.statusAddress),
        ]
    }
}

extension Fact {
    fileprivate static func all(_ channel: ChannelDetail) -> [Fact] {
        let summary = channel.summary
        let texts = [
            ("Provider", providerLabel(summary.provider)), ("Number", summary.number), ("Sends to", channel.baseURL),
            ("Channel id", summary.id.description),
        ]
        let times = [("Created", channel.createdAt), ("Templates read", summary.syncedAt), ("Told to slow down", channel.slowedAt)]
        return texts.map { Fact(label: $0, text: $1, time: nil) }
            + times.compactMap { label, time in time.map { Fact(label: label, text: "", time: TimeText($0)) } }
    }
}
