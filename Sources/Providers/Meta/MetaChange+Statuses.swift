import Core
import WhatsApp

extension MetaChange {
    /// `value.statuses[]`. Words that are not known, and what is about a group, give nothing.
    var statuses: [WebhookEvent] {
        each("statuses") { status throws(UnreadableWebhook) in try receipt(status).map(WebhookEvent.receipt) }
    }

    private func receipt(_ json: JSONValue) throws(UnreadableWebhook) -> Receipt? {
        guard json["recipient_type"]?.looseText != "group", json["type"]?.looseText != "set-callback" else { return nil }
        guard let word = json["status"]?.looseText?.lowercased() else { throw UnreadableWebhook("A status has no word.") }
        guard let status = status(word, json) else { return nil }
        let (reference, ids) = (MessageID(reference: json["biz_opaque_callback_data"]?.looseText), try ids(of: json))
        guard reference != nil || ids.provider != nil else { throw UnreadableWebhook("A status names no message.") }
        return Receipt(
            messageID: reference, providerMessageID: ids.provider, whatsAppMessageID: ids.whatsApp, status: status,
            occurredAt: try time(of: json), pricing: json["pricing"].flatMap { $0.isNull ? nil : $0 })
    }

    private func status(_ word: String, _ json: JSONValue) -> Receipt.Status? {
        switch word {
        case "enqueued" where isGupshup: .accepted
        case "sent": .sent
        case "delivered": .delivered
        case "read", "played": .viewed
        case "failed": .failed(failure(of: json))
        default: nil
        }
    }

    /// Gupshup leaves its own id out of what comes late; then either may be the one that stands in WhatsApp's place.
    private func ids(of json: JSONValue) throws(UnreadableWebhook) -> (provider: String?, whatsApp: String?) {
        let (id, own) = (try Self.id(json["id"]), isGupshup ? try Self.id(json["gs_id"]) : nil)
        guard isGupshup else { return (id, nil) }
        return (own ?? id, try Self.id(json["meta_msg_id"]) ?? id)
    }

    private static func id(_ json: JSONValue?) throws(UnreadableWebhook) -> String? {
        guard let text = json?.looseText else { return nil }
        guard text.utf8.count <= 255 else { throw UnreadableWebhook("A status has an id of more than 255 bytes.") }
        return text
    }

    /// The first error with a code that says something, else the first; Gupshup may put `code` and `reason` beside the word.
    private func failure(of json: JSONValue) -> SendFailure {
        let errors = (json["errors"]?.metaItems ?? [json]).map { MetaError($0) }
        let told = errors.first { $0.code.flatMap(MetaErrorCodes.meaning(of:)) != nil } ?? errors.first
        let summary = told?.summary ?? "Reported as failed."
        guard let code = told?.code else {
            return SendFailure(.reject, code: isGupshup ? "gupshup_failed" : "meta_failed", summary: summary)
        }
        guard isGupshup, code < 100_000 else { return MetaErrorCodes.failure(code: code, summary: summary) }
        return ownFailure?(code, summary) ?? SendFailure(.reject, code: "gupshup_\(code)", summary: summary)
    }
}
