import Core
import Testing
import WhatsApp

@testable import Providers

/// Meta's form as Gupshup passes it on in version 3.
@Suite struct MetaPassthroughTests {
    private let line = Line(number: .office, baseURL: "https://api.gupshup.io", credentials: Credentials(["api_key": "k"]))
    private let own = "a1f2c3d4-0000-4000-8000-000000000007"

    private func events(_ fixture: String, _ ownFailure: MetaWebhook.OwnFailure? = nil) throws -> [WebhookEvent] {
        let json = try JSONValue(parsing: ProviderCases.meta.bytes(fixture))
        return try MetaWebhook.events(in: json, for: line, gupshup: true, ownFailure: ownFailure)
    }

    private func receipt(
        _ status: Receipt.Status, _ id: String?, whatsApp: String? = "wamid.OUT7", at milliseconds: Int64 = 1_790_000_010_000
    ) -> WebhookEvent {
        .receipt(
            Receipt(
                messageID: nil, providerMessageID: id, whatsAppMessageID: whatsApp, status: status,
                occurredAt: Timestamp(microseconds: milliseconds * 1000)))
    }

    @Test func `a message is taken with both ids`() throws {
        #expect(try events("gupshup-enqueued") == [receipt(.accepted, own, at: 1_790_000_010_123)])
    }

    @Test func `object and metadata may be missing`() throws {
        #expect(try events("gupshup-delivered") == [receipt(.delivered, own)])
    }

    @Test func `what comes late has one id, which may be either`() throws {
        #expect(try events("gupshup-late-read") == [receipt(.viewed, "wamid.OUT7")])
    }

    @Test func `Meta's code stays Meta's`() throws {
        let failure = SendFailure(.unreachable, code: "meta_131026", summary: "Message undeliverable", isVague: true)
        #expect(try events("gupshup-failed") == [receipt(.failed(failure), own)])
    }

    @Test func `a code of Gupshup's own is Gupshup's to judge`() throws {
        let words = "Number does not exist on WhatsApp"
        let unjudged = SendFailure(.reject, code: "gupshup_1002", summary: words)
        #expect(try events("gupshup-failed-flat") == [receipt(.failed(unjudged), own, whatsApp: nil)])
        let judged = SendFailure(.unreachable, code: "gupshup_1002", summary: words)
        let read = try events("gupshup-failed-flat") { SendFailure(.unreachable, code: "gupshup_\($0)", summary: $1) }
        #expect(read == [receipt(.failed(judged), own, whatsApp: nil)])
    }

    @Test func `a failure may be silent`() throws {
        let failure = SendFailure(.reject, code: "gupshup_failed", summary: "Reported as failed.")
        #expect(try events("gupshup-failed-silent") == [receipt(.failed(failure), own)])
    }

    @Test(arguments: ["gupshup-probe", "gupshup-other-number", "other-product", "empty-entry"])
    func `a probe and what is for others give nothing`(fixture: String) throws {
        #expect(try events(fixture).isEmpty)
    }

    @Test func `a file is named by its link, a quote by Gupshup's id`() throws {
        guard case .inbound(let message)? = try events("gupshup-inbound").first else {
            Issue.record("no message")
            return
        }
        #expect(message.media == InboundMedia(.link("https://filemanager.gupshup.io/wa/1"), type: "image/jpeg"))
        #expect(message.quotedProviderMessageID == own && message.from == WhatsAppPerson(phone: .ona, name: "Ona"))
    }

    @Test func `a reaction quotes WhatsApp's id`() throws {
        guard case .inbound(let message)? = try events("gupshup-reaction").first else {
            Issue.record("no message")
            return
        }
        #expect(message.quotedProviderMessageID == "wamid.OUT7" && message.text == "👍")
    }

    @Test func `Meta itself sends no such thing`() throws {
        let json = try JSONValue(parsing: ProviderCases.meta.bytes("gupshup-enqueued"))
        #expect(try MetaWebhook.events(in: json, for: .meta, gupshup: false).isEmpty)
        #expect(throws: UnreadableWebhook.self) {
            let bare = try JSONValue(parsing: ProviderCases.meta.bytes("gupshup-delivered"))
            return try MetaWebhook.events(in: bare, for: .meta, gupshup: false)
        }
    }
}
