package import Core
package import WhatsApp

/// Takes any message and says yes to it; wants the credentials that it is told to.
package struct PretendProvider: Provider {
    package let name = "pretend"
    package let baseURL: String? = "https://pretend.example"
    package func limits(for credentials: Credentials) -> ProviderLimits { ProviderLimits(perSecond: 50) }
    private let wanted: [String]

    package init(wants wanted: [String] = []) { self.wanted = wanted }

    package func check(_ credentials: Credentials) throws(InputError) {
        for name in wanted where credentials[name]?.isEmpty != false {
            throw InputError(code: "invalid_credentials", field: "credentials.\(name)", "The \(name) is missing.")
        }
    }

    package func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        ProviderRequest(url: line.baseURL, headers: [:])
    }

    package func interpret(status: Int, body: [UInt8]) -> SendOutcome { .accepted(providerMessageID: "p") }
    package func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool { true }
    package func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] { [] }
}
