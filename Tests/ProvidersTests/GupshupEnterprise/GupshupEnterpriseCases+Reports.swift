import Core
import WhatsApp

extension GupshupEnterpriseCases {
    private static func event(
        _ status: Receipt.Status, reference: MessageID? = .ours, id: String? = id, at time: Timestamp = ten
    ) -> WebhookEvent {
        .receipt(Receipt(messageID: reference, providerMessageID: id, status: status, occurredAt: time))
    }

    private static func failed(
        _ disposition: SendFailure.Disposition, _ code: String, _ summary: String, isVague: Bool = false, pause: Duration? = nil
    ) -> WebhookEvent {
        event(.failed(SendFailure(disposition, code: code, summary: summary, isVague: isVague, marketingPause: pause)))
    }

    private static func report(_ name: String, _ events: WebhookEvent...) -> IncomingCase {
        IncomingCase("report-" + name, .status, .events(events))
    }

    static let reports: [IncomingCase] = [
        report("sent", event(.sent)), report("delivered", event(.delivered)), report("lower-case", event(.delivered)),
        report("read", event(.viewed, at: ten + .seconds(5))),
        report("seconds", event(.delivered)), report("text-time", event(.delivered)), report("microseconds", event(.delivered)),
        report("no-extra", event(.delivered, reference: nil)), report("foreign-extra", event(.delivered, reference: nil)),
        report("padded-extra", event(.delivered, reference: nil)), report("number-extra", event(.delivered)),
        report("no-external-id", event(.delivered, id: nil)),
        report("raw-list", event(.delivered)), report("raw-object", event(.delivered)),
        report("text-in-json", event(.delivered)), report("list-in-json", event(.delivered)),
        report("batch", event(.sent), .unreadable("It has no eventType."), event(.viewed, at: ten + .seconds(5))),
        report("failed-no-such-number", failed(.unreachable, "enterprise_1013", "The number does not exist on WhatsApp")),
        report("failed-invalid-number", failed(.unreachable, "enterprise_105", "INVALID_NUMBER")),
        report("failed-blocked", failed(.optOut, "enterprise_470b", "User has blocked the business")),
        report("failed-opted-out", failed(.optOut, "enterprise_1012", "Recipient opted out")),
        report("failed-not-opted-in", failed(.reject, "enterprise_1004", "Recipient is not opted in")),
        report("failed-window", failed(.reject, "enterprise_470", "Message sent outside the 24 hour window")),
        report("failed-template", failed(.holdTemplate, "enterprise_4005", "TEMPLATE_PAUSED")),
        report("failed-other", failed(.reject, "enterprise_099", "DEFERRED")),
        report("failed-131026", failed(.unreachable, "meta_131026", "Message undeliverable", isVague: true)),
        report("failed-131049", failed(.reject, "meta_131049", "Healthy ecosystem engagement (131049)", pause: .seconds(86_400))),
        report("failed-bare", failed(.reject, "enterprise_failed", "Reported as failed.")),
    ]

    /// For others, or not to be understood.
    static let otherReports: [IncomingCase] =
        ["other-channel", "empty"].map { IncomingCase("report-" + $0, .status, .events([])) }
        + ["no-message", "no-time", "bad-time", "no-word", "unknown-word", "long-id", "broken"].map {
            IncomingCase("report-" + $0, .status, .unreadable)
        }
        + ["page", "broken", "answer-success"].map { IncomingCase($0, .status, .unreadable) }
}
