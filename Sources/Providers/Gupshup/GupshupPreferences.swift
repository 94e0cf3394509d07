import Core
import WhatsApp

/// What a person told WhatsApp or Gupshup about messages of this business.
enum GupshupPreferences {
    /// `preference-event`, one entry for each person (Gupshup, "BSUID"). Only marketing can be stopped and resumed.
    static func marketing(in envelope: GupshupEnvelope) throws(UnreadableWebhook) -> [WebhookEvent] {
        guard let entries = envelope.detail["user_preferences"]?.array else { throw UnreadableWebhook("It has no list of preferences.") }
        var events: [WebhookEvent] = []
        for entry in entries {
            do throws(UnreadableWebhook) { events += try self.events(of: entry, in: envelope) } catch {
                guard entries.count > 1 else { throw error }
                events.append(.unreadable(error.reason))
            }
        }
        return events
    }

    /// `user-event`, of the opt-in service that Gupshup has given up; `sandbox-start` is a test of the address.
    static func optIn(in envelope: GupshupEnvelope) throws(UnreadableWebhook) -> [WebhookEvent] {
        let granted: Bool
        switch envelope.payload["type"]?.looseText {
        case "opted-in": granted = true
        case "opted-out": granted = false
        default: return []
        }
        let phone = envelope.payload["phone"].flatMap(GupshupEnvelope.phone)
        let person = WhatsAppPerson(phone: phone, userID: GupshupEnvelope.userID(in: envelope.payload))
        return [try preference(of: person, granted, at: try envelope.time(nil), envelope.payload)]
    }

    private static func events(of entry: JSONValue, in envelope: GupshupEnvelope) throws(UnreadableWebhook) -> [WebhookEvent] {
        if let category = entry["category"]?.looseText, category != "marketing_messages" { return [] }
        let granted: Bool
        switch entry["value"]?.looseText?.lowercased() {
        case "stop": granted = false
        case "resume": granted = true
        default: return []
        }
        let person = WhatsAppPerson(phone: entry["wa_id"].flatMap(GupshupEnvelope.phone), userID: GupshupEnvelope.userID(in: entry))
        return [try preference(of: person, granted, at: try envelope.time(entry["timestamp"]), entry)]
    }

    private static func preference(
        of person: WhatsAppPerson, _ granted: Bool, at time: Timestamp, _ evidence: JSONValue
    ) throws(UnreadableWebhook) -> WebhookEvent {
        guard person.address != nil else { throw UnreadableWebhook("It does not say who decided.") }
        return .preference(MarketingPreference(person: person, granted: granted, occurredAt: time, evidence: evidence))
    }
}
