import Core
import WhatsApp

/// Reads the body of Meta's webhooks, `{object, entry: [{id, time?, changes: [{field, value}]}]}` (Meta, "Webhooks"), also as
/// Gupshup's version 3 passes it on, with `gs_id` beside WhatsApp's own id and with parts left out.
enum MetaWebhook {
    /// What a vendor that passes Meta's form on makes of a failure with a code of its own, by code and summary.
    typealias OwnFailure = @Sendable (_ code: Int, _ summary: String) -> SendFailure

    /// What the body tells about the line's number or account; the rest gives nothing. Both addresses of a person are told
    /// once for each body, before what the person wrote.
    /// - Parameters:
    ///   - gupshup: reads Gupshup's form, in which `object` and `metadata` may be missing.
    ///   - ownFailure: for codes of fewer than six digits in Gupshup's form; without it they reject as `gupshup_<code>`.
    /// - Throws: `UnreadableWebhook` when nothing can be read of what it tells.
    static func events(
        in envelope: JSONValue, for line: Line, gupshup: Bool, ownFailure: OwnFailure? = nil
    ) throws(UnreadableWebhook) -> [WebhookEvent] {
        guard try isWhatsApp(envelope, gupshup: gupshup) else { return [] }
        guard let entries = envelope["entry"]?.metaItems else { throw UnreadableWebhook("It has no entry.") }
        let events = entries.flatMap { entry in
            self.events(of: entry) {
                MetaChange($0, entry: entry, line: line, isGupshup: gupshup, ownFailure: ownFailure)
            }
        }
        if let reason = onlyReason(in: events) { throw UnreadableWebhook(reason) }
        return withoutRepeatedPeople(events)
    }

    /// Pages and other products of the same app are called here too.
    private static func isWhatsApp(_ envelope: JSONValue, gupshup: Bool) throws(UnreadableWebhook) -> Bool {
        guard envelope.object != nil else { throw UnreadableWebhook("It is no JSON object.") }
        guard let object = envelope["object"]?.looseText else {
            if gupshup { return true }
            throw UnreadableWebhook("It does not say what it is about.")
        }
        return object == "whatsapp_business_account"
    }

    private static func events(of entry: JSONValue, _ change: (JSONValue) -> MetaChange?) -> [WebhookEvent] {
        guard let changes = entry["changes"]?.metaItems else { return [.unreadable("An entry has no changes.")] }
        return changes.flatMap { change($0)?.events ?? [.unreadable("A change has no value.")] }
    }

    /// The first reason, when all there is cannot be read.
    private static func onlyReason(in events: [WebhookEvent]) -> String? {
        let reasons = events.compactMap { if case .unreadable(let reason) = $0 { reason } else { nil } }
        return reasons.count == events.count ? reasons.first : nil
    }

    private static func withoutRepeatedPeople(_ events: [WebhookEvent]) -> [WebhookEvent] {
        var known: Set<[String?]> = []
        return events.filter { event in
            guard case .person(let notice) = event else { return true }
            let person = notice.person
            return known.insert([person.phone?.digits, person.userID?.text, notice.formerPhone?.digits]).inserted
        }
    }
}

extension JSONValue {
    /// The items of an array; an object counts as an array of itself. Nil for anything else.
    var metaItems: [JSONValue]? { array ?? (object == nil ? nil : [self]) }
}
