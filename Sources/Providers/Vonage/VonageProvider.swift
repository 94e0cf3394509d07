package import Core
package import WhatsApp

/// Vonage's Messages API, version 1, for WhatsApp (developer.vonage.com/en/api/messages).
///
/// Credentials: `api_key` and `api_secret` sign requests (HTTP Basic), `signature_secret` proves webhooks, and
/// `application_id`, which may be left out, must then be the one that webhooks name.
package struct VonageProvider: Provider {
    package let name = "vonage"
    package let baseURL = "https://api.nexmo.com"
    /// Vonage publishes no figure for WhatsApp; Meta's ceiling of 80 is approached from below.
    package let defaultRate = 20.0

    package init() {}

    /// Wants `api_key`, `api_secret` and `signature_secret`, which Vonage gives at least 32 characters.
    package func check(_ credentials: Credentials) throws(InputError) {
        try check(credentials["api_key"], "api_key", 1...64)
        guard credentials["api_key"]?.contains(":") == false else {  // HTTP Basic ends the key at the first colon
            throw InputError(code: "invalid_credentials", field: "credentials.api_key", "The api_key holds no colon.")
        }
        try check(credentials["api_secret"], "api_secret", 1...256)
        try check(credentials["signature_secret"], "signature_secret", VonageSignature.secretLength)
        if let application = credentials["application_id"] { try check(application, "application_id", 1...64) }
    }

    private func check(_ value: String?, _ name: String, _ length: ClosedRange<Int>) throws(InputError) {
        guard let value, length.contains(value.count), value.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw InputError(
                code: "invalid_credentials", field: "credentials.\(name)",
                "A Vonage channel needs \(name), \(length.lowerBound) to \(length.upperBound) characters without spaces.")
        }
    }

    /// By the token of the `Authorization` header (Vonage, "Signed webhooks").
    package func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool {
        guard let signature = VonageSignature(line.credentials) else { return false }
        return await signature.proves(webhook, at: now)
    }
}
