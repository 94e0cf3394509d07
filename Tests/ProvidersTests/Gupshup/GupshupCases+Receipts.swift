import Core
import WhatsApp

extension ProviderCases {
    private static let (gsID, waID, made, happened) = (
        GupshupSample.gsID, GupshupSample.waID, GupshupSample.made, GupshupSample.happened
    )

    private static func receipt(
        _ provider: String?, _ whatsApp: String?, _ status: Receipt.Status, at time: Timestamp = happened
    ) -> WebhookEvent {
        .receipt(
            Receipt(messageID: nil, providerMessageID: provider, whatsAppMessageID: whatsApp, status: status, occurredAt: time))
    }

    private static func failed(
        _ provider: String, _ whatsApp: String?, _ disposition: SendFailure.Disposition, _ code: String, _ summary: String,
        isVague: Bool = false, marketingPause: Duration? = nil
    ) -> IncomingCase.Expected {
        let failure = SendFailure(disposition, code: code, summary: summary, isVague: isVague, marketingPause: marketingPause)
        return .events([receipt(provider, whatsApp, .failed(failure), at: made)])
    }

    static let gupshupReceipts: [IncomingCase] = [
        IncomingCase("event-enqueued-session", .status, .events([receipt(gsID, "gBEGNwYAAAABAglOUT7", .accepted, at: made)])),
        IncomingCase("event-enqueued-template", .inbound, .events([receipt(gsID, waID, .accepted, at: made)])),
        IncomingCase("event-enqueued-bare", .status, .events([receipt(gsID, nil, .accepted, at: made)])),
        IncomingCase("event-sent", .status, .events([receipt(gsID, waID, .sent)])),
        IncomingCase("event-delivered", .status, .events([receipt(gsID, waID, .delivered)])),
        IncomingCase("event-read", .status, .events([receipt(gsID, waID, .viewed)])),
        IncomingCase("event-delivered-after-a-week", .status, .events([receipt(waID, waID, .delivered)])),
        IncomingCase(
            "event-sent-marketing-lite", .status,
            .events([receipt("wamid.HBgLMzcwNjAwMDAwMDEVAgARGBJPVVQ3AA==", "wamid.HBgLMzcwNjAwMDAwMDEVAgARGBJPVVQ3AA==", .sent)])),
        IncomingCase("event-delivered-null-price", .status, .events([receipt(gsID, waID, .delivered)])),
        IncomingCase("event-delivered-time-as-text", .status, .events([receipt(gsID, waID, .delivered)])),
        IncomingCase("event-delivered-time-above", .status, .events([receipt(gsID, waID, .delivered)])),
        IncomingCase("event-delivered-no-time-of-its-own", .status, .events([receipt(gsID, waID, .delivered, at: made)])),
        IncomingCase("event-delivered-empty-ids", .status, .events([receipt(waID, waID, .delivered)])),
        IncomingCase("event-read-number-ids", .status, .events([receipt("90000000000000001", "90000000000000002", .viewed)])),
        IncomingCase(
            "event-sent-user-id", .status,
            .events([
                receipt(gsID, waID, .sent), .person(PersonNotice(person: WhatsAppPerson(phone: .ona, userID: GupshupSample.userID))),
            ])),
        IncomingCase(
            "event-failed-by-gupshup", .status,
            failed(gsID, gsID, .unreachable, "gupshup_1002", "Number Does Not Exist On WhatsApp")),
        IncomingCase(
            "event-failed-by-whatsapp", .status,
            failed(gsID, waID, .unreachable, "meta_131026", "Message Undeliverable.", isVague: true)),
        IncomingCase(
            "event-failed-marketing-limit", .status,
            failed(
                gsID, waID, .reject, "meta_131049", "This message was not delivered to maintain healthy ecosystem engagement.",
                marketingPause: .seconds(86_400))),
        IncomingCase(
            "event-failed-without-id", .status,
            failed(
                gsID, nil, .reject, "gupshup_470",
                "Message failed to send because more than 24 hours have passed since the customer last replied to this number")),
        IncomingCase("event-failed-code-as-text", .status, failed(gsID, waID, .optOut, "gupshup_1012", "Number Opted Out")),
        IncomingCase("event-failed-code-above", .status, failed(gsID, waID, .holdTemplate, "gupshup_4005", "Template paused")),
        IncomingCase("event-failed-code-in-reason", .status, failed(gsID, waID, .reject, "meta_131047", "(#131047) Re-engagement message")),
        IncomingCase(
            "event-failed-no-code", .status, failed(gsID, waID, .reject, "gupshup_failed", "Something went wrong at the operator")),
        IncomingCase("event-failed-bare", .status, failed(gsID, waID, .reject, "gupshup_failed", "Reported as failed.")),
        IncomingCase("event-deleted", .status, .events([])),
        IncomingCase("event-others", .status, .events([])),
        IncomingCase("event-played", .status, .events([])),
        IncomingCase("event-mismatch", .status, .events([alias("5531988888888", "55319988888888")])),
        IncomingCase("event-mismatch-plus", .status, .events([alias("553188888888", "5531988888888")])),
        IncomingCase("event-mismatch-same", .status, .events([])),
        IncomingCase("event-mismatch-bare", .status, .unreadable),
        IncomingCase("event-other-app", .status, .events([])),
        IncomingCase("event-other-app-id", .status, .events([])),
        IncomingCase("event-other-phone", .status, .events([])),
        IncomingCase("event-plus-phone", .status, .events([receipt(gsID, waID, .delivered)])),
        IncomingCase("event-number-phone", .status, .events([receipt(gsID, waID, .delivered)])),
        IncomingCase("event-time-in-text", .status, .events([receipt(gsID, nil, .accepted, at: made)])),
        IncomingCase("event-no-ids", .status, .unreadable),
        IncomingCase("event-no-time", .status, .unreadable),
        IncomingCase("event-long-id", .status, .unreadable),
        IncomingCase("event-no-payload", .status, .unreadable),
        IncomingCase("event-no-type", .status, .unreadable),
        IncomingCase("event-no-outer-type", .status, .unreadable),
        IncomingCase("event-html", .status, .unreadable),
        IncomingCase("event-list", .status, .unreadable),
        IncomingCase("event-onboarding", .status, .events([])),
        IncomingCase("billing", .status, .events([receipt(gsID, waID, .accepted, at: made)])),
        IncomingCase("billing-conversation", .status, .events([receipt(gsID, waID, .accepted, at: made)])),
        IncomingCase("billing-one-id", .status, .events([receipt(waID, waID, .accepted, at: made)])),
        IncomingCase("billing-no-id", .status, .unreadable),
        IncomingCase("passthrough-delivered", .status, .events([])),
        IncomingCase("passthrough-text", .inbound, .events([])),
    ]

    private static func alias(_ known: String, _ dialled: String) -> WebhookEvent {
        .person(PersonNotice(person: WhatsAppPerson(phone: PhoneNumber(digits: dialled)), alias: PhoneNumber(digits: known)))
    }
}
