package import Core
package import WhatsApp

/// Vonage's Messages API, version 1, for WhatsApp (developer.vonage.com/en/api/messages).
///
/// Requests are signed in to by the application (`application_id` and `private_key`) or, without a key, by the account
/// (`api_key` and `api_secret`). `signature_secret` proves webhooks, and `waba_id` is needed to list templates.
package struct VonageProvider: Provider {
    package let name = "vonage"
    package let baseURL: String? = "https://api.nexmo.com"
    /// Vonage publishes no figure for WhatsApp; Meta's ceiling of 80 is approached from below.
    package func limits(for credentials: Credentials) -> ProviderLimits { ProviderLimits(perSecond: 20) }

    private let tokens = VonageTokens()

    package init() {}

    package func check(_ credentials: Credentials) throws(InputError) { try VonageCredentialRules.check(credentials) }

    /// By the token of the `Authorization` header (Vonage, "Signed webhooks").
    package func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool {
        guard let signature = VonageSignature(line.credentials) else { return false }
        return await signature.proves(webhook, at: now)
    }

    /// What signs a request in: the application's token where there is a key, because some calls take nothing else, and
    /// the account's key and secret otherwise.
    func authorization(_ credentials: Credentials, at now: Timestamp) throws(SendFailure) -> String {
        guard let token = try bearer(credentials, at: now) ?? VonageAccount(credentials)?.basic else {
            throw SendFailure(
                .haltChannel, code: "no_credentials",
                summary: "The channel at Vonage has neither api_key and api_secret nor application_id and private_key.")
        }
        return token
    }

    /// The application's token; nil when the channel has no application and key.
    func bearer(_ credentials: Credentials, at now: Timestamp) throws(SendFailure) -> String? {
        guard let application = VonageApplication(credentials) else { return nil }
        guard let token = tokens.token(for: application, at: now) else {
            throw SendFailure(.haltChannel, code: "no_credentials", summary: "The private_key of the channel at Vonage cannot be read.")
        }
        return "Bearer " + token
    }
}
