import Core
import WhatsApp

extension GenericCases {
    private static func event(
        _ status: Receipt.Status, reference: MessageID? = .ours, id: String = id, at time: Timestamp = ten
    ) -> WebhookEvent {
        .receipt(Receipt(messageID: reference, providerMessageID: id, status: status, occurredAt: time))
    }

    private static func failed(
        _ disposition: SendFailure.Disposition, _ code: String, _ summary: String, isVague: Bool = false, pause: Duration? = nil
    ) -> WebhookEvent {
        event(.failed(SendFailure(disposition, code: code, summary: summary, isVague: isVague, marketingPause: pause)))
    }

    private static func status(_ name: String, _ events: WebhookEvent...) -> IncomingCase {
        IncomingCase("status-" + name, .status, .events(events))
    }

    static let statuses: [IncomingCase] = [
        status("sent", event(.sent)), status("delivered", event(.delivered)), status("read", event(.viewed)),
        status("clicked", event(.viewed)), status("capitals", event(.delivered)), status("sent-with-error", event(.sent)),
        status("number-time", event(.delivered)), status("milliseconds", event(.delivered)), status("iso-time", event(.delivered)),
        status("envelope-time", event(.delivered)), status("number-id", event(.delivered)), status("our-number", event(.delivered)),
        status("foreign-id", event(.delivered, reference: nil, id: "25596363|1639561857|20220227|25596363")),
        status("failed", failed(.unreachable, "generic_1003", "Number no longer active")),
        status("failed-text-code", failed(.reject, "generic_1008", "Outside the chat window")),
        status("failed-unknown", failed(.reject, "generic_1999", "New")),
        status("failed-bare", failed(.reject, "generic_failed", "The provider did not say why.")),
        status("failed-text", failed(.reject, "generic_failed", "Broken")),
        status("failed-meta", failed(.unreachable, "meta_131026", "Undeliverable", isVague: true)),
        status("failed-pause", failed(.reject, "meta_131049", "Healthy ecosystem", pause: .seconds(86_400))),
        status(
            "batch", event(.sent), .unreadable("It names no message."), event(.viewed, at: ten + .seconds(5)),
            event(.delivered, reference: nil, id: "other")),
    ]

    /// For others, or not to be understood.
    static let otherStatuses: [IncomingCase] =
        ["other-number", "empty"].map { IncomingCase("status-" + $0, .status, .events([])) }
        + ["no-id", "no-time", "bad-time", "no-word", "unknown-word", "long-id", "list-is-none"].map {
            IncomingCase("status-" + $0, .status, .unreadable)
        }
        + ["page", "list", "broken", "answer-success"].map { IncomingCase($0, .status, .unreadable) }
}
