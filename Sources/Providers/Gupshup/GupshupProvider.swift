package import Core
package import WhatsApp

/// Gupshup's self-serve API for WhatsApp (docs.gupshup.io): form fields in, callbacks of version 2 or 3 out.
///
/// Credentials: `api_key` and `app_name` send; `app_id`, which may be left out, is needed for the list of templates and the
/// connection check. Gupshup signs no callback: the secret address proves them, and besides the header `X-Webhook-Secret`
/// when the channel has a `webhook_secret`. `payload_version`, `2` unless it says `3`, is the version that counts; a
/// subscription to the other one would tell everything twice.
package struct GupshupProvider: Provider {
    package let name = "gupshup"
    package let baseURL: String? = "https://api.gupshup.io"
    /// Gupshup names 20 a second for an account, in an old article; it is approached from below.
    package func limits(for credentials: Credentials) -> ProviderLimits { ProviderLimits(perSecond: 15) }

    package init() {}

    /// Wants `api_key` and `app_name`; what else is given must be well formed.
    /// - Throws: `InputError` that names the credential and never shows its value.
    package func check(_ credentials: Credentials) throws(InputError) {
        try check(credentials["api_key"], "api_key", 1...256)
        try check(credentials["app_name"], "app_name", 1...128)
        if let secret = credentials["webhook_secret"] { try check(secret, "webhook_secret", 16...256) }
        if let id = credentials["app_id"], !Self.isAppID(id) {
            throw refusal("app_id", "The app_id is the id of the app as Gupshup shows it, 1 to 64 letters, digits and hyphens.")
        }
        if let version = credentials["payload_version"], version != "2", version != "3" {
            throw refusal("payload_version", "The payload_version is 2 or 3, as in the app's subscription.")
        }
    }

    /// Whether the call has the channel's secret in `X-Webhook-Secret`, which a subscription can be told to send
    /// (Gupshup, "Subscription management"). Without such a secret every call to the secret address counts.
    package func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool {
        guard let secret = line.credentials["webhook_secret"] else { return true }
        guard !secret.isEmpty, let given = webhook["x-webhook-secret"] else { return false }
        return equalInConstantTime(given.utf8, secret.utf8)
    }

    private func check(_ value: String?, _ name: String, _ length: ClosedRange<Int>) throws(InputError) {
        guard let value, length.contains(value.utf8.count), value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw refusal(
                name, "The \(name) has \(length.lowerBound) to \(length.upperBound) characters of plain ASCII and no spaces.")
        }
    }

    private func refusal(_ name: String, _ rule: String) -> InputError {
        InputError(code: "invalid_credentials", field: "credentials.\(name)", rule)
    }

    /// It becomes a part of addresses.
    static func isAppID(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
                default: false
                }
            }
    }
}
