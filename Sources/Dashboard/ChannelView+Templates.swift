import Core

/// A row of a channel's templates.
struct TemplateRow: Sendable {
    let templateName: String
    let language: String
    let category: String
    let standing: StatusBadge
    /// The box that says why it is not sent, although WhatsApp approved it.
    let heldBoxID: String?
    /// Why it was paused or rejected, in the provider's words.
    let standingReason: String?
    let quality: StatusBadge
    let places: [String]
    let hasPlaces: Bool

    init(_ template: TemplateSummary) {
        (templateName, language, category) = (template.name, template.language, factLabel(template.category))
        (standing, standingReason) = (StatusBadge(standing: template.standing), template.reason)
        heldBoxID = template.hold.map { _ in HeldTemplate.boxID(template.id) }
        quality = StatusBadge(quality: template.quality)
        places = template.places.map(\.words)
        hasPlaces = !places.isEmpty
    }
}

/// The box of a template whose sends were refused.
struct HeldTemplate: Sendable {
    let boxID: String
    let templateName: String
    let language: String
    let box: HoldView
    let release: ActionView?

    /// Nil for one that is not held.
    /// - Parameters:
    ///   - path: of the channel's page.
    ///   - formToken: nil when whoever looks may not let it go.
    init?(_ template: TemplateSummary, path: String, formToken: String?) {
        guard let hold = template.hold else { return nil }
        (boxID, templateName, language) = (Self.boxID(template.id), template.name, template.language)
        box = HoldView(hold, channelAddress: nil)
        release = ActionView("\(path)/templates/\(template.id)/resume", token: formToken)
    }

    static func boxID(_ id: TemplateID) -> String { "held-\(id)" }
}
