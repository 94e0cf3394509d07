import Core
import WhatsApp

private func receipt(
    _ status: Receipt.Status, id: String? = "wamid.OUT7", ours: Bool = true, at milliseconds: Int64 = 1_790_000_010_000
) -> WebhookEvent {
    .receipt(
        Receipt(
            messageID: ours ? .ours : nil, providerMessageID: id, status: status,
            occurredAt: Timestamp(microseconds: milliseconds * 1000)))
}

private func failed(
    _ disposition: SendFailure.Disposition, _ code: String, _ summary: String, isVague: Bool = false, pause: Duration? = nil
) -> IncomingCase.Expected {
    .events([
        receipt(.failed(SendFailure(disposition, code: code, summary: summary, isVague: isVague, marketingPause: pause)))
    ])
}

private func row(_ fixture: String, _ events: WebhookEvent...) -> IncomingCase { IncomingCase(fixture, .status, .events(events)) }

extension MetaCases {
    static let statuses: [IncomingCase] = words + details + failures + several

    private static let words: [IncomingCase] = [
        row("status-sent", receipt(.sent)),
        row("status-delivered", receipt(.delivered)),
        row("status-read", receipt(.viewed)),
        row("status-played", receipt(.viewed)),
        row("status-deleted"),
        row("status-warning"),
        IncomingCase("status-delivered", .inbound, .events([receipt(.delivered)])),
    ]

    private static let details: [IncomingCase] = [
        row("status-number-time", receipt(.delivered)),
        row("status-milliseconds", receipt(.delivered, at: 1_790_000_010_123)),
        row("status-no-time", receipt(.delivered, at: 1_790_000_011_000)),
        IncomingCase("status-no-time-anywhere", .status, .unreadable),
        row("status-foreign-reference", receipt(.delivered, ours: false)),
        row("status-no-reference", receipt(.delivered, ours: false)),
        row("status-reference-only", receipt(.delivered, id: nil)),
        IncomingCase("status-no-message", .status, .unreadable),
        IncomingCase("status-long-id", .status, .unreadable),
        IncomingCase("status-no-word", .status, .unreadable),
        row(
            "status-user-id", .person(PersonNotice(person: WhatsAppPerson(phone: .ona, userID: .metaOna))), receipt(.delivered)),
        row(
            "status-read-user-id", .person(PersonNotice(person: WhatsAppPerson(phone: .ona, userID: .metaOna, name: "Ona"))),
            receipt(.viewed)),
        row("status-hidden-number", receipt(.viewed)),
        row("status-group"),
        row("status-other-number"),
        IncomingCase("status-no-metadata", .status, .unreadable),
        row("status-display-number-only", receipt(.viewed)),
    ]

    private static let failures: [IncomingCase] = [
        IncomingCase(
            "status-failed-undeliverable", .status,
            failed(.unreachable, "meta_131026", "Message undeliverable; Message Undeliverable.", isVague: true)),
        IncomingCase(
            "status-failed-user-id", .status,
            failed(.unreachable, "meta_131026", "Message undeliverable; Message Undeliverable.", isVague: true)),
        IncomingCase(
            "status-failed-marketing-cap", .status,
            failed(
                .reject, "meta_131049", "This message was not delivered to maintain healthy ecosystem engagement.",
                pause: .seconds(86_400))),
        IncomingCase(
            "status-failed-code-in-quotes", .status,
            failed(
                .reject, "meta_131047",
                "Re-engagement message; More than 24 hours have passed since the recipient last replied.")),
        IncomingCase("status-failed-no-errors", .status, failed(.reject, "meta_failed", "Reported as failed.")),
        IncomingCase("status-failed-two-errors", .status, failed(.optOut, "meta_131050", "User stopped marketing")),
        IncomingCase("status-failed-unknown-code", .status, failed(.reject, "meta_139999", "Something new")),
    ]

    private static let several: [IncomingCase] = [
        row(
            "statuses-several", receipt(.sent), receipt(.delivered, at: 1_790_000_012_000), receipt(.viewed, at: 1_790_000_020_000),
            receipt(.sent, id: "wamid.OUT8", ours: false)),
        row("statuses-one-broken", receipt(.sent), .unreadable("It has no timestamp that can be read.")),
        IncomingCase("statuses-not-objects", .status, .unreadable),
        row("field-missing", receipt(.viewed)),
        row("other-product"),
        row("empty-entry"),
        IncomingCase("no-object", .status, .unreadable),
        IncomingCase("no-entry", .status, .unreadable),
        IncomingCase("no-changes", .status, .unreadable),
        IncomingCase("no-value", .status, .unreadable),
        IncomingCase("array", .status, .unreadable),
        IncomingCase("truncated", .status, .unreadable),
    ]
}
