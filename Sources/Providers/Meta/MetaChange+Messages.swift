import Core
import WhatsApp

extension MetaChange {
    /// `value.messages[]`, without those of groups.
    var messages: [WebhookEvent] {
        each("messages") { message throws(UnreadableWebhook) in
            guard !message.isOfGroup else { return nil }
            if let notice = changedNumber(message) ?? changedUserID(message) { return .person(notice) }
            return .inbound(try inbound(message))
        }
    }

    /// Both addresses of a person, where a block of `contacts` names them.
    var people: [WebhookEvent] {
        guard value["messages"]?.metaItems?.contains(where: \.isOfGroup) != true else { return [] }
        return contacts.map(WhatsAppPerson.init(metaContact:)).filter { $0.phone != nil && $0.userID != nil }
            .map { .person(PersonNotice(person: $0)) }
    }

    /// The block of `contacts` with one of these addresses.
    func contact(at words: [JSONValue?]) -> JSONValue? {
        let addresses = words.compactMap { $0?.looseText }
        return contacts.first { contact in
            [contact["wa_id"], contact["user_id"]].contains { $0?.looseText.map(addresses.contains) == true }
        }
    }

    private var contacts: [JSONValue] { value["contacts"]?.metaItems ?? [] }

    private func inbound(_ json: JSONValue) throws(UnreadableWebhook) -> InboundMessage {
        guard let id = json["id"]?.metaID else { throw UnreadableWebhook("A message has no id that can be read.") }
        let person = sender(of: json)
        guard person.address != nil else { throw UnreadableWebhook("A message does not say who wrote it.") }
        guard let type = json["type"]?.looseText else { throw UnreadableWebhook("A message has no type.") }
        let words = MetaMessage(type, json, prefersLinks: isGupshup)
        return InboundMessage(
            providerMessageID: id, from: person, occurredAt: try time(of: json), kind: words.kind, text: words.text,
            choice: words.choice, media: words.media, payload: json, quotedProviderMessageID: words.quoted)
    }

    /// The message names the sender, and the contact block with the same address fills in the rest; a message that names
    /// nobody is from the only contact there is.
    private func sender(of json: JSONValue) -> WhatsAppPerson {
        let words = [json["from"], json["from_user_id"]]
        let isNameless = words.allSatisfy { $0?.looseText == nil }
        let contact = contact(at: words) ?? (isNameless && contacts.count == 1 ? contacts.first : nil)
        return WhatsAppPerson(metaWords: words + [contact?["wa_id"], contact?["user_id"]], contact: contact)
    }

    /// A `system` message that a person has another number now; nil for any other, and when it does not say which.
    private func changedNumber(_ json: JSONValue) -> PersonNotice? {
        let system = json["system"]
        let word = system?["type"]?.looseText ?? ""
        guard json["type"]?.looseText == "system", ["user_changed_number", "customer_changed_number"].contains(word),
            let phone = (system?["new_wa_id"] ?? system?["wa_id"])?.looseText.flatMap(PhoneNumber.init(metaWord:))
        else { return nil }
        let former = [json["from"], system?["customer"]].lazy.compactMap { $0?.looseText.flatMap(PhoneNumber.init(metaWord:)) }
            .first { $0 != phone }
        let ids = WhatsAppPerson(metaWords: [system?["user_id"], json["from_user_id"]], contact: nil)
        return PersonNotice(person: WhatsAppPerson(phone: phone, userID: ids.userID), formerPhone: former)
    }

    /// A `system` message that a person has another business-scoped id now (Meta, "Business-scoped user IDs"); nil for any
    /// other. It names no sender.
    private func changedUserID(_ json: JSONValue) -> PersonNotice? {
        let system = json["system"]
        guard json["type"]?.looseText == "system", system?["type"]?.looseText == "user_changed_user_id",
            let id = system?["user_id"]?.looseText.flatMap(ScopedUserID.init)
        else { return nil }
        let former = (system?["previous_user_id"] ?? json["from_user_id"])?.looseText.flatMap(ScopedUserID.init)
        let phone = (system?["wa_id"] ?? json["from"])?.looseText.flatMap(PhoneNumber.init(metaWord:))
        return PersonNotice(person: WhatsAppPerson(phone: phone, userID: id), formerUserID: former == id ? nil : former)
    }
}

extension JSONValue {
    fileprivate var isOfGroup: Bool { self["group_id"]?.looseText != nil }
}
