import Core

/// The bodies of Meta's callbacks.
enum MetaCallback {
    /// Bytes as Meta writes them: ASCII alone, slashes escaped.
    static func body(_ notice: Notice, _ account: SandboxAccount, _ meta: MetaCredentials) -> [UInt8] {
        let (field, value) = change(notice, account, meta)
        let json: JSONValue = [
            "object": "whatsapp_business_account",
            "entry": [["id": .string(meta.businessAccountID), "changes": [["field": .string(field), "value": value]]]],
        ]
        return json.escapedBytes
    }

    private static func change(_ notice: Notice, _ account: SandboxAccount, _ meta: MetaCredentials) -> (String, JSONValue) {
        let metadata: JSONValue = [
            "display_phone_number": JSONValue(account.number), "phone_number_id": .string(meta.phoneNumberID),
        ]
        switch notice {
        case .status(let status):
            let object = MetaShape.status(status, id: status.id.wamid)
            return ("messages", ["messaging_product": "whatsapp", "metadata": metadata, "statuses": [.object(object)]])
        case .inbound(let inbound):
            let message = inbound.message
            var object = MetaShape.message(inbound, id: message.id.wamid)
            object["context"] = MetaShape.context(inbound, id: message.quoted?.id.wamid)
            return (
                "messages",
                [
                    "messaging_product": "whatsapp", "metadata": metadata, "contacts": [MetaShape.contact(message.phone)],
                    "messages": [.object(object)],
                ]
            )
        case .template(let change): return ("message_template_status_update", template(change))
        }
    }

    private static func template(_ change: Notice.TemplateChange) -> JSONValue {
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
