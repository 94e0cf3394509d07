package import Core

/// What a provider tells about a message of ours.
package struct Receipt: Hashable, Sendable {
    /// What happened to the message.
    package enum Status: Hashable, Sendable {
        /// The provider took it, and no more.
        case accepted
        case sent, delivered, viewed
        case failed(SendFailure)
    }

    /// Our reference, where the provider echoes it.
    package var messageID: MessageID?
    package var providerMessageID: String?
    /// WhatsApp's own id, where the provider has one of its own besides (`providers.md` 4.2).
    package var whatsAppMessageID: String?
    package var status: Status
    /// When it happened, by the provider's clock.
    package var occurredAt: Timestamp
    /// What the provider says of the price, as it came.
    package var pricing: JSONValue?

    package init(
        messageID: MessageID?, providerMessageID: String?, whatsAppMessageID: String? = nil, status: Status, occurredAt: Timestamp,
        pricing: JSONValue? = nil
    ) {
        (self.messageID, self.providerMessageID, self.whatsAppMessageID) = (messageID, providerMessageID, whatsAppMessageID)
        (self.status, self.occurredAt, self.pricing) = (status, occurredAt, pricing)
    }
}

extension MessageID {
    /// Reads our reference as a provider echoes it. Other tools on the same account put other things there: only the
    /// exact decimal form of an id is ours.
    package init?(reference: String?) {
        guard let reference, let id = MessageID(reference), id.description == reference else { return nil }
        self = id
    }
}
