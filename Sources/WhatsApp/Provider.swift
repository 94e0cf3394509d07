package import Core

/// One vendor's wire format, as pure functions; one shared sender does the I/O.
package protocol Provider: Sendable {
    /// Its name in the API and the database: `vonage`.
    var name: String { get }
    /// Where it is reached unless the channel says otherwise: `https://api.nexmo.com`.
    var baseURL: String { get }
    /// Messages a second that a new channel starts with.
    var defaultRate: Double { get }

    /// Checks that the credentials are complete and well formed; asks nobody.
    func check(_ credentials: Credentials) throws(InputError)

    /// What would go over the wire.
    /// - Throws: `SendFailure` for what this vendor cannot send; nothing goes out then.
    func request(for message: OutboundMessage, over line: Line) throws(SendFailure) -> ProviderRequest

    /// What the provider's answer means. `body` may be cut off, empty, or no JSON at all.
    func interpret(status: Int, body: [UInt8]) -> SendOutcome

    /// Whether the call is the provider's own, by its signature over the raw bytes, and fresh. Reads nothing else.
    func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool

    /// Translates a verified body. One call may carry many events, and some that are not for us: those are left out.
    /// - Throws: `UnreadableWebhook` when nothing can be made of it.
    func events(from body: [UInt8], kind: WebhookKind) throws(UnreadableWebhook) -> [WebhookEvent]
}

/// Which of a channel's two callback addresses was called.
package enum WebhookKind: String, Hashable, Sendable, CaseIterable { case inbound, status }

/// Why a webhook body could not be read; it is kept for a person to look at.
package struct UnreadableWebhook: Error, Hashable, Sendable {
    package var reason: String
    package init(_ reason: String) { self.reason = reason }
}

/// An HTTP POST to a provider.
package struct ProviderRequest: Hashable, Sendable {
    package var url: String
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(url: String, headers: [String: String], body: [UInt8]) {
        (self.url, self.headers, self.body) = (url, headers, body)
    }
}
