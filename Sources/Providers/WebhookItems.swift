import Core
import WhatsApp

extension [JSONValue] {
    /// What `read` makes of each item; nil is nothing for us. One that cannot be read among others is `.unreadable`.
    /// - Throws: what `read` throws, when there is just one item.
    func events(_ read: (JSONValue) throws(UnreadableWebhook) -> WebhookEvent?) throws(UnreadableWebhook) -> [WebhookEvent] {
        var events: [WebhookEvent] = []
        for item in self {
            do throws(UnreadableWebhook) {
                if let event = try read(item) { events.append(event) }
            } catch {
                guard count > 1 else { throw error }
                events.append(.unreadable(error.reason))
            }
        }
        return events
    }
}

extension JSONValue {
    /// A number of a telephone, with or without a plus sign.
    var loosePhone: PhoneNumber? { looseText.flatMap { PhoneNumber(digits: $0) ?? PhoneNumber($0) } }

    /// A text that can be an id: at most 255 bytes.
    var looseID: String? { looseText.flatMap { $0.utf8.count <= 255 ? $0 : nil } }
}
