import Core
import Providers
import Testing
import WhatsApp

@Suite struct MetaAcceptanceTests {
    static let contacts: [(String, String?)] = [
        (#"{"input":"5511987654321","wa_id":"551187654321"}"#, "551187654321"),
        (#"{"input":"+55 11 98765-4321","wa_id":"551187654321"}"#, "551187654321"),
        (#"{"input":5511987654321,"wa_id":551187654321}"#, "551187654321"),
        (#"{"input":"37060000001","wa_id":"37060000001"}"#, nil),
        (#"{"input":"+37060000001","wa_id":"37060000001"}"#, nil),
        (#"{"input":"LT.90000000000000000001","wa_id":"37060000001"}"#, nil),
        (#"{"input":"37060000001","wa_id":"LT.90000000000000000001"}"#, nil),
        (#"{"input":"37060000001","user_id":"LT.90000000000000000001"}"#, nil),
        (#"{"wa_id":"37060000001"}"#, nil), ("{}", nil), ("null", nil),
    ]

    @Test(arguments: contacts)
    func `the number that WhatsApp knows is told where it is another`(contact: String, alias: String?) {
        let body = #"{"messaging_product":"whatsapp","contacts":[\#(contact)],"messages":[{"id":"wamid.OUT7"}]}"#
        let expected = Acceptance(providerMessageID: "wamid.OUT7", alias: alias.map(PhoneNumber.metaNumber))
        #expect(MetaProvider().interpret(status: 200, body: Array(body.utf8)) == .accepted(expected))
    }

    @Test func `the same message gives the same request`() throws {
        let message = OutboundMessage.toOna(.text(TextMessage("Hello")))
        let requests = try (0..<2).map { try MetaProvider().request(for: message, over: .meta, at: Timestamp(seconds: $0)) }
        #expect(requests[0] == requests[1])
    }
}

@Suite struct MetaPayloadTests {
    private func events(_ fixture: String) throws -> [WebhookEvent] {
        try MetaProvider().events(from: ProviderCases.meta.bytes(fixture), kind: .status, over: .meta)
    }

    @Test func `the price is kept as it came`() throws {
        guard case .receipt(let receipt)? = try events("status-delivered").first else {
            Issue.record("no receipt")
            return
        }
        #expect(receipt.pricing == ["billable": true, "pricing_model": "PMP", "type": "regular", "category": "marketing"])
    }

    @Test func `a message is kept as it came`() throws {
        guard case .inbound(let message)? = try events("inbound-location").first else {
            Issue.record("no message")
            return
        }
        #expect(message.payload["location"]?["latitude"] == 0 && message.payload["location"]?["name"] == "Office")
    }

    @Test func `a preference keeps Meta's own words`() throws {
        guard case .preference(let preference)? = try events("preference-stop").first else {
            Issue.record("no preference")
            return
        }
        #expect(preference.evidence["detail"] == "User requested to stop")
    }
}
