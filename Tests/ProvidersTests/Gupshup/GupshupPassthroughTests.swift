import Core
import Providers
import Testing
import WhatsApp

/// Version 3, Meta's envelope with Gupshup's ids; and what is kept of a call besides what the cases compare.
@Suite struct GupshupPassthroughTests {
    private let provider = GupshupProvider()

    private func events(_ fixture: String, version: String? = "3") throws -> [WebhookEvent] {
        let line = Line.gupshup(["payload_version": version])
        return try provider.events(from: ProviderCases.gupshup.bytes(fixture), kind: .status, over: line)
    }

    private func receipt(_ fixture: String, version: String? = "3") throws -> Receipt {
        let receipts = try events(fixture, version: version).compactMap { if case .receipt(let receipt) = $0 { receipt } else { nil } }
        return try #require(receipts.first)
    }

    @Test func `both ids are kept`() throws {
        let receipt = try receipt("passthrough-delivered")
        #expect(receipt.providerMessageID == GupshupSample.gsID && receipt.whatsAppMessageID == "wamid.OUT7")
        #expect(receipt.status == .delivered && receipt.occurredAt == GupshupSample.happened)
    }

    @Test func `enqueued means accepted`() throws {
        let receipt = try receipt("passthrough-enqueued")
        #expect(receipt.providerMessageID == GupshupSample.gsID && receipt.status == .accepted)
        #expect(receipt.occurredAt == GupshupSample.made)
    }

    @Test func `a lone id is put in both places`() throws {
        let receipt = try receipt("passthrough-late")
        #expect(receipt.providerMessageID == GupshupSample.waID && receipt.whatsAppMessageID == GupshupSample.waID)
    }

    @Test(arguments: [("passthrough-failed", "meta_131026", true), ("passthrough-failed-by-gupshup", "gupshup_1002", false)])
    func `a failure keeps the meaning of its code`(fixture: String, code: String, isVague: Bool) throws {
        guard case .failed(let failure) = try receipt(fixture).status else {
            Issue.record("it failed")
            return
        }
        #expect(failure.code == code && failure.disposition == .unreachable && failure.isVague == isVague)
    }

    @Test func `a message is read with the message that it quotes`() throws {
        let messages = try events("passthrough-text").compactMap { if case .inbound(let message) = $0 { message } else { nil } }
        let message = try #require(messages.first)
        #expect(message.providerMessageID == "wamid.IN1" && message.text == "Labas" && message.from.phone == .ona)
        #expect(message.quotedProviderMessageID == GupshupSample.gsID)
    }

    @Test(arguments: ["passthrough-probe", "passthrough-other-app", "event-delivered", "inbound-text", "billing"])
    func `the probe, other apps and the other version give nothing`(fixture: String) throws {
        #expect(try events(fixture).isEmpty)
    }

    @Test(arguments: ["event-html", "event-list", "event-no-outer-type"])
    func `what is neither version cannot be read`(fixture: String) {
        #expect(throws: UnreadableWebhook.self) { try events(fixture) }
    }

    @Test(arguments: [nil, "2"])
    func `the second version is the usual one`(version: String?) throws {
        #expect(try receipt("event-delivered", version: version).status == .delivered)
        #expect(try events("passthrough-delivered", version: version).isEmpty)
    }

    @Test func `the price is kept as it came`() throws {
        #expect(try receipt("event-sent", version: nil).pricing == ["policy": "PMP", "category": "marketing"])
        #expect(
            try receipt("billing", version: nil).pricing
                == ["type": "regular", "model": "PMP", "source": "whatsapp", "billable": true, "category": "marketing"])
        #expect(try receipt("event-delivered", version: nil).pricing == nil)
        #expect(try receipt("event-delivered-null-price", version: nil).pricing == nil)
    }

    @Test func `a message and a preference keep the vendor's words`() throws {
        guard case .inbound(let message)? = try events("inbound-location", version: nil).first,
            case .preference(let preference)? = try events("preference-stop", version: nil).first
        else {
            Issue.record("a message and a preference")
            return
        }
        #expect(message.payload["payload"]?["latitude"] == "54.6872" && message.payload["sender"]?["name"] == "Ona")
        #expect(preference.evidence["detail"] == "User requested to stop marketing messages")
    }

    @Test func `a channel that knows no app takes what comes to its address`() throws {
        let line = Line.gupshup(["app_name": nil, "app_id": nil])
        let body = try ProviderCases.gupshup.bytes("event-delivered")
        #expect(try provider.events(from: body, kind: .status, over: line).count == 1)
    }

    @Test func `the same message gives the same request`() throws {
        let message = OutboundMessage.toOna(
            .buttons(ButtonMessage(header: "Order", body: "Keep it?", footer: "Shop", buttons: [ReplyOption(id: "a", title: "A")])))
        let first = try provider.request(for: message, over: .gupshup(), at: GupshupSample.made)
        #expect(try (0..<20).allSatisfy { _ in try provider.request(for: message, over: .gupshup(), at: GupshupSample.made) == first })
    }
}
