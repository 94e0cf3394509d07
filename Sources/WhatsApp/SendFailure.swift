package import Core

/// Why a provider did not take a message, and what to do about it.
package struct SendFailure: Error, Hashable, Sendable {
    /// What Delivery does next; it looks at nothing else. The letters are those of `providers.md` 1.3.
    package enum Disposition: String, Hashable, Sendable, CaseIterable {
        /// R: transient; the message is tried again later.
        case retry
        /// S: the whole channel is too fast; it is slowed and the message tried again, without using up an attempt.
        case slowChannel = "slow_channel"
        /// P: this person only; later.
        case delayRecipient = "delay_recipient"
        /// D: this message will never be taken.
        case reject
        /// X: the address cannot be reached on this channel.
        case unreachable
        /// O: the person opted out at the provider.
        case optOut = "opt_out"
        /// T: something is wrong with the template; all its messages would fail alike.
        case holdTemplate = "hold_template"
        /// H: something is wrong with the account or the number; nothing can go out.
        case haltChannel = "halt_channel"
    }

    package var disposition: Disposition
    /// Stable, counted in statistics: `rate_limited`, `vonage_1120`.
    package var code: String
    /// The provider's words, cut short; safe for an operator to read, holds no secret.
    package var summary: String
    /// When the provider said how long to wait.
    package var retryAfter: Duration?
    /// Of `unreachable`: the provider uses the code for several causes, so the address counts as unreachable only after
    /// three of them in a row that span a week.
    package var isVague: Bool
    /// WhatsApp holds marketing back from this person: none is sent to the number for this long, doubled each time.
    package var marketingPause: Duration?

    package init(
        _ disposition: Disposition, code: String, summary: String, retryAfter: Duration? = nil, isVague: Bool = false,
        marketingPause: Duration? = nil
    ) {
        self.disposition = disposition
        self.code = String(code.prefix(64))
        self.summary = String(summary.prefix(300))
        (self.retryAfter, self.isVague, self.marketingPause) = (retryAfter, isVague, marketingPause)
    }
}

/// What became of one request to a provider.
package enum SendOutcome: Hashable, Sendable {
    /// The provider took it.
    case accepted(Acceptance)
    /// The provider did not take it, or the request provably never left.
    case refused(SendFailure)
    /// Nobody knows: the answer never came or cannot be read. Never sent again blindly.
    case unknown(code: String, summary: String)

    package static func accepted(providerMessageID id: String) -> SendOutcome { .accepted(Acceptance(providerMessageID: id)) }
}

/// What a provider says when it takes a message.
package struct Acceptance: Hashable, Sendable {
    /// The provider's id; nil where it gives none and receipts carry our reference instead. At most 255 bytes.
    package var providerMessageID: String?
    /// The number under which WhatsApp knows the person, where it is not the one that was dialled (`providers.md` 2.1).
    package var alias: PhoneNumber?

    package init(providerMessageID: String?, alias: PhoneNumber? = nil) {
        (self.providerMessageID, self.alias) = (providerMessageID, alias)
    }
}
