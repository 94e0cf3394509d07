package import Core

/// What a provider tells about a message of ours.
package struct Receipt: Hashable, Sendable {
    /// What happened to the message.
    package enum Status: Hashable, Sendable {
        case sent, delivered, viewed
        case failed(SendFailure)
    }

    /// Our reference, where the provider echoes it.
    package var messageID: MessageID?
    package var providerMessageID: String?
    package var status: Status
    /// When it happened, by the provider's clock.
    package var occurredAt: Timestamp

    package init(messageID: MessageID?, providerMessageID: String?, status: Status, occurredAt: Timestamp) {
        (self.messageID, self.providerMessageID, self.status, self.occurredAt) = (messageID, providerMessageID, status, occurredAt)
    }
}

/// What a person wrote to one of our numbers.
package struct InboundMessage: Hashable, Sendable {
    /// The provider's id of this message; the same message delivered twice has the same one.
    package var providerMessageID: String
    /// Who wrote: a phone number, or an id of the provider's for people without one.
    package var sender: String
    package var phone: PhoneNumber?
    package var occurredAt: Timestamp
    /// The provider's word: `text`, `button`, `image`, … unknown words are kept.
    package var kind: String
    package var text: String?
    /// The whole message as the provider sent it.
    package var payload: JSONValue
    /// The message of ours that it quotes.
    package var quotedProviderMessageID: String?

    package init(
        providerMessageID: String, sender: String, phone: PhoneNumber?, occurredAt: Timestamp, kind: String, text: String?,
        payload: JSONValue, quotedProviderMessageID: String?
    ) {
        (self.providerMessageID, self.sender, self.phone, self.occurredAt) = (providerMessageID, sender, phone, occurredAt)
        (self.kind, self.text, self.payload, self.quotedProviderMessageID) = (kind, text, payload, quotedProviderMessageID)
    }
}

/// One thing that a call tells.
package enum WebhookEvent: Hashable, Sendable {
    case receipt(Receipt)
    case inbound(InboundMessage)
}

/// A webhook call before anyone has looked into its body.
package struct WebhookRequest: Hashable, Sendable {
    /// The `Authorization` header; nil when there is none.
    package var authorization: String?
    package var body: [UInt8]

    package init(authorization: String?, body: [UInt8]) { (self.authorization, self.body) = (authorization, body) }
}
