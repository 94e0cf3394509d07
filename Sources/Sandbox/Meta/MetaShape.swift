import Core

/// Meta's objects for messages and statuses, which Gupshup's version 3 hands on, too.
enum MetaShape {
    /// - Parameter id: what the vendor calls the message.
    static func status(_ status: Notice.Status, id: String) -> [String: JSONValue] {
        let message = status.message
        var object: [String: JSONValue] = [
            "id": .string(id), "status": .string(word(status.kind)), "timestamp": .string(String(status.at.seconds)),
            "recipient_user_id": .string(ScopedID.of(message.phone)),
        ]
        if !Recipient.isScopedID(message.phone) { object["recipient_id"] = .string(message.phone) }
        if let reference = message.clientRef { object["biz_opaque_callback_data"] = .string(reference) }
        if let failure = status.failure {
            object["errors"] = [error(failure)]
            return object
        }
        let category: JSONValue = message.isTemplate ? "marketing" : "service"
        object["pricing"] = [
            "billable": .bool(message.isTemplate), "pricing_model": "PMP", "category": category,
            "type": message.isTemplate ? "regular" : "free_customer_service",
        ]
        if status.kind == .submitted {
            object["conversation"] = [
                "id": .string(message.id.sibling.description.filter { $0 != "-" }), "origin": ["type": category],
                "expiration_timestamp": .string(String(message.at.seconds + 86_400)),
            ]
        }
        return object
    }

    private static func word(_ kind: Journey.Step.Kind) -> String {
        switch kind {
        case .submitted: "sent"
        case .enqueued, .delivered, .read, .failed, .reply: "\(kind)"
        }
    }

    private static func error(_ failure: Failure) -> JSONValue {
        let code = failure.code.flatMap { Int($0) } ?? MetaCodes.code(of: failure.mishap)
        let title = MetaCodes.title(of: code)
        return [
            "code": .int(Int64(code)), "title": .string(title), "message": .string(title),
            "error_data": ["details": .string(failure.code == nil ? MetaCodes.detail(of: failure.mishap) : "Failed as told.")],
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        ]
    }

    /// Who wrote. Of a person who is known by a user id alone, the phone number is left out.
    static func contact(_ phone: String) -> JSONValue {
        var contact: [String: JSONValue] = [
            "profile": ["name": .string(PersonName.of(phone))], "user_id": .string(ScopedID.of(phone)),
        ]
        if !Recipient.isScopedID(phone) { contact["wa_id"] = .string(phone) }
        return .object(contact)
    }

    static func context(_ inbound: Notice.Inbound, id: String?) -> JSONValue? {
        guard let id, let quoted = inbound.message.quoted else { return nil }
        if case .reaction = inbound.content { return nil }  // it names its message itself
        return ["from": .string(quoted.business), "id": .string(id)]
    }

    /// - Parameters:
    ///   - id: what the vendor calls the message.
    ///   - quoted: what it calls the one that this belongs to, as WhatsApp's id.
    static func message(_ inbound: Notice.Inbound, id: String, quoted: String?) -> [String: JSONValue] {
        let message = inbound.message
        var object: [String: JSONValue] = [
            "id": .string(id), "timestamp": .string(String(message.at.seconds)), "from_user_id": .string(ScopedID.of(message.phone)),
        ]
        if !Recipient.isScopedID(message.phone) { object["from"] = .string(message.phone) }
        let (type, content) = content(inbound, quoted: quoted)
        object["type"] = .string(type)
        object.merge(content) { $1 }
        return object
    }

    private static func content(_ inbound: Notice.Inbound, quoted: String?) -> (type: String, [String: JSONValue]) {
        switch inbound.content {
        case .text(let text): return ("text", ["text": ["body": .string(text)]])
        case .button(let text, let payload):
            // A tap on a template's button and one on a message's own button are told apart.
            if inbound.message.quoted?.isTemplate ?? true {
                return ("button", ["button": ["payload": .string(payload), "text": .string(text)]])
            }
            let reply: JSONValue = ["id": .string(payload), "title": .string(text)]
            return ("interactive", ["interactive": ["type": "button_reply", "button_reply": reply]])
        case .list(let row):
            return ("interactive", ["interactive": ["type": "list_reply", "list_reply": .object(row.members)]])
        case .media(let kind, let url, let caption): return media(kind, url, caption, id: inbound.message.id.digits)
        case .location(let place):
            let degrees: [String: JSONValue] = ["latitude": .double(place.latitude), "longitude": .double(place.longitude)]
            return ("location", ["location": .object(place.texts.merging(degrees) { $1 })])
        case .reaction(let emoji):
            var reaction: [String: JSONValue] = ["message_id": JSONValue(quoted)]
            if !emoji.isEmpty { reaction["emoji"] = .string(emoji) }
            return ("reaction", ["reaction": .object(reaction)])
        case .contact(let contact):
            let phones: JSONValue = [["phone": .string("+" + contact.phone), "wa_id": .string(contact.phone), "type": "CELL"]]
            return ("contacts", ["contacts": [["name": ["formatted_name": .string(contact.name)], "phones": phones]]])
        case .unsupported, .template, .interactive, .custom:
            let title = JSONValue.string(MetaCodes.title(of: 131_051))
            let details: JSONValue = ["details": "Message type is currently not supported."]
            return ("unsupported", ["errors": [["code": 131_051, "title": title, "message": title, "error_data": details]]])
        }
    }

    private static func media(_ kind: String, _ url: String, _ caption: String?, id: String) -> (String, [String: JSONValue]) {
        let type = kind == "voice" ? "audio" : kind
        var object: [String: JSONValue] = [
            "id": .string(id), "mime_type": .string(MediaSample.type(of: kind)), "sha256": .string(MediaSample.hash(of: kind)),
        ]
        if let caption { object["caption"] = .string(caption) }
        if type == "audio" { object["voice"] = .bool(kind == "voice") }
        if type == "document" { object["filename"] = .string(Content.filename(in: url)) }
        return (type, [type: .object(object)])
    }
}
