import Core

/// The bodies of Gupshup's callbacks, version 3: Meta's envelope with `gs_app_id`, `gs_id` and `meta_msg_id` added.
enum GupshupPassthrough {
    /// Nil for what comes in version 2 only.
    static func body(_ notice: Notice, _ account: SandboxAccount, _ gupshup: GupshupCredentials) -> JSONValue? {
        guard let value = value(notice) else { return nil }
        let metadata: JSONValue = ["display_phone_number": JSONValue(account.number), "phone_number_id": .string(gupshup.appID)]
        let whole = value.merging(["messaging_product": "whatsapp", "metadata": metadata]) { $1 }
        return [
            "gs_app_id": .string(gupshup.appID), "object": "whatsapp_business_account",
            "entry": [["id": .string(gupshup.appID), "changes": [["field": "messages", "value": .object(whole)]]]],
        ]
    }

    private static func value(_ notice: Notice) -> [String: JSONValue]? {
        switch notice {
        case .status(let status): return ["statuses": [.object(self.status(status))]]
        case .inbound(let inbound):
            let message = inbound.message
            var object = MetaShape.message(inbound, id: message.id.description, quoted: message.quoted?.id.sibling.description)
            if let quoted = message.quoted {
                object["context"] = [
                    "from": .string(quoted.business), "id": .string(quoted.id.description), "gs_id": .string(quoted.id.description),
                    "meta_msg_id": .string(quoted.id.sibling.description),
                ]
            }
            return ["contacts": [MetaShape.contact(message.phone)], "messages": [.object(object)]]
        case .template: return nil
        }
    }

    private static func status(_ status: Notice.Status) -> [String: JSONValue] {
        var object = MetaShape.status(status, id: status.id.sibling.description)
        object["gs_id"] = .string(status.id.description)
        if status.kind == .enqueued {
            object["timestamp"] = .int(status.at.microseconds / 1000)
            object["type"] = status.message.isTemplate ? "template" : "session"
            object["pricing"] = nil
        }
        if let failure = status.failure {
            let code = GupshupCodes.code(of: failure)
            let title = JSONValue.string(GupshupCodes.reason(of: failure))
            object["errors"] = [["code": .int(Int64(code)), "title": title, "message": title]]
            if GupshupCodes.isOwn(code) { object["id"] = .string(status.id.description) }
        }
        return object
    }
}
