import Core
import WhatsApp

/// The body of a callback (Vonage, "Messages API", webhook reference).
struct VonageWebhook {
    let json: JSONValue

    init(_ body: [UInt8]) throws(UnreadableWebhook) {
        do { json = try JSONValue(parsing: body) } catch {
            throw UnreadableWebhook("It is not JSON: \(error.reason), at byte \(error.offset).")
        }
        guard json.object != nil else { throw UnreadableWebhook("It is no JSON object.") }
    }

    /// In small letters.
    func channel() throws(UnreadableWebhook) -> String {
        guard let channel = json["channel"]?.string else { throw UnreadableWebhook("It names no channel.") }
        return channel.lowercased()
    }

    /// What the body is, where it says so, and not the address that was called: the two are easily swapped when an
    /// application is set up, and nothing need be lost by it.
    func kind(at address: WebhookKind) -> WebhookKind {
        if json["message_type"] != nil { return .inbound }
        return json["status"] != nil ? .status : address
    }

    func time() throws(UnreadableWebhook) -> Timestamp {
        guard let time = json["timestamp"]?.looseTime else { throw UnreadableWebhook("It has no timestamp that can be read.") }
        return time
    }

    /// Whether our side is this number; also when it is missing or no number, because then it is no other one either.
    func names(_ number: PhoneNumber, as side: String) -> Bool { Self.phone(json[side]).map { $0 == number } ?? true }

    /// Nil when it is missing, empty, or too long for an id.
    static func id(_ value: JSONValue?) -> String? { value?["message_uuid"]?.looseText.flatMap { $0.utf8.count <= 255 ? $0 : nil } }

    /// With or without the plus sign.
    static func phone(_ value: JSONValue?) -> PhoneNumber? {
        value?.looseText.flatMap { PhoneNumber(digits: $0) ?? PhoneNumber($0) }
    }

    static func userID(_ value: JSONValue?) -> ScopedUserID? { value?.looseText.flatMap(ScopedUserID.init) }
}
