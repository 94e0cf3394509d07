import Core
import WhatsApp

/// The entries of a callback's body. The gateway posts form fields: those of one message, or a single field `response` with
/// a list of delivery reports as JSON. Some accounts have it post the JSON itself.
enum GupshupEnterpriseCallback {
    static func entries(in body: [UInt8]) throws(UnreadableWebhook) -> [JSONValue] {
        let start = body.first { $0 > 0x20 }
        if start == UInt8(ascii: "{") || start == UInt8(ascii: "[") { return try entries(json(body)) }
        let fields = FormEncoding.decode(body)
        if let response = fields["response"] { return try entries(json(Array(response.utf8))) }
        return [.object(fields.mapValues(JSONValue.string))]
    }

    private static func entries(_ json: JSONValue) throws(UnreadableWebhook) -> [JSONValue] {
        guard let response = json["response"] else { return json.array ?? [json] }
        guard let text = response.string else { return response.array ?? [response] }
        let inner = try self.json(Array(text.utf8))
        return inner.array ?? [inner]
    }

    private static func json(_ bytes: [UInt8]) throws(UnreadableWebhook) -> JSONValue {
        do { return try JSONValue(parsing: bytes) } catch {
            throw UnreadableWebhook("It is not JSON: \(error.reason), at byte \(error.offset).")
        }
    }
}
