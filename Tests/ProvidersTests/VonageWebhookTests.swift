import Core
import Providers
import Testing
import WhatsApp

/// What one payload should give.
struct IncomingCase: CustomTestStringConvertible, Sendable {
    var fixture: String
    var kind: WebhookKind
    var events: [WebhookEvent]
    var testDescription: String { fixture }
}

private let reference = MessageID(rawValue: 7_654_321_098_765_432)
private let tenOClock = Timestamp(seconds: 1_793_613_600)
private let uuid = "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab"

private func status(
    _ fixture: String, _ status: Receipt.Status, reference: MessageID? = reference, id: String? = uuid, at time: Timestamp = tenOClock
) -> IncomingCase {
    let receipt = Receipt(messageID: reference, providerMessageID: id, status: status, occurredAt: time)
    return IncomingCase(fixture: "status-" + fixture, kind: .status, events: [.receipt(receipt)])
}

private func failed(_ disposition: SendFailure.Disposition, _ code: String, _ summary: String) -> Receipt.Status {
    .failed(SendFailure(disposition, code: code, summary: summary))
}

private let statuses: [IncomingCase] = [
    status("submitted", .sent),
    status("delivered", .delivered),
    status("read", .viewed, at: tenOClock + .seconds(5)),
    status("read-with-error", .viewed),
    status("rejected", failed(.reject, "vonage_1340", "1340; The message was sent outside the allowed window.")),
    status("rejected-number-title", failed(.holdTemplate, "vonage_1022", "1022; Template or its parameters are invalid.")),
    status("rejected-nested-error", failed(.optOut, "vonage_1240", "1240; The user has opted out.")),
    status(
        "rejected-code-in-type",
        failed(.delayRecipient, "vonage_1241", "Too Many Requests; Too many send requests to that number.")),
    status(
        "rejected-meta-code", failed(.reject, "meta_131049", "9999; Blocked by WhatsApp (131049): healthy ecosystem engagement.")),
    status("rejected-unknown-code", failed(.reject, "vonage_1399", "1399; Something new.")),
    status("rejected-no-error", failed(.reject, "vonage_rejected", "Reported as rejected.")),
    status("already-sent", .sent),
    status("undeliverable", failed(.reject, "vonage_1310", "1310; The device can not receive this message.")),
    status("undeliverable-text-error", failed(.reject, "vonage_undeliverable", "Reported as undeliverable.")),
    status("foreign-reference", .delivered, reference: nil),
    status("padded-reference", .delivered, reference: nil),
    status("no-reference", .delivered, reference: nil),
    status("number-reference", .delivered),
    status("reference-only", .delivered, id: nil),
    status("offset-time", .delivered),
    status("zoneless-time", .delivered),
    status("seconds", .delivered),
    status("milliseconds", .delivered),
    status("null-objects", .delivered),
    status("workflow", .delivered),
    IncomingCase(fixture: "status-sms", kind: .status, events: []),
    IncomingCase(fixture: "inbound-sms", kind: .inbound, events: []),
]

/// An inbound payload and what stands in the message besides the payload itself.
struct InboundCase: CustomTestStringConvertible, Sendable {
    var fixture: String
    var kind: String
    var text: String?
    var sender = "37060000001"
    var phone: PhoneNumber? = PhoneNumber.ona
    var quoted: String?
    var testDescription: String { fixture }
}

private let inbounds: [InboundCase] = [
    InboundCase(fixture: "inbound-text", kind: "text", text: "Labas 👋 \"yes\"\nplease"),
    InboundCase(fixture: "inbound-quote", kind: "text", text: "Yes", quoted: uuid),
    InboundCase(fixture: "inbound-quote-unavailable", kind: "text", text: "Yes"),
    InboundCase(fixture: "inbound-button", kind: "button", text: "Stop", quoted: uuid),
    InboundCase(fixture: "inbound-button-flow", kind: "button", text: "Send", quoted: uuid),
    InboundCase(fixture: "inbound-reply", kind: "reply", text: "9:00"),
    InboundCase(fixture: "inbound-image", kind: "image"),
    InboundCase(fixture: "inbound-audio", kind: "audio"),
    InboundCase(fixture: "inbound-location", kind: "location"),
    InboundCase(fixture: "inbound-order", kind: "order"),
    InboundCase(fixture: "inbound-reaction", kind: "reaction", quoted: uuid),
    InboundCase(fixture: "inbound-unsupported", kind: "unsupported"),
    InboundCase(fixture: "inbound-new-kind", kind: "hologram"),
    InboundCase(fixture: "inbound-user-id", kind: "text", text: "Hi", sender: "LT.90000000000000000001", phone: nil),
    InboundCase(fixture: "inbound-no-from", kind: "text", text: "Hi"),
    InboundCase(fixture: "inbound-number-from", kind: "text", text: "Hi"),
    InboundCase(fixture: "inbound-plus-from", kind: "text", text: "Hi", sender: "+37060000001"),
    InboundCase(fixture: "inbound-bare", kind: "text"),
    InboundCase(fixture: "inbound-nul", kind: "text", text: "ab"),
]

