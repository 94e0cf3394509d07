import Core
import WhatsApp

extension ProviderCases {
    private static func template(
        _ name: String, _ json: JSONValue, _ values: [String] = [], params: String, message: String? = nil
    ) -> OutgoingCase {
        var fields = [
            "channel": "whatsapp", "source": "37052000000", "destination": "37060000001", "src.name": "MyShop",
            "template": #"{"id":"\#(GupshupSample.template)","params":\#(params)}"#,
        ]
        fields["message"] = message
        return OutgoingCase(
            name, .toOna(.template("shop:order_ready", "lt", json, values, providerID: GupshupSample.template)),
            path: "/wa/api/v1/template/msg",
            headers: ["apikey": GupshupSample.key, "content-type": "application/x-www-form-urlencoded"], .form(fields))
    }

    static let gupshupTemplates: [OutgoingCase] = [
        template("a template without variables", ["body": "Hello."], params: "[]"),
        template(
            "a template with two", ["body": "Hello {{1}}, your ticket number is {{2}}."], ["Ona", "A-17"], params: #"["Ona","A-17"]"#),
        template(
            "a template that turns its variables round", ["body": "No. {{2}} is yours, {{1}}."], ["Ona", "A-17"],
            params: #"["Ona","A-17"]"#),
        template(
            "a template with named variables", ["body": "Hello {{first_name}}, {{ticket}} is ready."], ["Ona", "A-17"],
            params: #"["Ona","A-17"]"#),
        template(
            "header, body and buttons in the order in which they stand",
            [
                "header": "Order {{1}}", "body": "Hello {{1}}, it is {{2}}.",
                "buttons": [
                    "Stop", ["type": "url", "text": "Open", "url": "https://s.example.test/{{1}}"],
                    ["type": "copy_code", "text": "Copy code"], ["type": "phone", "text": "Call", "number": "+37052000000"],
                ],
            ],
            ["Ona", "ready", "A-17", "o/17", "SAVE5"], params: #"["A-17","Ona","ready","o/17","SAVE5"]"#),
        template(
            "a header without a variable", ["header": "Order", "body": "Hello {{1}}."], ["Ona"], params: #"["Ona"]"#),
        template(
            "an image above", ["header": ["type": "image"], "body": "Hello {{1}}."], ["Ona", "https://files.example.test/h.jpg"],
            params: #"["Ona"]"#, message: #"{"type":"image","image":{"link":"https://files.example.test/h.jpg"}}"#),
        template(
            "a video above", ["header": ["type": "video"], "body": "Hello."], ["https://files.example.test/h.mp4"], params: "[]",
            message: #"{"type":"video","video":{"link":"https://files.example.test/h.mp4"}}"#),
        template(
            "a document above", ["header": ["type": "document"], "body": "Hello."], ["https://files.example.test/in/order.pdf?v=2"],
            params: "[]",
            message: #"{"type":"document","document":{"link":"https://files.example.test/in/order.pdf?v=2","filename":"order.pdf"}}"#),
        template(
            "a document whose address ends without a name", ["header": ["type": "document"], "body": "Hello."],
            ["https://files.example.test/"], params: "[]",
            message: #"{"type":"document","document":{"link":"https://files.example.test/"}}"#),
        template(
            "a place above", ["header": ["type": "location"], "body": "Hello {{1}}."], ["Ona", "54.68,25.28;Office;Street 1"],
            params: #"["Ona"]"#,
            message: """
                {"type":"location","location":{"latitude":54.68,"longitude":25.28,"name":"Office","address":"Street 1"}}
                """),
    ]

    private static func refused(
        _ name: String, _ content: OutboundContent, quotes: String? = nil, over line: Line? = nil, as code: String
    ) -> OutgoingCase {
        OutgoingCase(name, .toOna(content, quotes: quotes), over: line, .refused(code: code))
    }

    static let gupshupRefused: [OutgoingCase] = [
        refused("contacts", .contacts([ContactCard(name: "Ona", phones: ["+37060000001"])]), as: "unsupported_kind"),
        refused(
            "a list with a footer",
            .list(ListMessage(body: "Pick", footer: "Shop", button: "Open", sections: [.init(rows: [ReplyOption(id: "a", title: "A")])])),
            as: "unsupported_kind"),
        refused("a reaction that quotes", .reaction(emoji: "👍", to: "wamid.IN1"), quotes: "wamid.IN1", as: "unsupported_kind"),
        refused(
            "a template that quotes", .template("shop:hello", "lt", ["body": "Hello."], providerID: GupshupSample.template),
            quotes: "wamid.IN1",
            as: "unsupported_kind"),
        refused("a template whose id is not known", .template("shop:hello", "lt", ["body": "Hello."]), as: "template_not_synced"),
        refused(
            "a template whose id is empty", .template("shop:hello", "lt", ["body": "Hello."], providerID: ""), as: "template_not_synced"),
        refused(
            "a template with a value too few", .template("shop:hello", "lt", ["body": "Hello {{1}}."], providerID: GupshupSample.template),
            as: "invalid_content"),
        refused("an empty text", .text(TextMessage("")), as: "invalid_content"),
        refused("no key", .text(TextMessage("Labas")), over: .gupshup(["api_key": nil]), as: "no_credentials"),
        refused("no app", .text(TextMessage("Labas")), over: .gupshup(["app_name": nil]), as: "no_credentials"),
        OutgoingCase(
            "a person without a number",
            OutboundMessage(id: .ours, to: GupshupSample.userID.map { .user($0) } ?? .phone(.ona), content: .text(TextMessage("Labas"))),
            .refused(code: "unsupported_kind")),
    ]
}
