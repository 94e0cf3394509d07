import Core

/// The bodies of Meta's callbacks.
enum MetaCallback {
    /// Bytes as Meta writes them: ASCII alone, slashes escaped.
    static func body(_ notice: Notice, _ account: SandboxAccount, _ meta: MetaCredentials) -> [UInt8] {
        let (field, value) = change(notice, account, meta)
        var entry: [String: JSONValue] = [
            "id": .string(meta.businessAccountID), "changes": [["field": .string(field), "value": .object(value)]],
        ]
        // What is about messages has its times in the messages.
        if case .template(let change) = notice { entry["time"] = .int(change.at.seconds) }
        return JSONValue.object(["object": "whatsapp_business_account", "entry": [.object(entry)]]).escapedBytes
    }

    private static func change(
        _ notice: Notice, _ account: SandboxAccount, _ meta: MetaCredentials
    ) -> (field: String, value: [String: JSONValue]) {
        if case .template(let change) = notice { return ("message_template_status_update", template(change)) }
        let metadata: JSONValue = [
            "display_phone_number": JSONValue(account.number), "phone_number_id": .string(meta.phoneNumberID),
        ]
        return ("messages", messages(notice).merging(["messaging_product": "whatsapp", "metadata": metadata]) { $1 })
    }

    /// Of a failed message Meta does not say who the person is.
    private static func messages(_ notice: Notice) -> [String: JSONValue] {
        switch notice {
        case .status(let status):
            let statuses: JSONValue = [.object(MetaShape.status(status, id: status.id.wamid))]
            guard status.failure == nil else { return ["statuses": statuses] }
            return ["contacts": [MetaShape.contact(status.message.phone)], "statuses": statuses]
        case .inbound(let inbound):
            let (message, quoted) = (inbound.message, inbound.message.quoted?.id.wamid)
            var object = MetaShape.message(inbound, id: message.id.wamid, quoted: quoted)
            object["context"] = MetaShape.context(inbound, id: quoted)
            return ["contacts": [MetaShape.contact(message.phone)], "messages": [.object(object)]]
        case .template: return [:]
        }
    }

    private static func template(_ change: Notice.TemplateChange) -> [String: JSONValue] {
        let template = change.template
        return [
            "event": .string(change.event), "message_template_id": .int(Int64(template.id.digits) ?? 0),
            "message_template_name": .string(template.name), "message_template_language": .string(template.language),
            "message_template_category": .string(template.category), "reason": .string(change.reason ?? "NONE"),
        ]
    }
}

extension JSONValue {
    /// The compact text in ASCII: other characters as `\uXXXX` of UTF-16, and slashes behind a backslash. Neither occurs
    /// outside of strings.
    var escapedBytes: [UInt8] {
        var escaped: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar == "/" {
                escaped += Array(#"\/"#.utf8)
            } else if scalar.isASCII {
                escaped.append(UInt8(scalar.value))
            } else {
                for unit in UTF16.encode(scalar) ?? .init() {
                    escaped += Array(#"\u"#.utf8) + [UInt8(unit >> 8), UInt8(unit & 255)].hexadecimal.utf8
                }
            }
        }
        return escaped
    }
}