@Suite struct VonageWebhookTests {
    let provider = VonageProvider()

    @Test(arguments: statuses)
    func `a status becomes a receipt`(incoming: IncomingCase) throws {
        let events = try provider.events(from: Fixture.bytes(incoming.fixture), kind: incoming.kind)
        #expect(events == incoming.events)
    }

    @Test(arguments: inbounds)
    func `what a person wrote is taken whole`(incoming: InboundCase) throws {
        let expected = InboundMessage(
            providerMessageID: "77777777-bbbb-4ccc-8ddd-0123456789ab", sender: incoming.sender, phone: incoming.phone,
            occurredAt: tenOClock + .seconds(60), kind: incoming.kind, text: incoming.text,
            payload: try Fixture.json(incoming.fixture), quotedProviderMessageID: incoming.quoted)
        #expect(try provider.events(from: Fixture.bytes(incoming.fixture), kind: .inbound) == [.inbound(expected)])
    }

    @Test(arguments: [
        ("status-no-message", WebhookKind.status), ("status-no-time", .status), ("status-unknown-word", .status),
        ("status-no-channel", .status), ("inbound-no-id", .inbound), ("inbound-nobody", .inbound), ("answer-html", .status),
        ("status-delivered", .inbound), ("inbound-text", .status),
    ])
    func `what cannot be understood is said to be so`(fixture: String, kind: WebhookKind) throws {
        let bytes = try Fixture.bytes(fixture)
        #expect(throws: UnreadableWebhook.self) { try provider.events(from: bytes, kind: kind) }
    }

    @Test(arguments: ["", " ", "[]", "null", "1", #""text""#, "{", #"{"channel":"whatsapp"}"#, "\u{FEFF}{}"])
    func `a body that is no payload is unreadable`(body: String) {
        for kind in WebhookKind.allCases {
            #expect(throws: UnreadableWebhook.self) { try provider.events(from: Array(body.utf8), kind: kind) }
        }
    }

    /// developer.vonage.com/api-errors/messages, the whole list.
    @Test(
        arguments: [
            (.slowChannel, [1000]),
            (.reject, [1010, 1020, 1021, 1040, 1090, 1130, 1150, 1160, 1210, 1280, 1310, 1340, 1360, 1001, 1299, 1999, 7]),
            (.holdTemplate, [1022]),
            (.retry, [1030, 1100, 1180, 1220, 1230, 1330]),
            (.unreachable, [1050, 1170, 1190, 1250, 1260, 1300]),
            (.optOut, [1240]),
            (.haltChannel, [1060, 1070, 1080, 1110, 1120, 1140, 1370]),
            (.delayRecipient, [1241]),
        ] as [(SendFailure.Disposition, [Int])])
    func `every documented error code has its disposition`(disposition: SendFailure.Disposition, codes: [Int]) throws {
        guard case .object(var members) = try Fixture.json("status-rejected-no-error") else { return }
        for code in codes {
            for title in [JSONValue.int(Int64(code)), .string(String(code))] {
                members["error"] = ["title": title]
                let events = try provider.events(from: JSONValue.object(members).bytes, kind: .status)
                guard case .receipt(let receipt)? = events.first, case .failed(let failure) = receipt.status else {
                    Issue.record("\(code) is no failure")
                    continue
                }
                #expect(failure.disposition == disposition, "\(code)")
                #expect(failure.code == "vonage_\(code)")
            }
        }
    }

    @Test(
        arguments: [(131_050, .optOut), (131_026, .reject), (132_015, .holdTemplate), (131_048, .haltChannel), (999_999, .reject)]
            as [(Int, SendFailure.Disposition)])
    func `a code of Meta's inside the words decides where Vonage's does not`(
        code: Int, disposition: SendFailure.Disposition
    ) throws {
        guard case .object(var members) = try Fixture.json("status-rejected-no-error") else { return }
        members["error"] = ["title": "1399", "detail": .string("WhatsApp says (#\(code)) no")]
        let events = try provider.events(from: JSONValue.object(members).bytes, kind: .status)
        guard case .receipt(let receipt)? = events.first, case .failed(let failure) = receipt.status else {
            Issue.record("no failure")
            return
        }
        #expect(failure.disposition == disposition)
    }
}
