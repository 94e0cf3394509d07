import Core

/// The bodies of Gupshup's callbacks, version 2: an envelope with a `type` and a `payload`.
enum GupshupCallback {
    static func body(_ notice: Notice, _ account: SandboxAccount, _ gupshup: GupshupCredentials) -> JSONValue {
        let (type, time, payload) = parts(notice)
        return [
            "app": .string(gupshup.appName), "appId": .string(gupshup.appID), "phone": JSONValue(account.number), "version": 2,
            "timestamp": .int(time.microseconds / 1000), "type": .string(type), "payload": .object(payload),
        ]
    }

    private static func parts(_ notice: Notice) -> (type: String, Timestamp, payload: [String: JSONValue]) {
        switch notice {
        case .status(let status): ("message-event", status.at, event(status))
        case .inbound(let inbound): ("message", inbound.message.at, message(inbound))
        case .template(let change): ("template-event", change.at, template(change))
        }
    }

    /// Which of the two ids stands where depends on the event: Gupshup's alone is `id` until WhatsApp has given its own.
    private static func event(_ status: Notice.Status) -> [String: JSONValue] {
        let (own, whatsApp) = (JSONValue.string(status.id.description), JSONValue.string(status.id.sibling.description))
        var payload: [String: JSONValue] = ["destination": .string(status.message.phone), "type": .string(word(status.kind))]
        let ids: [String: JSONValue] = ["id": whatsApp, "gsId": own]
        switch status.kind {
        case .enqueued:
            let kind: JSONValue = status.message.isTemplate ? "template" : "session"
            payload["id"] = own
            payload["payload"] = ["whatsappMessageId": whatsApp, "type": kind]
        case .failed:
            let failure = status.failure ?? Failure(.asTold)
            let code = GupshupCodes.code(of: failure)
            payload.merge(GupshupCodes.isOwn(code) ? ["id": own] : ids) { $1 }
            payload["payload"] = ["code": .int(Int64(code)), "reason": .string(GupshupCodes.reason(of: failure))]
        case .submitted, .delivered, .read, .reply:
            payload.merge(ids) { $1 }
            payload["payload"] = ["ts": .int(status.at.seconds)]
        }
        if status.kind == .submitted {
            let category: JSONValue = status.message.isTemplate ? "marketing" : "service"
            payload["pricing"] = ["policy": "PMP", "category": category]
            payload["conversation"] = [
                "id": .string(status.id.stranger.description), "type": category, "expiresAt": .int(status.message.at.seconds + 86_400),
            ]
        }
        return payload
    }

    private static func word(_ kind: Journey.Step.Kind) -> String { kind == .submitted ? "sent" : "\(kind)" }

    private static func message(_ inbound: Notice.Inbound) -> [String: JSONValue] {
        let message = inbound.message
        let (type, content) = content(inbound)
        var sender: [String: JSONValue] = ["name": .string(PersonName.of(message.phone))]
        if !Recipient.isScopedID(message.phone) {
            sender["phone"] = .string(message.phone)
            (sender["country_code"], sender["dial_code"]) = (
                .string(String(message.phone.prefix(2))), .string(String(message.phone.dropFirst(2)))
            )
        }
        var payload: [String: JSONValue] = [
            "id": .string(message.id.description), "source": .string(message.phone), "type": .string(type), "payload": .object(content),
            "sender": .object(sender),
        ]
        if let quoted = message.quoted {
            payload["context"] = ["id": .string(quoted.id.sibling.description), "gsId": .string(quoted.id.description)]
        }
        return payload
    }

    private static func content(_ inbound: Notice.Inbound) -> (type: String, [String: JSONValue]) {
        switch inbound.content {
        case .text(let text): ("text", ["text": .string(text)])
        case .button(let text, let payload): button(text, payload, inbound.message)
        case .list(let row):
            (
                "list_reply",
                [
                    "title": .string(row.title), "id": "", "reply": .string("\(row.title) 1"), "postbackText": .string(row.id),
                    "description": .string(row.description ?? ""),
                ]
            )
        case .media(let kind, let url, let caption): media(kind, url, caption, at: inbound.message.at)
        case .location(let place):
            (
                "location",
                place.texts.merging(["longitude": .string("\(place.longitude)"), "latitude": .string("\(place.latitude)")]) { $1 }
            )
        case .reaction(let emoji): ("reaction", ["emoji": .string(emoji)])
        case .contact(let contact):
            (
                "contact",
                [
                    "contacts": [
                        [
                            "name": ["formatted_name": .string(contact.name), "first_name": .string(contact.name)],
                            "phones": [["phone": .string("+" + contact.phone), "type": "CELL"]],
                        ]
                    ]
                ]
            )
        case .unsupported, .template, .interactive, .custom: ("unsupported", [:])
        }
    }

    /// The documents disagree on the outer type of a tap on a template's button, so both come, turn by turn.
    private static func button(_ text: String, _ payload: String, _ message: Message) -> (String, [String: JSONValue]) {
        if message.quoted?.isTemplate ?? true {
            let inner: [String: JSONValue] = ["text": .string(text), "type": "button", "postbackText": .string(payload)]
            return (message.number.isMultiple(of: 2) ? "quick_reply" : "text", inner)
        }
        return ("button_reply", ["title": .string(text), "id": "", "reply": .string("\(text) 1"), "postbackText": .string(payload)])
    }

    private static func media(_ kind: String, _ url: String, _ caption: String?, at time: Timestamp) -> (String, [String: JSONValue]) {
        let type = ["document": "file", "voice": "audio"][kind] ?? kind
        var object: [String: JSONValue] = [
            "url": .string(url), "contentType": .string(MediaSample.type(of: kind)),
            "urlExpiry": .int((time.seconds + 7 * 86_400) * 1000),
        ]
        if let caption { object["caption"] = .string(caption) }
        if type == "file" { object["name"] = .string(Content.filename(in: url)) }
        return (type, object)
    }

    private static func template(_ change: Notice.TemplateChange) -> [String: JSONValue] {
        let template = change.template
        var payload: [String: JSONValue] = [
            "type": "status-update", "id": .string(template.id.description), "status": .string(template.status.lowercased()),
            "elementName": .string(template.name), "languageCode": .string(template.language),
        ]
        if let reason = change.reason {
            payload[template.status == "REJECTED" ? "rejectedReason" : "description"] = .string(reason)
        }
        return payload
    }
}
