import Core

/// The fields of the gateway's callbacks: a JSON text in `response` for reports, plain fields for messages.
enum EnterpriseCallback {
    /// Nil for what the gateway does not tell.
    static func fields(_ notice: Notice, _ account: SandboxAccount) -> [(name: String, value: String)]? {
        switch notice {
        case .status(let status): report(status, account).map { [("response", JSONValue.array([$0]).text)] }
        case .inbound(let inbound): message(inbound)
        case .template: nil
        }
    }

    private static func report(_ status: Notice.Status, _ account: SandboxAccount) -> JSONValue? {
        let words: [Journey.Step.Kind: String] = [.submitted: "SENT", .delivered: "DELIVERED", .read: "READ", .failed: "FAILED"]
        guard let word = words[status.kind] else { return nil }
        var report: [String: JSONValue] = [
            "srcAddr": .string(account.key), "channel": "WHATSAPP", "externalId": .string(status.id.enterpriseID),
            "destAddr": .string(status.message.phone), "eventType": .string(word), "eventTs": .int(status.at.microseconds / 1000),
        ]
        // A message that was read carries a cause and a code as if it had failed.
        (report["cause"], report["errorCode"]) = status.kind == .read ? ("READ", "026") : ("SUCCESS", "000")
        if let failure = status.failure {
            report["cause"] = .string(failure.code == nil ? EnterpriseCauses.cause(of: failure.mishap) : "FAILED AS TOLD")
            report["errorCode"] = .string(failure.code ?? EnterpriseCauses.errorCode(of: failure.mishap))
        }
        if let reference = status.message.clientRef { report["extra"] = .string(reference) }
        return .object(report)
    }

    private static func message(_ inbound: Notice.Inbound) -> [(name: String, value: String)] {
        let message = inbound.message
        let (type, value) = content(inbound)
        var fields = [
            ("waNumber", message.business), ("mobile", message.phone), ("name", PersonName.of(message.phone)), ("type", type),
            ("timestamp", String(message.at.microseconds / 1000)), (type, value),
        ]
        if inbound.hasID {
            fields.append(("messageId", message.id.enterpriseID))
            if let quoted = message.quoted { fields.append(("replyId", quoted.id.enterpriseID)) }
        }
        return fields.map { (name: $0.0, value: $0.1) }
    }

    /// The type, and the field of that name: a text, or JSON as a text.
    private static func content(_ inbound: Notice.Inbound) -> (type: String, value: String) {
        switch inbound.content {
        case .text(let text): ("text", text)
        case .button(let text, let payload): button(text, payload, inbound.message)
        case .list(let row):
            ("interactive", JSONValue.object(["type": "list_reply", "list_reply": .object(row.members)]).text)
        case .media(let kind, let url, let caption): media(kind, url, caption)
        case .location(let place):
            ("location", JSONValue.object(["latitude": .double(place.latitude), "longitude": .double(place.longitude)]).text)
        case .contact(let contact):
            (
                "contacts",
                JSONValue.array([
                    ["name": ["formatted_name": .string(contact.name)], "phones": [["phone": .string("+" + contact.phone)]]]
                ]).text
            )
        case .reaction, .unsupported, .template, .interactive, .custom: ("unsupported", "")
        }
    }

    private static func button(_ text: String, _ payload: String, _ message: Message) -> (String, String) {
        if message.quoted?.isTemplate ?? true {
            return ("button", JSONValue.object(["text": .string(text), "payload": .string(payload)]).text)
        }
        let reply: JSONValue = ["id": .string(payload), "title": .string(text)]
        return ("interactive", JSONValue.object(["type": "button_reply", "button_reply": reply]).text)
    }

    /// The address of the file is `url` and `signature`, one after the other.
    private static func media(_ kind: String, _ url: String, _ caption: String?) -> (String, String) {
        let cut = url.firstIndex(of: "?") ?? url.endIndex
        var object: [String: JSONValue] = [
            "url": .string(String(url[..<cut])), "signature": .string(String(url[cut...])),
            "mime_type": .string(MediaSample.type(of: kind)),
        ]
        if let caption { object["caption"] = .string(caption) }
        return (kind, JSONValue.object(object).text)
    }
}
