import Core
import WhatsApp

/// A provider with a plain wire format: `{"receipts":[{ref, id, wa, status, at, price}], "inbound":[{id, from, user, text, quote, kind,
/// at}], "notices":[…]}`.
/// A call is genuine when its authorization is `signed` and the sum of the body's bytes.
struct FakeProvider: Provider {
    let name = "fake"
    let baseURL: String? = "http://127.0.0.1:1"
    func limits(for credentials: Credentials) -> ProviderLimits { ProviderLimits(perSecond: 20) }

    func check(_ credentials: Credentials) throws(InputError) {}

    func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        throw SendFailure(.reject, code: "fake", summary: "Nothing is sent here.")
    }

    func interpret(status: Int, body: [UInt8]) -> SendOutcome { .unknown(code: "fake", summary: "") }

    func verify(_ webhook: WebhookRequest, over line: Line, at now: Timestamp) async -> Bool {
        webhook["authorization"] == Self.authorization(for: webhook.body)
    }

    static func authorization(for body: [UInt8]) -> String { "signed \(body.reduce(0) { ($0 &* 31) &+ Int($1) })" }

    func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] {
        guard let json = try? JSONValue(parsing: body) else { throw UnreadableWebhook("It is not JSON.") }
        return (json["receipts"]?.array ?? []).compactMap(receipt).map(WebhookEvent.receipt)
            + (json["inbound"]?.array ?? []).compactMap(inbound).map(WebhookEvent.inbound)
            + (json["notices"]?.array ?? []).map(WebhookEvent.init(notice:))
    }

    private func receipt(_ json: JSONValue) -> Receipt? {
        guard let word = json["status"]?.string, let status = Self.status(word) else { return nil }
        return Receipt(
            messageID: json["ref"]?.int.map { MessageID(rawValue: $0) }, providerMessageID: json["id"]?.string,
            whatsAppMessageID: json["wa"]?.string, status: status, occurredAt: Timestamp(seconds: json["at"]?.int ?? 0),
            pricing: json["price"])
    }

    private static func status(_ word: String) -> Receipt.Status? {
        switch word {
        case "sent": .sent
        case "delivered": .delivered
        case "viewed": .viewed
        case "failed": .failed(SendFailure(.reject, code: "fake_1", summary: "no"))
        case "opted_out": .failed(SendFailure(.optOut, code: "fake_2", summary: "no"))
        default: SendFailure.Disposition(rawValue: word).map { .failed(SendFailure($0, code: "fake_\(word)", summary: "no")) }
        }
    }

    private func inbound(_ json: JSONValue) -> InboundMessage? {
        guard let id = json["id"]?.string, let from = json["from"]?.string else { return nil }
        return InboundMessage(
            providerMessageID: id,
            from: WhatsAppPerson(phone: PhoneNumber(digits: from), userID: ScopedUserID(json["user"]?.string ?? from)),
            occurredAt: Timestamp(seconds: json["at"]?.int ?? 0), kind: json["kind"]?.string ?? "text", text: json["text"]?.string,
            payload: json,
            quotedProviderMessageID: json["quote"]?.string)
    }
}

/// One receipt in the fake provider's format. `status` is a milestone, or a disposition for a failure of that kind.
func receipt(
    _ status: String, ref: MessageID? = nil, id: String? = nil, whatsApp: String? = nil, at seconds: Int64 = 100, price: JSONValue? = nil
) -> JSONValue {
    var members: [String: JSONValue] = ["status": .string(status), "at": .int(Moment.start.seconds + seconds)]
    members["wa"] = whatsApp.map(JSONValue.string)
    members["price"] = price
    if let ref { members["ref"] = .int(ref.rawValue) }
    if let id { members["id"] = .string(id) }
    return ["receipts": [.object(members)]]
}

/// One inbound message in the fake provider's format.
func reply(
    _ id: String, from phone: String, user: String? = nil, text: String = "yes", quote: String? = nil, kind: String = "text",
    at seconds: Int64 = 200
) -> JSONValue {
    var members: [String: JSONValue] = [
        "id": .string(id), "from": .string(phone), "text": .string(text), "kind": .string(kind),
        "at": .int(Moment.start.seconds + seconds),
    ]
    if let quote { members["quote"] = .string(quote) }
    members["user"] = user.map(JSONValue.string)
    return ["inbound": [.object(members)]]
}
