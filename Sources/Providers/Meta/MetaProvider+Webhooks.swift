import Core
package import WhatsApp

extension MetaProvider {
    /// An app has one callback address, so both of ours take everything.
    package func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] {
        let json: JSONValue
        do { json = try JSONValue(parsing: body) } catch {
            throw UnreadableWebhook("It is not JSON: \(error.reason), at byte \(error.offset).")
        }
        return try MetaWebhook.events(in: json, for: line, gupshup: false)
    }
}
