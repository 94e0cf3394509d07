import Core
import WhatsApp

private func row(_ name: String, _ json: JSONValue, _ values: [String] = [], template: String = "shop:order_ready") -> OutgoingCase {
    OutgoingCase(
        name, .toOna(.template(template, "lt", json, values)), path: "/v25.0/700000000000001/messages", .json("request-template-" + name))
}

extension MetaCases {
    static let templates: [OutgoingCase] = [
        OutgoingCase("no variables", .toOna(.template("shop:sale", "lt", ["body": "Half price."])), .json("request-template")),
        OutgoingCase(
            "another language, and a quote", .toOna(.template("a:b:sale", "en_GB", ["body": "Half price."]), quotes: "wamid.IN1"),
            .json("request-template-language")),
        OutgoingCase(
            "an address without a variable gets no component",
            .toOna(
                .template(
                    "shop:sale", "lt",
                    ["body": "Half price.", "buttons": [["type": "url", "text": "Open", "url": "https://s.example.test/"]]])),
            .json("request-template")),
        row("body", ["body": "Hello {{1}}, order {{2}} is ready."], ["Ona", "A-17"]),
        row("text-header", ["header": "Order {{1}}", "body": "Hello {{1}}, it is ready."], ["Ona", "A-17"]),
        row(
            "image-header", ["header": ["type": "image"], "body": "Hello {{1}}, it is ready."],
            ["Ona", "https://files.example.test/h.jpg"]),
        row("video-header", ["header": ["type": "video"], "body": "It is ready."], ["https://files.example.test/h.mp4?v=2"]),
        row(
            "document-header", ["header": ["type": "document"], "body": "It is ready."],
            ["https://files.example.test/17/invoice.pdf?key=1"]),
        row("document-unnamed", ["header": ["type": "document"], "body": "It is ready."], ["https://files.example.test/17"]),
        row("location-header", ["header": ["type": "location"], "body": "It is ready."], ["54.68, 25.28;Office;Street 1"]),
        row(
            "buttons",
            [
                "body": "Hello {{1}}, it is ready.",
                "buttons": [
                    "Stop", ["type": "url", "text": "Open", "url": "https://s.example.test/o/{{1}}"],
                    ["type": "url", "text": "Shop", "url": "https://s.example.test/"],
                    ["type": "phone", "text": "Call", "number": "+37052000000"],
                ],
            ], ["Ona", "A-17"]),
        row("copy-code", ["body": "Half price.", "buttons": ["Stop", ["type": "copy_code"]]], ["SAVE5"], template: "shop:sale"),
        row(
            "named", ["header": "Order {{order}}", "body": "Hello {{first_name}}, order {{order_id}} is ready."],
            ["Ona", "A-17", "A-17"]),
        row(
            "authentication",
            ["category": "authentication", "body": "*{{1}}* is your code.", "buttons": [["type": "copy_code"]]],
            ["123456", "123456"], template: "shop:login_code"),
        OutgoingCase(
            "to a person of a parent business",
            OutboundMessage(
                id: .ours, to: .user(.metaUser("US.ENT.90000000000000000001")),
                content: .template("shop:order_ready", "lt", ["body": "Hello {{1}}, it is ready."], ["Ona"])),
            .json("request-template-user")),
    ]
}
