import Core
package import WhatsApp

extension GenericProvider {
    /// Statuses come as a list, messages one by one; both are known by their fields, whichever address is called. What names
    /// another number of ours gives none.
    package func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] {
        let json: JSONValue
        do { json = try JSONValue(parsing: body) } catch {
            throw UnreadableWebhook("It is not JSON: \(error.reason), at byte \(error.offset).")
        }
        if let ours = json["wabaNumber"]?.loosePhone, ours != line.number { return [] }
        if let statuses = json["statuses"]?.array {
            return try statuses.events { status throws(UnreadableWebhook) in .receipt(try receipt(status, in: json)) }
        }
        guard json["from"] != nil else { throw UnreadableWebhook("It has neither statuses nor a sender.") }
        return [.inbound(try GenericInbound(json).message())]
    }

    /// `msgId` is kept as the provider's id too, because a reply names it in its context.
    private func receipt(_ json: JSONValue, in envelope: JSONValue) throws(UnreadableWebhook) -> Receipt {
        guard let id = json["msgId"]?.looseID else { throw UnreadableWebhook("It names no message.") }
        guard let time = (json["timestamp"] ?? envelope["timestamp"])?.looseTime else {
            throw UnreadableWebhook("It has no timestamp that can be read.")
        }
        return Receipt(messageID: MessageID(reference: id), providerMessageID: id, status: try status(json), occurredAt: time)
    }

    private func status(_ json: JSONValue) throws(UnreadableWebhook) -> Receipt.Status {
        guard let word = json["status"]?.looseText?.lowercased() else { throw UnreadableWebhook("It has no status.") }
        switch word {
        case "sent": return .sent
        case "delivered": return .delivered
        case "read", "clicked": return .viewed  // who taps a button has seen the message
        case "failed": return .failed(GenericErrors.failure(json["error"]))
        default: throw UnreadableWebhook("Its status is not known: \(word.shortened(to: 40))")
        }
    }
}
