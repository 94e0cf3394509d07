import Core
package import WhatsApp

extension VonageProvider {
    /// One body is one status or one inbound message. The same callback address also gets SMS, other channels and other
    /// numbers of the application: those give no event. An unknown status word is unreadable rather than guessed at; an
    /// unknown kind of inbound message is taken, with its word.
    package func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] {
        let webhook = try VonageWebhook(body)
        guard try webhook.channel() == "whatsapp" else { return [] }
        switch webhook.kind(at: kind) {
        case .status:
            guard webhook.names(line.number, as: "from") else { return [] }
            return [.receipt(try webhook.receipt())] + (webhook.recipient.map { [.person(PersonNotice(person: $0))] } ?? [])
        case .inbound:
            guard webhook.names(line.number, as: "to") else { return [] }
            return [.inbound(try webhook.inbound())]
        }
    }
}
