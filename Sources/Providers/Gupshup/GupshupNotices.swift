import Core
import WhatsApp

/// What Gupshup tells of templates and of the account (Gupshup, "System events").
enum GupshupNotices {
    /// A new standing, category or quality; none of them where the words say nothing of the kind.
    static func template(in envelope: GupshupEnvelope) throws(UnreadableWebhook) -> [WebhookEvent] {
        let payload = envelope.detail
        let (id, name) = (try GupshupEnvelope.id(payload["id"]), payload["elementName"]?.looseText)
        guard id != nil || name != nil else { throw UnreadableWebhook("It names no template.") }
        let category = payload["category"]
        let notice = TemplateNotice(
            providerID: id, name: name, language: payload["languageCode"]?.looseText,
            standing: payload["status"]?.looseText.flatMap(TemplateStanding.init(vendorWord:)),
            quality: payload["quality"]?.looseText.flatMap(TemplateQuality.init(vendorWord:)),
            category: category?["new"]?.looseText.flatMap(TemplateContent.Category.init(gupshupWord:)),
            reason: reason(in: payload) ?? warning(category))
        let isEmpty = notice.standing == nil && notice.quality == nil && notice.category == nil && notice.reason == nil
        return isEmpty ? [] : [.template(notice)]
    }

    /// What WhatsApp wants mended comes as `NONE` when there is nothing.
    static func reason(in payload: JSONValue) -> String? {
        let words = [payload["rejectedReason"] ?? payload["reason"], payload["description"]].compactMap { $0?.looseText }
        let said = words.filter { $0.uppercased() != "NONE" }
        return said.isEmpty ? nil : said.joined(separator: "; ").shortened(to: 300)
    }

    /// A category that is wrong in WhatsApp's eyes, but stands for now.
    private static func warning(_ category: JSONValue?) -> String? {
        guard let now = category?["current"]?.looseText, let soon = category?["correct"]?.looseText else { return nil }
        return "WhatsApp will change the category from \(now) to \(soon).".shortened(to: 300)
    }
}

extension GupshupNotices {
    /// Halts the channel for what keeps messages from going out; the rest is to be shown.
    static func account(in envelope: GupshupEnvelope) throws(UnreadableWebhook) -> [WebhookEvent] {
        let kind = envelope.payload["type"]?.looseText ?? ""
        let code = codes[kind] ?? "account_notice"
        let summary = words(of: envelope.detail)
        guard !summary.isEmpty else { throw UnreadableWebhook("It says nothing about the account.") }
        let effect = effect(of: envelope, summary: summary)
        let isRestricted = if case .halt = effect { true } else { false }
        return [
            .channel(
                ChannelNotice(effect, code: isRestricted ? "account_restriction" : code, summary: summary, occurredAt: envelope.time))
        ]
    }

    private static let codes = [
        "status-event": "account_status", "review-event": "account_review", "tier-event": "limit", "capability-event": "limit",
    ]

    private static func effect(of envelope: GupshupEnvelope, summary: String) -> ChannelNotice.Effect {
        guard envelope.payload["type"]?.looseText == "status-event" else { return .note }
        let status = envelope.detail["status"]?.looseText?.uppercased() ?? ""
        let restrictions = envelope.detail["restrictions"]?.array ?? []
        if restrictions.contains(where: stopsMessages) || ends(status, with: ["DISABLED", "RESTRICTED", "BANNED", "DELETED", "SUSPENDED"]) {
            return .halt(SendFailure(.haltChannel, code: "gupshup_account_restriction", summary: summary))
        }
        return ends(status, with: ["REINSTATED", "ENABLED", "UNRESTRICTED"]) ? .resume : .note
    }

    /// The last word of a status: `ACCOUNT_RESTRICTED`.
    private static func ends(_ status: String, with words: [String]) -> Bool {
        status.split(whereSeparator: { $0 == "_" || $0 == " " || $0 == "-" }).last.map { words.contains(String($0)) } == true
    }

    /// All but the one against adding numbers.
    private static func stopsMessages(_ restriction: JSONValue) -> Bool {
        !words(of: restriction).uppercased().contains("ADD_PHONE_NUMBER")
    }

    /// Every name with its value, on one line.
    private static func words(of json: JSONValue) -> String { flat(json).joined(separator: "; ").shortened(to: 300) }

    private static func flat(_ json: JSONValue) -> [String] {
        switch json {
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { key, value in flat(value).map { "\(key): \($0)" } }
        case .array(let items): items.flatMap(flat)
        default: [json.looseText ?? json.bool.map { String($0) }].compactMap { $0 }
        }
    }
}
