import Core
import WhatsApp

/// What all events of version 2 have in common: `{app, timestamp, version, type, payload}` (Gupshup, "Inbound events").
struct GupshupEnvelope {
    let type: String
    let payload: JSONValue
    /// The `payload` inside of the payload, which holds what differs by kind; the payload itself where there is none.
    let detail: JSONValue
    /// When Gupshup made the event.
    let time: Timestamp?

    init(_ json: JSONValue) {
        type = json["type"]?.looseText ?? ""
        payload = json["payload"] ?? .null
        detail = payload["payload"]?.object == nil ? payload : payload["payload"] ?? .null
        time = json["timestamp"]?.looseTime
    }

    /// - Parameter own: the event's own time, in seconds, which is better than the envelope's.
    func time(_ own: JSONValue?) throws(UnreadableWebhook) -> Timestamp {
        guard let time = own?.looseTime ?? time else { throw UnreadableWebhook("It has no timestamp that can be read.") }
        return time
    }

    /// A number with or without the plus sign; nil for anything else.
    static func phone(_ value: JSONValue) -> PhoneNumber? {
        value.looseText.flatMap { PhoneNumber(digits: $0.first == "+" ? String($0.dropFirst()) : $0) }
    }

    /// The business-scoped id beside a number, spelt in several ways (Gupshup, "BSUID").
    static func userID(in json: JSONValue?) -> ScopedUserID? {
        ["userId", "userid", "user_id"].lazy.compactMap { json?[$0]?.looseText }.compactMap { ScopedUserID($0) }.first
    }

    /// - Throws: `UnreadableWebhook` for an id that is too long to keep.
    static func id(_ value: JSONValue?) throws(UnreadableWebhook) -> String? {
        guard let text = value?.looseText else { return nil }
        guard text.utf8.count <= 255 else { throw UnreadableWebhook("An id is longer than 255 bytes.") }
        return text
    }
}
