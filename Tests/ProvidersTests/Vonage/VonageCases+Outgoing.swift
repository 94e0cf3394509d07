import Core
import WhatsApp

extension VonageCases {
    static let outgoing: [OutgoingCase] = freeForm + templates + refused

    private static let basic = "Basic YTFiMmMzZDQ6czNjcmV0LXMzY3JldA=="

    private static func sent(_ fixture: String, _ message: OutboundMessage) -> OutgoingCase {
        let headers = ["authorization": basic, "content-type": "application/json", "accept": "application/json"]
        return OutgoingCase(fixture, message, path: "/v1/messages", headers: headers, .json("request-" + fixture))
    }

    private static func sent(_ fixture: String, _ content: OutboundContent, quotes: String? = nil) -> OutgoingCase {
        sent(fixture, .toOna(content, quotes: quotes))
    }

    private static func media(_ kind: MediaMessage.Kind, _ ending: String, caption: String? = nil, filename: String? = nil)
        -> OutboundContent
    {
        .media(MediaMessage(kind, link: "https://files.example.test/a.\(ending)", caption: caption, filename: filename))
    }

    private static let freeForm: [OutgoingCase] = [
        sent("text", .text(TextMessage("Labas 👋 \"Ona\"\nkaip sekasi?"))),
        sent("text-quote", .text(TextMessage("Yes, it is.")), quotes: uuid),
        sent("text-user-id", OutboundMessage(id: .ours, to: .user(.ona), content: .text(TextMessage("Hello")))),
        sent("text-preview", .text(TextMessage("See https://shop.example.test/a", previewsLinks: true))),
        sent("image", media(.image, "jpg", caption: "The new shop")),
        sent("image-bare", media(.image, "jpg")),
        sent("video", media(.video, "mp4", caption: "How it works")),
        sent("audio", media(.audio, "ogg")),
        sent("file", media(.document, "pdf", caption: "Invoice", filename: "invoice-17.pdf")),
        sent("sticker", media(.sticker, "webp"), quotes: uuid),
        sent("reaction", .reaction(emoji: "👍", to: uuid)),
        sent("reaction-back", .reaction(emoji: nil, to: uuid)),
        sent("location", .location(Location(latitude: 54.68, longitude: 25.28, name: "Office", address: "Street 1"))),
        sent("location-bare", .location(Location(latitude: 0, longitude: -25.5)), quotes: uuid),
        sent("contacts", .contacts([ContactCard(name: "Jonas Petraitis", phones: ["+37060000002", "+37060000003"])])),
        sent(
            "buttons",
            .buttons(
                ButtonMessage(
                    header: "Order", body: "Keep it?", footer: "Shop",
                    buttons: [ReplyOption(id: "keep", title: "Keep"), ReplyOption(id: "cancel", title: "Cancel")])), quotes: uuid),
        sent(
            "list",
            .list(
                ListMessage(
                    body: "Pick a time", button: "Times",
                    sections: [
                        ListMessage.Section(title: "Today", rows: [ReplyOption(id: "t9", title: "9:00", detail: "Morning")]),
                        ListMessage.Section(title: "Tomorrow", rows: [ReplyOption(id: "m9", title: "9:00")]),
                    ]))),
    ]

    private static let ready: JSONValue = ["body": "Hello {{1}}, it is ready."]

    private static let templates: [OutgoingCase] = [
        sent("no-variables", .template("whatsapp:hsm:technology:nexmo:verify", "en-GB", ["body": "Hello."])),
        sent(
            "two-variables",
            .template("1a2b_ns:order_ready", "lt", ["body": "Hello {{1}}, order {{2}} is ready."], ["Ona", "A-17 \"big\" ąž"])),
        sent(
            "fixed-parts",
            .template(
                "1a2b_ns:order_ready", "lt",
                [
                    "header": "Ready", "body": "Hello {{1}}, it is ready.", "footer": "Shop",
                    "buttons": ["Stop", ["type": "url", "text": "Open", "url": "https://shop.example.test/"]],
                ], ["Ona"])),
        sent(
            "template-user-id",
            OutboundMessage(
                id: .ours, to: .user(.ona), content: .template("1a2b_ns:order_ready", "pt_BR", ready, ["Ona"]), quotes: uuid)),
        sent(
            "header-text",
            .template("1a2b_ns:order_ready", "lt", ["header": "Order {{1}}", "body": "Hello {{1}}, it is ready."], ["Ona", "A-17"])),
        sent(
            "header-image",
            .template(
                "1a2b_ns:sale", "en-GB", ["header": ["type": "image"], "body": "Hello {{1}}, look."],
                ["Ona", "https://files.example.test/h.jpg"])),
        sent(
            "header-video",
            .template("1a2b_ns:sale", "lt", ["header": ["type": "video"], "body": "Look."], ["https://files.example.test/h.mp4"])),
        sent(
            "header-document",
            .template(
                "1a2b_ns:invoice", "lt", ["header": ["type": "document"], "body": "Hello {{1}}, pay."],
                ["Ona", "https://files.example.test/i/invoice-17.pdf"])),
        sent(
            "header-location",
            .template("1a2b_ns:pick_up", "lt", ["header": ["type": "location"], "body": "Come here."], ["54.68,25.28;Office;Street 1"])),
        sent(
            "button-url",
            .template(
                "1a2b_ns:order_ready", "lt",
                [
                    "body": "Hello {{1}}, it is ready.",
                    "buttons": ["Stop", ["type": "url", "text": "Open", "url": "https://shop.example.test/o/{{1}}"]],
                ], ["Ona", "A-17"])),
        sent("button-code", .template("1a2b_ns:sale", "lt", ["body": "Take it.", "buttons": [["type": "copy_code"]]], ["SAVE5"])),
        sent("named", .template("1a2b_ns:welcome", "lt", ["body": "Hello {{first_name}} of {{city}}."], ["Ona", "Vilnius"])),
        sent(
            "authentication",
            .template(
                "1a2b_ns:sign_in", "lt",
                ["category": "authentication", "body": "{{1}} is your code.", "buttons": [["type": "copy_code"]]],
                ["123456", "123456"])),
    ]

    private static func refusal(_ name: String, _ content: OutboundContent, over credentials: Credentials = .vonage, _ code: String)
        -> OutgoingCase
    {
        OutgoingCase(name, .toOna(content), over: .vonage(credentials), .refused(code: code))
    }

    private static let hello = OutboundContent.text(TextMessage("Hello"))

    private static let refused: [OutgoingCase] = [
        refusal("nothing to sign in with", hello, over: Credentials([:]), "no_credentials"),
        refusal("half of the account's pair", hello, over: Credentials(["api_key": "a1b2c3d4"]), "no_credentials"),
        refusal("half of the application's pair", hello, over: Credentials(["private_key": VonageKeys.pkcs8]), "no_credentials"),
        refusal(
            "a key that is none", hello, over: Credentials(["application_id": VonageToken.application, "private_key": "secret"]),
            "no_credentials"),
        refusal("an empty text", .text(TextMessage("")), "invalid_content"),
        refusal("a file that is not on the web", .media(MediaMessage(.image, link: "file:///etc/passwd")), "invalid_content"),
        refusal("a value too few", .template("1a2b_ns:order_ready", "lt", ready), "invalid_content"),
        refusal("a reaction to nothing", .reaction(emoji: "👍", to: ""), "invalid_content"),
    ]
}
