/// Which of a channel's two callback addresses was called.
package enum WebhookKind: String, Hashable, Sendable, CaseIterable { case inbound, status }

/// Why a webhook body could not be read; it is kept for a person to look at.
package struct UnreadableWebhook: Error, Hashable, Sendable {
    package var reason: String
    package init(_ reason: String) { self.reason = reason }
}

/// A webhook call before anyone has looked into its body.
package struct WebhookRequest: Hashable, Sendable {
    /// Names in lower case; of a repeated one the last.
    package var headers: [String: String]
    /// The bytes as they came.
    package var body: [UInt8]

    package init(headers: [String: String], body: [UInt8]) { (self.headers, self.body) = (headers, body) }

    package subscript(_ header: String) -> String? { headers[header] }
}

/// One thing that a call tells.
package enum WebhookEvent: Hashable, Sendable {
    case receipt(Receipt)
    case inbound(InboundMessage)
    case preference(MarketingPreference)
    case template(TemplateNotice)
    case channel(ChannelNotice)
    case person(PersonNotice)
    /// One entry among others that cannot be read, and why.
    case unreadable(String)
}
