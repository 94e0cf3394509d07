import Core
import WhatsApp

/// What became of a message of ours: `message-event` and `billing-event` (Gupshup, "Message events").
///
/// Which id is Gupshup's depends on the kind of event, and both may look alike: `gsId` is ours where it is there, `id` is
/// ours in `enqueued` and in a failure at Gupshup. A week after sending `gsId` is left out, and `id` may be either.
enum GupshupReceipts {
    /// `deleted`, which is about the person's own message, and words that are not known give nothing.
    static func events(in envelope: GupshupEnvelope) throws(UnreadableWebhook) -> [WebhookEvent] {
        guard let word = envelope.payload["type"]?.looseText?.lowercased() else { throw UnreadableWebhook("It has no type of event.") }
        if word == "mismatch" { return try alias(in: envelope) }
        guard let status = status(word, in: envelope) else { return [] }
        let ids = try ids(in: envelope, isEnqueued: word == "enqueued")
        let receipt = Receipt(
            messageID: nil, providerMessageID: ids.provider, whatsAppMessageID: ids.whatsApp, status: status,
            occurredAt: try envelope.time(envelope.detail["ts"] ?? envelope.payload["ts"]), pricing: price(envelope.payload["pricing"]))
        return [.receipt(receipt)] + person(in: envelope)
    }

    /// What a message cost; it proves no more than that the message was taken.
    static func bill(in envelope: GupshupEnvelope) throws(UnreadableWebhook) -> Receipt {
        let references = envelope.payload["references"]
        let ids = try ids(references?["gsId"], references?["id"])
        return Receipt(
            messageID: nil, providerMessageID: ids.provider, whatsAppMessageID: ids.whatsApp, status: .accepted,
            occurredAt: try envelope.time(nil), pricing: price(envelope.payload["deductions"]))
    }

    /// As it came, but for null.
    private static func price(_ json: JSONValue?) -> JSONValue? {
        guard let json, !json.isNull else { return nil }
        return json
    }

    private static func status(_ word: String, in envelope: GupshupEnvelope) -> Receipt.Status? {
        switch word {
        case "enqueued": .accepted
        case "sent": .sent
        case "delivered": .delivered
        case "read": .viewed
        case "failed": .failed(failure(in: envelope))
        default: nil
        }
    }

    private static func failure(in envelope: GupshupEnvelope) -> SendFailure {
        let reason = (envelope.detail["reason"] ?? envelope.payload["reason"])?.looseText
        let summary = reason?.shortened(to: 300) ?? "Reported as failed."
        if let code = (envelope.detail["code"] ?? envelope.payload["code"])?.looseInt {
            return GupshupCodes.failure(code: code, summary: summary)
        }
        if let code = reason.flatMap(MetaErrorCodes.first) { return MetaErrorCodes.failure(code: code, summary: summary) }
        return SendFailure(.reject, code: "gupshup_failed", summary: summary)
    }
}

extension GupshupReceipts {
    private typealias IDs = (provider: String, whatsApp: String?)

    private static func ids(in envelope: GupshupEnvelope, isEnqueued: Bool) throws(UnreadableWebhook) -> IDs {
        let ids = try ids(envelope.payload["gsId"], envelope.payload["id"])
        return isEnqueued ? (ids.provider, try GupshupEnvelope.id(envelope.detail["whatsappMessageId"])) : ids
    }

    /// A lone `id` is put in both places, so that it is found whichever it is.
    private static func ids(_ ours: JSONValue?, _ other: JSONValue?) throws(UnreadableWebhook) -> IDs {
        let (ours, other) = (try GupshupEnvelope.id(ours), try GupshupEnvelope.id(other))
        guard let provider = ours ?? other else { throw UnreadableWebhook("It names no message.") }
        return (provider, other)
    }

    /// The number that was dialled is known to WhatsApp as another one, under which the person will write.
    private static func alias(in envelope: GupshupEnvelope) throws(UnreadableWebhook) -> [WebhookEvent] {
        guard let known = envelope.detail["wa_id"].flatMap(GupshupEnvelope.phone),
            let dialled = (envelope.detail["phone"] ?? envelope.payload["destination"]).flatMap(GupshupEnvelope.phone)
        else { throw UnreadableWebhook("It does not say which numbers differ.") }
        return known == dialled ? [] : [.person(PersonNotice(person: WhatsAppPerson(phone: dialled), alias: known))]
    }

    /// An event with the business-scoped id besides the number tells who is who.
    private static func person(in envelope: GupshupEnvelope) -> [WebhookEvent] {
        guard let phone = envelope.payload["destination"].flatMap(GupshupEnvelope.phone),
            let user = GupshupEnvelope.userID(in: envelope.payload)
        else { return [] }
        return [.person(PersonNotice(person: WhatsAppPerson(phone: phone, userID: user)))]
    }
}
