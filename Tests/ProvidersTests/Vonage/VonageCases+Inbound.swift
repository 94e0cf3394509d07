import Core
import WhatsApp

extension VonageCases {
    static let inbound = texts + taps + files + others + unread

    private static let ona = WhatsAppPerson(phone: .ona, userID: .ona, name: "Ona")

    private static func message(
        _ fixture: String, _ kind: String, text: String? = nil, choice: String? = nil, media: InboundMedia? = nil,
        from person: WhatsAppPerson = ona, quoted: String? = nil, address: WebhookKind = .inbound
    ) -> IncomingCase {
        let message = InboundMessage(
            providerMessageID: "77777777-bbbb-4ccc-8ddd-0123456789ab", from: person, occurredAt: ten + .seconds(60), kind: kind,
            text: text, choice: choice, media: media, payload: .null, quotedProviderMessageID: quoted)
        return IncomingCase("inbound-" + fixture, address, .events([.inbound(message)]))
    }

    private static let texts: [IncomingCase] = [
        message("text", "text", text: "Labas 👋 \"yes\"\nplease"),
        message("text", "text", text: "Labas 👋 \"yes\"\nplease", address: .status),
        message("quote", "text", text: "Yes", quoted: uuid),
        message("quote-unavailable", "text", text: "Yes"),
        message("referral", "text", text: "Is it still there?", from: WhatsAppPerson(phone: .ona, name: "Ona")),
        message("user-id", "text", text: "Hi", from: WhatsAppPerson(phone: .ona, userID: .ona, name: "Ona")),
        message("hidden-number", "text", text: "Hi", from: WhatsAppPerson(phone: nil, userID: .ona, name: "Ona")),
        message("no-from", "text", text: "Hi"),
        message("number-from", "text", text: "Hi"),
        message("plus-from", "text", text: "Hi"),
        message("plus-to", "text", text: "Hi"),
        message("milliseconds", "text", text: "Hi"),
        message("bare", "text", from: WhatsAppPerson(phone: .ona)),
        message("nul", "text", text: "ab", from: WhatsAppPerson(phone: .ona)),
    ]

    private static let taps: [IncomingCase] = [
        message("button", "button", text: "Stop", choice: "camp:9|stop", quoted: uuid),
        message("button-flow", "button", text: "Send", choice: #"{"answers":{"a":1},"flow_token":"t"}"#, quoted: uuid),
        message("reply", "reply", text: "9:00", choice: "t9"),
        message("reply-button", "reply", text: "Keep", choice: "keep", quoted: uuid),
        message("reply-number-id", "reply", text: "Seventeen", choice: "17"),
        message("reaction", "reaction", text: "👍", quoted: uuid),
        message("reaction-back", "reaction", quoted: uuid),
    ]

    private static func file(_ name: String? = nil) -> InboundMedia {
        InboundMedia(.link("https://api-eu.vonage.com/v3/media/1b456509-974c-458b-aafa-45fc48a4d976"), filename: name)
    }

    private static let files: [IncomingCase] = [
        message("image", "image", text: "look", media: file("a.jpg")),
        message("image-no-url", "image", text: "look"),
        message("video", "video", text: "see this", media: file()),
        message("audio", "audio", media: file()),
        message("file", "document", text: "My CV", media: file("cv.pdf")),
        message("file-bare", "document", media: file()),
        message("sticker", "sticker", media: file()),
        message("vcard", "contacts", media: file("Jonas.vcf")),
        message("contact", "contacts", media: file()),
    ]

    private static let others: [IncomingCase] = [
        message("location", "location"),
        message("order", "order"),
        message("unsupported", "unsupported"),
        message("new-kind", "hologram"),
        IncomingCase("inbound-sms", .inbound, .events([])),
        IncomingCase("inbound-other-number", .inbound, .events([])),
    ]

    private static let unread = [
        "inbound-no-id", "inbound-long-id", "inbound-nobody", "inbound-nameless-sender", "inbound-no-kind", "inbound-no-time",
        "status-no-status",
    ].map { IncomingCase($0, .inbound, .unreadable) }
}
