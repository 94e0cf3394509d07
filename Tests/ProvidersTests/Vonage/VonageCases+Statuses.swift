import Core
import WhatsApp

extension VonageCases {
    private static func status(
        _ fixture: String, _ status: Receipt.Status, reference: MessageID? = .ours, id: String? = uuid, at time: Timestamp = ten,
        person: WhatsAppPerson? = nil, address: WebhookKind = .status
    ) -> IncomingCase {
        let receipt = Receipt(messageID: reference, providerMessageID: id, status: status, occurredAt: time)
        let notices = person.map { [WebhookEvent.person(PersonNotice(person: $0))] } ?? []
        return IncomingCase("status-" + fixture, address, .events([.receipt(receipt)] + notices))
    }

    private static func failed(
        _ disposition: SendFailure.Disposition, _ code: String, _ summary: String, isVague: Bool = false, pause: Duration? = nil
    ) -> Receipt.Status {
        .failed(SendFailure(disposition, code: code, summary: summary, isVague: isVague, marketingPause: pause))
    }

    static let statuses: [IncomingCase] = [
        status("submitted", .sent),
        status("submitted-with-error", .sent),
        status("delivered", .delivered, person: WhatsAppPerson(phone: .ona, userID: .ona)),
        status("submitted", .sent, address: .inbound),
        status("read", .viewed, at: ten + .seconds(5)),
        status("read-with-error", .viewed),
        status("upper-case", .delivered),
        status("already-sent", .sent),
        status("rejected", failed(.reject, "vonage_1340", "1340; The message was sent outside the allowed window.")),
        status("rejected-number-title", failed(.holdTemplate, "vonage_1022", "1022; Template or its parameters are invalid.")),
        status("rejected-nested-error", failed(.optOut, "vonage_1240", "1240; The user has opted out.")),
        status(
            "rejected-code-in-type",
            failed(.delayRecipient, "vonage_1241", "Too Many Requests; Too many send requests to that number.")),
        status(
            "rejected-1000",
            failed(
                .slowChannel, "vonage_1000",
                "1000; Throttled - You have exceeded the submission capacity allowed on this account.")),
        status("rejected-1050", failed(.unreachable, "vonage_1050", "1050; Number barred.")),
        status("rejected-1330", failed(.retry, "vonage_1330", "1330; Unknown error")),
        status(
            "rejected-1330-meta", failed(.unreachable, "meta_131026", "1330; Message undeliverable (131026)", isVague: true)),
        status(
            "rejected-meta-code",
            failed(
                .reject, "meta_131049", "9999; Blocked by WhatsApp (131049): healthy ecosystem engagement.", pause: .seconds(86_400))),
        status(
            "rejected-meta-title",
            failed(
                .reject, "meta_131049", "131049; This message was not delivered to maintain healthy ecosystem engagement.",
                pause: .seconds(86_400))),
        status("rejected-unknown-code", failed(.reject, "vonage_1399", "1399; Something new.")),
        status("rejected-no-error", failed(.reject, "vonage_rejected", "Reported as rejected.")),
        status("undeliverable", failed(.reject, "vonage_1310", "1310; The device can not receive this message.")),
        status("undeliverable-text-error", failed(.reject, "vonage_undeliverable", "Reported as undeliverable.")),
        status("foreign-reference", .delivered, reference: nil),
        status("padded-reference", .delivered, reference: nil),
        status("no-reference", .delivered, reference: nil),
        status("number-reference", .delivered),
        status("reference-only", .delivered, id: nil),
        status("user-id", .delivered),
        status("plus-from", .delivered),
        status("offset-time", .delivered),
        status("zoneless-time", .delivered),
        status("seconds", .delivered),
        status("milliseconds", .delivered),
        status("null-objects", .delivered),
        status("workflow", .delivered),
        status("workflow-old-spelling", .delivered),
    ]

    /// For others, or not to be understood.
    static let otherStatuses: [IncomingCase] = foreign + misread

    private static let foreign = ["status-sms", "status-other-number"].map { IncomingCase($0, .status, .events([])) }

    private static let misread = [
        "status-no-message", "status-no-time", "status-bad-time", "status-no-status", "status-unknown-word", "status-no-channel",
        "status-long-id", "answer-html",
    ].map { IncomingCase($0, .status, .unreadable) }
}
