import Core
import WhatsApp

extension VonageWebhook {
    func receipt() throws(UnreadableWebhook) -> Receipt {
        let (reference, id) = (MessageID(reference: json["client_ref"]?.looseText), Self.id(json))
        guard reference != nil || id != nil else { throw UnreadableWebhook("It names no message.") }
        return Receipt(messageID: reference, providerMessageID: id, status: try status(), occurredAt: try time(), pricing: pricing)
    }

    /// Who the message went to, when the status names both the number and the business-scoped id.
    var recipient: WhatsAppPerson? {
        let block = json["whatsapp"]?["recipient"]
        guard let phone = Self.phone(block?["wa_id"]), let userID = Self.userID(block?["user_id"]) else { return nil }
        return WhatsAppPerson(phone: phone, userID: userID)
    }

    /// The word decides; an error beside `submitted` or `read`, as in some of the vendor's samples, says nothing.
    private func status() throws(UnreadableWebhook) -> Receipt.Status {
        guard let word = json["status"]?.string?.lowercased() else { throw UnreadableWebhook("It has no status.") }
        switch word {
        case "submitted": return .sent
        case "delivered": return .delivered
        case "read": return .viewed
        case "rejected", "undeliverable":
            let report = VonageReport(json["error"])
            return report.isAlreadySent ? .sent : .failed(report.failure(status: word))
        default: throw UnreadableWebhook("Its status is not known: \(word.shortened(to: 40))")
        }
    }

    /// `usage` is what Vonage charges, `pricing` what WhatsApp calls the message.
    private var pricing: JSONValue? {
        let parts = ["usage": json["usage"], "pricing": json["whatsapp"]?["pricing"]].compactMapValues { $0 }.filter { !$0.value.isNull }
        return parts.isEmpty ? nil : .object(parts)
    }
}
