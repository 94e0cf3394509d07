import Core
package import WhatsApp

extension VonageProvider {
    /// One body is one status or one inbound message. The same callback address also gets SMS and other channels of the
    /// application: those give no event. An unknown status word is unreadable rather than guessed at; an unknown kind of
    /// inbound message is taken, with its word.
    package func events(from body: [UInt8], kind: WebhookKind) throws(UnreadableWebhook) -> [WebhookEvent] {
        let json = try object(in: body)
        guard let channel = json["channel"]?.string else { throw UnreadableWebhook("It names no channel.") }
        guard channel.lowercased() == "whatsapp" else { return [] }
        switch kind {
        case .status: return [.receipt(try receipt(json))]
        case .inbound: return [.inbound(try inbound(json))]
        }
    }

    private func object(in body: [UInt8]) throws(UnreadableWebhook) -> JSONValue {
        do {
            let json = try JSONValue(parsing: body)
            if json.object != nil { return json }
        } catch {
            throw UnreadableWebhook("It is not JSON: \(error.reason), at byte \(error.offset).")
        }
        throw UnreadableWebhook("It is no JSON object.")
    }

    private func time(of json: JSONValue) throws(UnreadableWebhook) -> Timestamp {
        guard let time = json["timestamp"]?.looseTime else { throw UnreadableWebhook("It has no timestamp that can be read.") }
        return time
    }

    private func id(in json: JSONValue?) -> String? { json?["message_uuid"]?.looseText.flatMap { $0.utf8.count <= 255 ? $0 : nil } }
}

extension VonageProvider {
    private func receipt(_ json: JSONValue) throws(UnreadableWebhook) -> Receipt {
        let (reference, id) = (Self.reference(json["client_ref"]?.looseText), id(in: json))
        guard reference != nil || id != nil else { throw UnreadableWebhook("It names no message.") }
        return Receipt(messageID: reference, providerMessageID: id, status: try status(json), occurredAt: try time(of: json))
    }

    /// Ours are decimal; other tools on the same account put other things there.
    private static func reference(_ text: String?) -> MessageID? {
        text.flatMap { text in MessageID(text).flatMap { $0.description == text ? $0 : nil } }
    }

    /// The word decides; an error beside `submitted` or `read`, as in some of the vendor's samples, says nothing.
    private func status(_ json: JSONValue) throws(UnreadableWebhook) -> Receipt.Status {
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
}

extension VonageProvider {
    private func inbound(_ json: JSONValue) throws(UnreadableWebhook) -> InboundMessage {
        guard let id = id(in: json) else { throw UnreadableWebhook("It has no message_uuid.") }
        guard let sender = sender(of: json) else { throw UnreadableWebhook("It does not say who wrote.") }
        guard let kind = json["message_type"]?.looseText else { throw UnreadableWebhook("It has no message_type.") }
        return InboundMessage(
            providerMessageID: id, sender: sender, phone: PhoneNumber(digits: sender) ?? PhoneNumber(sender),
            occurredAt: try time(of: json), kind: kind.shortened(to: 40), text: text(of: json, kind: kind), payload: json,
            quotedProviderMessageID: self.id(in: json["context"]))
    }

    /// A number, or the business-scoped id of a person whose number WhatsApp keeps to itself.
    private func sender(of json: JSONValue) -> String? {
        let known = json["whatsapp"]?["sender"]
        let text = json["from"]?.looseText ?? known?["wa_id"]?.looseText ?? known?["user_id"]?.looseText
        return text.flatMap { $0.utf8.count <= 255 ? $0 : nil }
    }

    /// What the person wrote or tapped; the other kinds are only in the payload.
    private func text(of json: JSONValue, kind: String) -> String? {
        switch kind {
        case "text": json["text"]?.looseText
        case "button": json["button"]?["text"]?.looseText
        case "reply": json["reply"]?["title"]?.looseText
        default: nil
        }
    }
}
