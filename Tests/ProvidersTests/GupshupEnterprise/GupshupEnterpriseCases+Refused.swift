import Core
import WhatsApp

extension GupshupEnterpriseCases {
    private static let hello = OutboundContent.text(TextMessage("Hello"))

    private static func unsupported(_ name: String, _ content: OutboundContent) -> OutgoingCase {
        OutgoingCase(name, .toOna(content), .refused(code: "unsupported_kind"))
    }

    static let refused: [OutgoingCase] = [
        unsupported("location", .location(Location(latitude: 54.68, longitude: 25.28))),
        unsupported("contacts", .contacts([ContactCard(name: "Jonas", phones: ["+37060000002"])])),
        unsupported("reaction", .reaction(emoji: "👍", to: id)),
        unsupported(
            "a place above a template", .template("a:b", "lt", ["header": ["type": "location"], "body": "Here."], ["54.68,25.28"])),
        unsupported("a code to copy", .template("a:b", "lt", ["body": "Save.", "buttons": [["type": "copy_code"]]], ["SAVE5"])),
        unsupported(
            "two addresses to fill",
            .template(
                "a:b", "lt",
                [
                    "body": "Choose.",
                    "buttons": [
                        ["type": "url", "text": "A", "url": "https://a.test/{{1}}"],
                        ["type": "url", "text": "B", "url": "https://b.test/{{1}}"],
                    ],
                ], ["1", "2"])),
        OutgoingCase("a quote", .toOna(hello, quotes: id), .refused(code: "unsupported_kind")),
        OutgoingCase(
            "a person without a number",
            OutboundMessage(id: .ours, to: ScopedUserID("LT.90000000000000000001").map(Recipient.user) ?? .phone(.ona), content: hello),
            .refused(code: "unsupported_kind")),
        OutgoingCase("an empty text", .toOna(.text(TextMessage(""))), .refused(code: "invalid_content")),
        OutgoingCase(
            "no two-way account", .toOna(hello), over: .gupshupEnterprise(.gupshupTemplates), .refused(code: "no_two_way_account")),
        OutgoingCase(
            "no account", .toOna(.template("a:b", "lt", ["body": "Hello."])), over: .gupshupEnterprise(Credentials([:])),
            .refused(code: "no_credentials")),
    ]
}
