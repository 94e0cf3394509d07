import Core
import WhatsApp

// What becomes of templates (Meta, "Webhooks", message_template_status_update and its kin).
extension MetaChange {
    /// The template that the change names, with what `fill` reads besides.
    func template(_ fill: (inout TemplateNotice) -> Void) -> [WebhookEvent] {
        var notice = TemplateNotice(
            providerID: value["message_template_id"]?.metaID, name: value["message_template_name"]?.looseText,
            language: value["message_template_language"]?.looseText)
        guard notice.providerID != nil || notice.name != nil else { return [.unreadable("A template update names no template.")] }
        fill(&notice)
        return [.template(notice)]
    }

    /// A word that says nothing about whether it can be sent, such as `FLAGGED`, is told as a reason.
    func status(_ notice: inout TemplateNotice) {
        let event = value["event"]?.looseText
        notice.standing = event.flatMap(TemplateStanding.init(vendorWord:))
        notice.category = value["message_template_category"]?.looseText.flatMap(TemplateContent.Category.init(metaWord:))
        let (other, rejection) = (value["other_info"], value["rejection_info"])
        let said = value["reason"]?.looseText.flatMap { $0 == "NONE" ? nil : $0 }
        let words = [
            notice.standing == nil ? event : nil, said, rejection?["reason"]?.looseText, rejection?["recommendation"]?.looseText,
            other?["title"]?.looseText, other?["description"]?.looseText,
        ].compactMap { $0 }
        notice.reason = words.isEmpty ? nil : words.joined(separator: "; ").shortened(to: 300)
    }

    /// `correct_category` is a warning: the category of now stands in `new_category` and will become that one.
    func category(_ notice: inout TemplateNotice) {
        notice.category = value["new_category"]?.looseText.flatMap(TemplateContent.Category.init(metaWord:))
        notice.reason = value["correct_category"]?.looseText.map { "Meta holds \($0.shortened(to: 40)) for the right category." }
    }

    func quality(_ notice: inout TemplateNotice) {
        notice.quality = value["new_quality_score"]?.looseText.flatMap(TemplateQuality.init(vendorWord:))
    }
}

extension TemplateContent.Category {
    init?(metaWord word: String) { self.init(rawValue: word.lowercased()) }
}
