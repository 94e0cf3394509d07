import Core
package import WhatsApp

extension GupshupEnterpriseProvider {
    /// Reports and messages are told apart by their fields, so an account may send both to one address. Reports of other
    /// channels and messages to other numbers give none; the sender in a report is a name, not a number, and is not compared.
    package func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] {
        try GupshupEnterpriseCallback.entries(in: body).events { entry throws(UnreadableWebhook) in
            if entry["eventType"] != nil || entry["externalId"] != nil {
                return try GupshupEnterpriseReport(entry)?.receipt().map(WebhookEvent.receipt)
            }
            guard entry["mobile"] != nil else { throw UnreadableWebhook("It is neither a delivery report nor a message.") }
            if let ours = entry["waNumber"]?.loosePhone, ours != line.number { return nil }
            return .inbound(try GupshupEnterpriseInbound(entry).message())
        }
    }
}
