import Core

/// The model of `campaigns/show`, and of `campaigns/live` with the parts of it that change while it runs.
struct CampaignView: Sendable {
    let id: String
    let name: String
    let badge: StatusBadge
    let canStop: Bool
    let stop: StopView?
    /// Where the browser listens for changes; nil when there will be none.
    let liveAddress: String?
    let hold: HoldView?
    let progress: ProgressView?
    let tiles: [Tile]
    let funnel: [FunnelStep]
    let hasFunnel: Bool
    let errors: ReasonTable?
    let deliveryErrors: ReasonTable?
    let hasNoErrors: Bool
    /// One sentence for those who cannot see the numbers change.
    let summary: String
    let facts: [Fact]
    let template: TemplateView

    /// - Parameter formToken: nil when whoever looks may not stop campaigns.
    init(_ detail: CampaignDetail, _ numbers: CampaignNumbers, isLive: Bool, formToken: String?) {
        (id, name, badge) = (detail.id.description, detail.name, StatusBadge(detail.status))
        let canEnd = ["approval_pending", "scheduled", "running", "held"].contains(detail.status)
        stop = canEnd ? formToken.map { StopView(id: detail.id.description, token: $0) } : nil
        canStop = stop != nil
        liveAddress = isLive ? "/campaigns/\(detail.id)/live" : nil
        hold = detail.hold.map { note in HoldView(note, channelAddress: note.channel.map { "/channels/\($0)" }) }
        progress = ["running", "held"].contains(detail.status) ? ProgressView(numbers) : nil
        tiles = Tile.all(numbers)
        funnel = FunnelStep.all(numbers)
        hasFunnel = numbers.qualified > 0
        errors = ReasonTable(id: "not-sent", numbers.errorReasons, total: numbers.errors, caption: "People who were not sent the message")
        deliveryErrors = ReasonTable(
            id: "not-delivered", numbers.deliveryErrorReasons, total: numbers.deliveryErrors,
            caption: "Messages that were sent but did not arrive")
        hasNoErrors = errors == nil && deliveryErrors == nil
        summary = [Self.summary(badge, numbers), hold?.title].compactMap { $0 }.joined(separator: " ")
        facts = Fact.all(detail)
        template = TemplateView(detail.template)
    }

    private static func summary(_ badge: StatusBadge, _ numbers: CampaignNumbers) -> String {
        "\(badge.label). \(numbers.sent.grouped) of \(numbers.qualified.grouped) sent, \(numbers.delivered.grouped) delivered, "
            + "\(numbers.viewed.grouped) viewed, \(numbers.replied.grouped) replies, \(numbers.errors.grouped) errors."
    }
}
