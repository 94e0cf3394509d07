import Core

/// One customer of a pretend vendor: who may send, from which number, and where callbacks go.
package struct SandboxAccount: Hashable, Sendable {
    /// Its name here; with Vonage also the user name of HTTP Basic unless the credentials say otherwise.
    package var key: String
    package var credentials: Credentials
    /// The only number it may send from, digits; nil, with Vonage alone, lets it send from any.
    package var number: String?
    /// Where replies and statuses are posted; without one they are not posted at all.
    package var inboundURL: String?
    package var statusURL: String?

    package init(
        key: String, credentials: Credentials, number: String?, inboundURL: String? = nil, statusURL: String? = nil
    ) {
        (self.key, self.credentials, self.number) = (key, credentials, number)
        (self.inboundURL, self.statusURL) = (inboundURL, statusURL)
    }

    /// An account with Vonage.
    /// - Parameter signatureSecret: the key that callbacks are signed with, at least 32 bytes (the vendor's rule for its
    ///   dashboard setting).
    package init(
        key: String, secret: String, signatureSecret: String, number: String? = nil, inboundURL: String? = nil,
        statusURL: String? = nil
    ) {
        let credentials = VonageCredentials(apiKey: key, apiSecret: secret, signatureSecret: signatureSecret)
        self.init(key: key, credentials: .vonage(credentials), number: number, inboundURL: inboundURL, statusURL: statusURL)
    }

    /// The account that a sandbox has when nobody says otherwise. It has no callbacks yet.
    package static let standard = SandboxAccount(
        key: "sandbox-key", secret: "sandbox-secret", signatureSecret: "sandbox-signature-secret-0123456789",
        number: "14155550100")

    package var vendor: Vendor { credentials.vendor }

    /// Where a notice goes.
    func url(for notice: Notice) -> String? { notice.isInbound ? inboundURL : statusURL }
}
