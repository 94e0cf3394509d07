import Core
import Providers
import Testing
import WhatsApp

/// What the runner leaves out of the comparison, and bodies that no file holds.
@Suite struct VonageReceiptTests {
    let provider = VonageProvider()

    private func first(_ fixture: String, _ kind: WebhookKind) throws -> WebhookEvent? {
        try provider.events(from: ProviderCases.vonage.bytes(fixture), kind: kind, over: .vonage).first
    }

    @Test(
        arguments: [
            (
                "status-delivered",
                [
                    "usage": ["currency": "EUR", "price": "0.0415"],
                    "pricing": ["type": "regular", "pricing_model": "PMP", "category": "marketing"],
                ]
            ),
            ("status-null-objects", nil), ("status-read", nil),
        ] as [(String, JSONValue?)])
    func `the price is kept as it came`(fixture: String, pricing: JSONValue?) throws {
        guard case .receipt(let receipt)? = try first(fixture, .status) else {
            Issue.record("no receipt")
            return
        }
        #expect(receipt.pricing == pricing)
    }

    @Test(arguments: ["inbound-text", "inbound-order", "inbound-new-kind", "inbound-location", "inbound-referral"])
    func `what a person wrote is kept whole`(fixture: String) throws {
        guard case .inbound(let message)? = try first(fixture, .inbound) else {
            Issue.record("no message")
            return
        }
        #expect(message.payload == (try ProviderCases.vonageJSON(fixture)))
    }

    @Test(arguments: ["", " ", "[]", "null", "1", #""text""#, "{", #"{"channel":"whatsapp"}"#, #"{"channel":7}"#, "\u{FEFF}{}"])
    func `a body that is no payload is unreadable`(body: String) {
        for kind in WebhookKind.allCases {
            #expect(throws: UnreadableWebhook.self) { try provider.events(from: Array(body.utf8), kind: kind, over: .vonage) }
        }
    }
}
