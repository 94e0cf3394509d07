package import Core
package import WhatsApp

/// Gupshup's enterprise gateway for WhatsApp (media.smsgupshup.com), which takes form fields and the finished text of a
/// template.
///
/// Credentials: `hsm_user_id` and `hsm_password` of the account for templates; `two_way_user_id` and `two_way_password` of
/// the account for replies, which may be left out, and then nothing free-form can be sent; `webhook_secret`, which may be left
/// out, for the header `X-Webhook-Secret` of callbacks. The gateway signs nothing. It wants numbers to be opted in with it
/// (`method=OPT_IN`) before they get anything; that is done at the vendor.
package struct GupshupEnterpriseProvider: Provider {
    package let name = "gupshup_enterprise"
    package let baseURL: String? = Self.gateway
    /// The vendor publishes no figure.
    package func limits(for credentials: Credentials) -> ProviderLimits { ProviderLimits(perSecond: 10) }

    static let gateway = "https://media.smsgupshup.com"
    private static let vendor = "Gupshup's enterprise gateway"

    package init() {}

    /// Wants the account for templates, the other one whole or not at all, and a `webhook_secret` of 16 characters or more.
    package func check(_ credentials: Credentials) throws(InputError) {
        try credentials.word("hsm_user_id", 1...64, of: Self.vendor)
        try credentials.word("hsm_password", 1...256, of: Self.vendor)
        if credentials["two_way_user_id"] != nil || credentials["two_way_password"] != nil {
            try credentials.word("two_way_user_id", 1...64, of: Self.vendor)
            try credentials.word("two_way_password", 1...256, of: Self.vendor)
        }
        try credentials.checkWebhookSecret(of: Self.vendor)
    }

    /// By the channel's own header if it has one; else the secret address, which was checked before, is the only proof.
    package func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool {
        WebhookSecret.isProven(webhook, by: line.credentials)
    }

    /// The links of inbound files are signed in advance and take no credentials.
    package func mediaRequest(for media: MediaReference, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        let base = line.baseURL == Self.gateway ? nil : line.baseURL
        return try WebOrigin.mediaRequest(for: media, below: ["smsgupshup.com", "gupshup.io"], base: base)
    }
}
