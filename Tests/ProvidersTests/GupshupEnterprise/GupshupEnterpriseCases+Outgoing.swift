import Core
import WhatsApp

extension GupshupEnterpriseCases {
    private static let file = "https://files.example.test/a.pdf"

    private static func sent(
        _ name: String, _ content: OutboundContent, over line: Line? = nil, _ account: [String: String], _ fields: [String: String]
    ) -> OutgoingCase {
        let common = ["auth_scheme": "plain", "v": "1.1", "format": "json", "send_to": "37060000001", "extra": "7654321098765432"]
        return OutgoingCase(
            name, .toOna(content), over: line, path: "/GatewayAPI/rest", headers: ["content-type": "application/x-www-form-urlencoded"],
            .form(common.merging(account) { $1 }.merging(fields) { $1 }))
    }

    private static func template(
        _ name: String, _ json: JSONValue, _ values: [String], over line: Line? = nil, _ fields: [String: String]
    ) -> OutgoingCase {
        let account = ["userid": "2000000001", "password": "hsm&pass=1%", "isHSM": "true"]
        return sent(name, .template("shop:order_ready", "lt", json, values), over: line, account, fields)
    }

    private static func free(_ name: String, _ content: OutboundContent, _ fields: [String: String]) -> OutgoingCase {
        sent(name, content, ["userid": "2000000002", "password": "two+way2%"], fields)
    }

    static let templates: [OutgoingCase] = [
        template(
            "a text with variables", ["body": "Labas {{1}}, užsakymas {{2}}  paruoštas.\n🙂"], ["Ona", "A-17 & 18"],
            ["method": "SendMessage", "msg_type": "TEXT", "msg": "Labas Ona, užsakymas A-17 & 18  paruoštas.\n🙂"]),
        template(
            "named variables", ["body": "Labas {{first_name}}."], ["Ona"],
            ["method": "SendMessage", "msg_type": "TEXT", "msg": "Labas Ona."]),
        template(
            "header and footer", ["header": "Order {{1}}", "body": "It is ready.", "footer": "Shop"], ["A-17"],
            [
                "method": "SendMessage", "msg_type": "TEXT", "msg": "It is ready.", "header": "Order A-17", "footer": "Shop",
                "isTemplate": "true",
            ]),
        template(
            "quick replies", ["body": "Keep it?", "buttons": ["Yes", "No"]], [],
            ["method": "SendMessage", "msg_type": "TEXT", "msg": "Keep it?", "isTemplate": "true"]),
        template(
            "an address to fill",
            ["body": "Track {{1}} here.", "buttons": [["type": "url", "text": "Track", "url": "https://a.test/{{1}}"]]],
            ["A-17", "a/17?x=1"],
            ["method": "SendMessage", "msg_type": "TEXT", "msg": "Track A-17 here.", "isTemplate": "true", "buttonUrlParam": "a/17?x=1"]),
        template(
            "fixed address and number",
            [
                "body": "Call us.",
                "buttons": [
                    ["type": "url", "text": "Open", "url": "https://a.test/"], ["type": "phone", "text": "Call", "number": "+37052000000"],
                ],
            ], [], ["method": "SendMessage", "msg_type": "TEXT", "msg": "Call us.", "isTemplate": "true"]),
        template(
            "a document above", ["header": ["type": "document"], "body": "Bill of {{1}}.", "footer": "Shop"], ["May", file],
            [
                "method": "SendMediaMessage", "msg_type": "DOCUMENT", "media_url": file, "caption": "Bill of May.", "footer": "Shop",
                "isTemplate": "true",
            ]),
        template(
            "an image above, templates only", ["header": ["type": "image"], "body": "Look."], [file],
            over: .gupshupEnterprise(.gupshupTemplates, baseURL: "https://gateway.example.test/twin"),
            ["method": "SendMediaMessage", "msg_type": "IMAGE", "media_url": file, "caption": "Look.", "isTemplate": "true"]),
    ]

    static let freeForm: [OutgoingCase] = [
        free("text", .text(TextMessage("Labas & ačiū +1")), ["method": "SendMessage", "msg_type": "DATA_TEXT", "msg": "Labas & ačiū +1"]),
        free(
            "image", .media(MediaMessage(.image, link: file, caption: "Look")),
            ["method": "SendMediaMessage", "msg_type": "IMAGE", "media_url": file, "caption": "Look", "isHSM": "false"]),
        free(
            "document", .media(MediaMessage(.document, link: file, filename: "a.pdf")),
            ["method": "SendMediaMessage", "msg_type": "DOCUMENT", "media_url": file, "filename": "a.pdf", "isHSM": "false"]),
        free(
            "sticker", .media(MediaMessage(.sticker, link: file)),
            ["method": "SendMediaMessage", "msg_type": "STICKER", "media_url": file, "isHSM": "false"]),
        free(
            "audio", .media(MediaMessage(.audio, link: file)),
            ["method": "SendMediaMessage", "msg_type": "AUDIO", "media_url": file, "isHSM": "false"]),
        free(
            "video", .media(MediaMessage(.video, link: file)),
            ["method": "SendMediaMessage", "msg_type": "VIDEO", "media_url": file, "isHSM": "false"]),
        free(
            "buttons",
            .buttons(ButtonMessage(header: "Order", body: "Keep it?", footer: "Shop", buttons: [ReplyOption(id: "keep", title: "Keep")])),
            [
                "method": "SendMessage", "msg_type": "DATA_TEXT", "msg": "Keep it?", "header": "Order", "footer": "Shop",
                "interactive_type": "dr_button", "action": #"{"buttons":[{"type":"reply","reply":{"id":"keep","title":"Keep"}}]}"#,
            ]),
        free(
            "list",
            .list(
                ListMessage(
                    body: "When?", button: "Times",
                    sections: [
                        ListMessage.Section(
                            title: "Today",
                            rows: [ReplyOption(id: "t9", title: "9:00", detail: "Morning"), ReplyOption(id: "t12", title: "12:00")])
                    ])),
            [
                "method": "SendMessage", "msg_type": "DATA_TEXT", "msg": "When?", "interactive_type": "list",
                "action": """
                {"button":"Times","sections":[{"title":"Today","rows":[
                {"id":"t9","title":"9:00","description":"Morning"},{"id":"t12","title":"12:00"}]}]}
                """,
            ]),
    ]
}
