import Core
import WhatsApp

/// The proof of vendors that sign nothing. The address of a callback is secret by itself; a channel may have a secret
/// besides that the vendor is told to send along in a header.
enum WebhookSecret {
    static let credential = "webhook_secret"
    static let length = 16...256
    private static let header = "x-webhook-secret"

    /// Whether the call carries the channel's secret, byte for byte; true for a channel that has none.
    static func isProven(_ webhook: WebhookRequest, by credentials: Credentials) -> Bool {
        guard let secret = credentials[credential] else { return true }
        guard !secret.isEmpty, let sent = webhook[header] else { return false }
        return equalInConstantTime(sent.utf8, secret.utf8)
    }
}
