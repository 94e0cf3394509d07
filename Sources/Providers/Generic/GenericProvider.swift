package import Core
package import WhatsApp

/// A third party that speaks CleverTap's contract for generic WhatsApp providers, payload version 0.1: JSON posted to one
/// address of its own, which is the whole of the channel's base address.
///
/// Credentials: `username` and `password` (HTTP Basic), or `header_name` and `header_value`; `max_concurrency`, which may be
/// left out; `webhook_secret`, which may be left out, for the header `X-Webhook-Secret` of callbacks. The contract signs
/// nothing, lists no templates, and has no call that sends nothing.
package struct GenericProvider: Provider {
    package let name = "generic"
    /// Each channel says where.
    package let baseURL: String? = nil
    package func limits(for credentials: Credentials) -> ProviderLimits {
        ProviderLimits(perSecond: 20, concurrency: credentials["max_concurrency"].flatMap(Int.init) ?? Self.concurrency.lowerBound)
    }

    /// What the contract lets a channel choose from.
    private static let concurrency = 30...1000

    package init() {}

    /// Wants one way to sign in, `max_concurrency` from 30 to 1000, and a `webhook_secret` of 16 characters or more.
    package func check(_ credentials: Credentials) throws(InputError) {
        _ = try GenericAuthentication(credentials)
        if let text = credentials["max_concurrency"] {
            guard let number = Int(text), Self.concurrency.contains(number), String(number) == text else {
                throw Credentials.malformed("max_concurrency", "max_concurrency is a whole number from 30 to 1000, in digits.")
            }
        }
        try credentials.checkWebhookSecret(of: GenericAuthentication.vendor)
    }

    /// By the channel's own header if it has one; else the secret address, which was checked before, is the only proof.
    package func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool {
        WebhookSecret.isProven(webhook, by: line.credentials)
    }

    /// Only from where the channel sends to: the contract names no host for files, and an address in a callback is no
    /// reason to trust another. It asks for no credentials either.
    package func mediaRequest(for media: MediaReference, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        try WebOrigin.mediaRequest(for: media, below: [], base: line.baseURL)
    }
}
