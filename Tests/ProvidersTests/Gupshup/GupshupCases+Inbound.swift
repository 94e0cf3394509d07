import Core
import WhatsApp

extension ProviderCases {
    private static let ona = WhatsAppPerson(phone: .ona, name: "Ona")

    private static func inbound(
        _ kind: String, text: String? = nil, choice: String? = nil, media: InboundMedia? = nil, quotes: String? = nil,
        from person: WhatsAppPerson = ona
    ) -> IncomingCase.Expected {
        .events([
            .inbound(
                InboundMessage(
                    providerMessageID: "wamid.IN1", from: person, occurredAt: GupshupSample.made, kind: kind, text: text, choice: choice,
                    media: media, payload: .null, quotedProviderMessageID: quotes))
        ])
    }

    private static func file(_ end: String, _ type: String, name: String? = nil) -> InboundMedia {
        InboundMedia(.link("https://filemanager.gupshup.io/wa/" + end), type: type, filename: name)
    }

    static let gupshupInbound: [IncomingCase] = [
        IncomingCase("inbound-text", .inbound, inbound("text", text: "Labas")),
        IncomingCase("inbound-text-quote", .inbound, inbound("text", text: "Yes, please", quotes: GupshupSample.gsID)),
        IncomingCase("inbound-text-quote-one-id", .inbound, inbound("text", text: "Yes, please", quotes: GupshupSample.waID)),
        IncomingCase("inbound-text-nul", .inbound, inbound("text", text: "ab")),
        IncomingCase("inbound-text-number", .status, inbound("text", text: "12345")),
        IncomingCase(
            "inbound-image", .inbound,
            inbound("image", text: "Look", media: file("11111111-0000-4000-8000-000000000001/wa/media/1?download=false", "image/jpeg"))),
        IncomingCase("inbound-image-no-url", .inbound, inbound("image", text: "Look")),
        IncomingCase("inbound-video", .inbound, inbound("video", media: file("1/video", "video/mp4"))),
        IncomingCase("inbound-audio", .inbound, inbound("audio", media: file("1/audio", "audio/ogg; codecs=opus"))),
        IncomingCase("inbound-sticker", .inbound, inbound("sticker", media: file("1/sticker", "image/webp"))),
        IncomingCase(
            "inbound-file", .inbound, inbound("document", text: "My order", media: file("1/file", "application/pdf", name: "order.pdf"))),
        IncomingCase("inbound-location", .inbound, inbound("location")),
        IncomingCase("inbound-contact", .inbound, inbound("contacts")),
        IncomingCase("inbound-button-reply", .inbound, inbound("reply", text: "Keep", choice: "keep", quotes: GupshupSample.gsID)),
        IncomingCase("inbound-button-reply-no-payload", .inbound, inbound("reply", text: "Keep", quotes: GupshupSample.gsID)),
        IncomingCase("inbound-list-reply", .inbound, inbound("reply", text: "9:00", choice: "t9", quotes: GupshupSample.gsID)),
        IncomingCase("inbound-quick-reply-session", .inbound, inbound("reply", text: "Keep", choice: "keep", quotes: GupshupSample.gsID)),
        IncomingCase("inbound-template-tap", .inbound, inbound("button", text: "Stop", choice: "camp:9|stop", quotes: GupshupSample.gsID)),
        IncomingCase("inbound-template-tap-as-text", .inbound, inbound("button", text: "Stop", quotes: GupshupSample.gsID)),
        IncomingCase("inbound-template-tap-bare", .inbound, inbound("button", text: "Stop", quotes: GupshupSample.gsID)),
        IncomingCase("inbound-template-tap-nulls", .inbound, inbound("button", text: "Stop", quotes: GupshupSample.waID)),
        IncomingCase(
            "inbound-button-reply-no-title", .inbound, inbound("reply", text: "Keep 0", choice: "keep", quotes: GupshupSample.gsID)),
        IncomingCase("inbound-reaction", .inbound, inbound("reaction", text: "👍", quotes: GupshupSample.gsID)),
        IncomingCase("inbound-reaction-own-id", .inbound, inbound("reaction", text: "👍", quotes: GupshupSample.waID)),
        IncomingCase("inbound-new-kind", .inbound, inbound("order")),
        IncomingCase("inbound-number-source", .inbound, inbound("text", text: "Labas", from: WhatsAppPerson(phone: .ona))),
        IncomingCase("inbound-plus-source", .inbound, inbound("text", text: "Labas")),
        IncomingCase(
            "inbound-hidden-number", .inbound,
            inbound("text", text: "Labas", from: WhatsAppPerson(phone: nil, userID: GupshupSample.userID, name: "Ona"))),
        IncomingCase(
            "inbound-user-id", .inbound,
            inbound("text", text: "Labas", from: WhatsAppPerson(phone: .ona, userID: GupshupSample.userID, name: "Ona"))),
        IncomingCase("inbound-no-sender", .inbound, .unreadable),
        IncomingCase("inbound-no-id", .inbound, .unreadable),
        IncomingCase("inbound-no-kind", .inbound, .unreadable),
        IncomingCase("inbound-no-time", .inbound, .unreadable),
        IncomingCase("inbound-long-id", .inbound, .unreadable),
    ]
}
