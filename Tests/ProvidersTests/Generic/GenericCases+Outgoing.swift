import Core
import WhatsApp

extension GenericCases {
    private static let file = "https://files.example.test/a.pdf"
    private static let basic = "Basic d2hpbWJyZWw6cGE6c3MrMQ=="

    private static func sent(_ fixture: String, _ content: OutboundContent) -> OutgoingCase {
        OutgoingCase(
            fixture, .toOna(content), path: "/v1/whatsapp", headers: ["authorization": basic, "content-type": "application/json"],
            .json("request-" + fixture))
    }

    private static func template(_ fixture: String, _ json: JSONValue, _ values: [String] = []) -> OutgoingCase {
        sent(fixture, .template("Shop:order_ready", "lt", json, values))
    }

    private static func media(_ kind: String) -> JSONValue { ["header": ["type": .string(kind)], "body": "Look."] }

    static let templates: [OutgoingCase] = [
        template("template", ["body": "Labas {{1}}, užsakymas {{2}} paruoštas."], ["Ona", "A-17"]),
        template("template-plain", ["body": "Labas."]),
        template("template-named", ["body": "Labas {{first_name}}."], ["Ona"]),
        template("template-frame", ["header": "Order {{1}}", "body": "It is ready.", "footer": "Shop"], ["A-17"]),
        template("template-title", ["header": "News", "body": "Hello."]),
        template("template-image", media("image"), [file]), template("template-video", media("video"), [file]),
        template("template-document", media("document"), [file]),
        template("template-location", ["header": ["type": "location"], "body": "Here."], ["54.68,25.28;Office;Street 1"]),
        template(
            "template-buttons",
            [
                "body": "Choose {{1}} now.",
                "buttons": [
                    ["type": "url", "text": "Track", "url": "https://a.test/{{1}}"],
                    ["type": "url", "text": "Open", "url": "https://a.test/"],
                    ["type": "phone", "text": "Call", "number": "+37052000000"], ["type": "copy_code"], "Stop",
                ],
            ], ["one", "a/17", "SAVE5"]),
    ]

    static let freeForm: [OutgoingCase] = [
        sent("text", .text(TextMessage("Labas 🙂"))),
        sent("image", .media(MediaMessage(.image, link: file, caption: "Look"))),
        sent("video", .media(MediaMessage(.video, link: file))),
        sent("audio", .media(MediaMessage(.audio, link: file))),
        sent("document", .media(MediaMessage(.document, link: file, caption: "Bill", filename: "a.pdf"))),
        sent("location", .location(Location(latitude: 54.68, longitude: 25.28, name: "Office"))),
        OutgoingCase(
            "text with a header of its own", .toOna(.text(TextMessage("Labas 🙂"))), over: .generic(.genericHeader),
            headers: ["x-api-key": "Key a1b2c3"], .json("request-text")),
    ]
}

extension GenericCases {
    private static let hello = OutboundContent.text(TextMessage("Hello"))
    private static let yes = [ReplyOption(id: "yes", title: "Yes")]

    static let refused: [OutgoingCase] =
        [
            ("sticker", OutboundContent.media(MediaMessage(.sticker, link: file))),
            ("contacts", .contacts([ContactCard(name: "Jonas", phones: ["+37060000002"])])),
            ("reaction", .reaction(emoji: "👍", to: id)),
            ("buttons", .buttons(ButtonMessage(body: "Keep it?", buttons: yes))),
            ("list", .list(ListMessage(body: "Keep it?", button: "Choose", sections: [ListMessage.Section(rows: yes)]))),
        ].map { OutgoingCase($0.0, .toOna($0.1), .refused(code: "unsupported_kind")) }
        + [
            OutgoingCase("a quote", .toOna(hello, quotes: id), .refused(code: "unsupported_kind")),
            OutgoingCase(
                "a person without a number",
                OutboundMessage(id: .ours, to: ScopedUserID("LT.90000000000000000001").map(Recipient.user) ?? .phone(.ona), content: hello),
                .refused(code: "unsupported_kind")),
            OutgoingCase("an empty text", .toOna(.text(TextMessage(""))), .refused(code: "invalid_content")),
            OutgoingCase("no credentials", .toOna(hello), over: .generic(Credentials([:])), .refused(code: "no_credentials")),
            OutgoingCase(
                "a header that ends early", .toOna(hello),
                over: .generic(Credentials(["header_name": "X-Api-Key", "header_value": "a\r\nHost: evil"])),
                .refused(code: "no_credentials")),
        ]
}
