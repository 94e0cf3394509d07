import Core
import WhatsApp

private let ona = WhatsAppPerson(phone: .ona, name: "Ona")
private let hidden = WhatsAppPerson(phone: nil, userID: .metaOna, name: "@ona.k")
private let nameless = WhatsAppPerson(phone: .ona)
private let both = WhatsAppPerson(phone: .ona, userID: .metaOna, name: "Ona")
private let jonas = WhatsAppPerson(phone: .metaJonas, userID: .metaJonas, name: "Jonas")

private func inbound(
    _ kind: String, _ text: String? = nil, choice: String? = nil, media: InboundMedia? = nil, quoted: String? = nil,
    from person: WhatsAppPerson = ona, id: String = "wamid.IN1", at seconds: Int64 = 1_790_000_000
) -> WebhookEvent {
    .inbound(
        InboundMessage(
            providerMessageID: id, from: person, occurredAt: Timestamp(seconds: seconds), kind: kind, text: text, choice: choice,
            media: media, payload: .null, quotedProviderMessageID: quoted))
}

private func file(_ number: Int, _ type: String, filename: String? = nil) -> InboundMedia {
    InboundMedia(.id("90000000000000\(number)"), type: type, filename: filename)
}

private func row(_ fixture: String, _ events: WebhookEvent...) -> IncomingCase {
    IncomingCase(fixture, .inbound, .events(events))
}

extension MetaCases {
    static let messages: [IncomingCase] = senders + kinds + changes + mixed

    private static let senders: [IncomingCase] = [
        row("inbound-text", inbound("text", "Labas 👋 čiā")),
        row("inbound-nul", inbound("text", "ab")),
        row("inbound-number-time", inbound("text", "Hello")),
        row("inbound-user-id", .person(PersonNotice(person: both)), inbound("text", "Hello", from: both)),
        row("inbound-hidden-number", inbound("text", "Hello", from: hidden)),
        row("inbound-user-id-in-from", inbound("text", "Hello", from: WhatsAppPerson(phone: nil, userID: .metaOna))),
        row("inbound-only-contact", inbound("text", "Hello")),
        IncomingCase("inbound-nobody", .inbound, .unreadable),
        IncomingCase("inbound-no-id", .inbound, .unreadable),
        IncomingCase("inbound-no-type", .inbound, .unreadable),
        row("inbound-group"),
        row("echo"),
        row("echo-user-id"),
        row(
            "inbound-list-reply-user-id", .person(PersonNotice(person: both)),
            inbound("reply", "9:00", choice: "t9", quoted: "wamid.OUT7", from: both)),
        row(
            "inbound-button-hidden-number",
            inbound(
                "button", "Stop", choice: "stop-1", quoted: "wamid.OUT7",
                from: WhatsAppPerson(phone: nil, userID: .metaOna, name: "Ona"))),
        row(
            "inbound-edit-image-user-id", .person(PersonNotice(person: both)),
            inbound("edit", "Better", media: file(1, "image/jpeg"), from: both)),
        row(
            "inbound-reaction-user-id", .person(PersonNotice(person: both)),
            inbound("reaction", "❤️", quoted: "wamid.OUT7", from: both)),
    ]

    private static let kinds: [IncomingCase] = [
        row("inbound-reply-to-ours", inbound("text", "Yes", quoted: "wamid.OUT7")),
        row("inbound-forwarded", inbound("text", "Look")),
        row("inbound-referral", inbound("text", "How much?")),
        row("inbound-image", inbound("image", "Look", media: file(1, "image/jpeg"))),
        row("inbound-video", inbound("video", media: file(2, "video/mp4"))),
        row("inbound-audio", inbound("audio", media: file(3, "audio/ogg; codecs=opus"))),
        row("inbound-voice", inbound("audio", media: file(3, "audio/ogg; codecs=opus"))),
        row("inbound-document", inbound("document", "Here", media: file(4, "application/pdf", filename: "a.pdf"))),
        row("inbound-sticker", inbound("sticker", media: file(5, "image/webp"))),
        row(
            "inbound-media-link-only",
            inbound(
                "image",
                media: InboundMedia(.link("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1"), type: "image/jpeg"))),
        row("inbound-location", inbound("location")),
        row("inbound-contacts", inbound("contacts")),
        row("inbound-reaction", inbound("reaction", "❤️", quoted: "wamid.OUT7")),
        row("inbound-reaction-removed", inbound("reaction", quoted: "wamid.OUT7")),
        row("inbound-button", inbound("button", "Stop", choice: "stop-1", quoted: "wamid.OUT7")),
        row("inbound-button-reply", inbound("reply", "Keep", choice: "keep", quoted: "wamid.OUT7")),
        row("inbound-list-reply", inbound("reply", "9:00", choice: "t9", quoted: "wamid.OUT7")),
        row("inbound-flow-reply", inbound("reply", "Sent")),
        row("inbound-interactive-new", inbound("call_permission_reply")),
        row("inbound-order", inbound("order", "Two please")),
        row("inbound-unsupported", inbound("unsupported")),
        row("inbound-request-welcome", inbound("request_welcome")),
        row("inbound-new-kind", inbound("hologram")),
    ]

    private static let changes: [IncomingCase] = [
        row("inbound-edit", inbound("edit", "Hello again")),
        row("inbound-edit-image", inbound("edit", "Better", media: file(1, "image/jpeg"))),
        row("inbound-revoke", inbound("revoke")),
        row("inbound-identity-changed", inbound("system")),
        row("inbound-number-changed", .person(PersonNotice(person: WhatsAppPerson(phone: .metaOnaLater), formerPhone: .ona))),
        row("inbound-number-changed-old-form", .person(PersonNotice(person: WhatsAppPerson(phone: .metaOnaLater), formerPhone: .ona))),
        row("inbound-number-changed-unsaid", inbound("system")),
        row(
            "inbound-user-id-changed",
            .person(
                PersonNotice(
                    person: WhatsAppPerson(phone: nil, userID: ScopedUserID("LT.90000000000000000002")),
                    formerUserID: ScopedUserID("LT.90000000000000000001")))),
    ]

    private static let mixed: [IncomingCase] = [
        row(
            "inbound-several-people", .person(PersonNotice(person: both)), .person(PersonNotice(person: jonas)),
            inbound("text", "One", from: both), inbound("text", "Two", from: jonas, id: "wamid.IN2", at: 1_790_000_001),
            inbound("text", "Three", from: both, id: "wamid.IN3", at: 1_790_000_002)),
        row("inbound-one-broken", .unreadable("A message has no id that can be read."), inbound("text", "Two")),
        row(
            "inbound-and-status",
            .receipt(
                Receipt(
                    messageID: .ours, providerMessageID: "wamid.OUT7", status: .viewed, occurredAt: Timestamp(seconds: 1_790_000_010))),
            inbound("text", "Yes")),
    ]
}
