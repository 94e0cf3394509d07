import Core
package import WhatsApp

extension GupshupProvider {
    /// Either callback address takes all kinds of events, because a subscription does not part them as ours do. The version
    /// that the channel does not take, other apps and other numbers give no event.
    package func events(from body: [UInt8], kind: WebhookKind, over line: Line) throws(UnreadableWebhook) -> [WebhookEvent] {
        let json = try object(in: body)
        guard let version = version(of: json) else { throw UnreadableWebhook("It is no event of version 2 or 3.") }
        guard version == line.credentials["payload_version"] ?? "2", isFor(line, json) else { return [] }
        if version == "2" { return try events(in: GupshupEnvelope(json)) }
        return try MetaWebhook.events(in: json, for: line, gupshup: true) { code, summary in
            GupshupCodes.failure(code: Int64(code), summary: summary)
        }
    }

    private func object(in body: [UInt8]) throws(UnreadableWebhook) -> JSONValue {
        do {
            let json = try JSONValue(parsing: body)
            if json.object != nil { return json }
        } catch {
            throw UnreadableWebhook("It is not JSON: \(error.reason), at byte \(error.offset).")
        }
        throw UnreadableWebhook("It is no JSON object.")
    }

    /// By its shape: version 3 is Meta's envelope, and neither has the number of its version in all samples.
    private func version(of json: JSONValue) -> String? {
        if json["entry"] != nil || json["gs_app_id"] != nil { return "3" }
        return json["type"]?.looseText == nil ? nil : "2"
    }

    private func isFor(_ line: Line, _ json: JSONValue) -> Bool {
        if let app = json["app"]?.looseText, let ours = line.credentials["app_name"], app != ours { return false }
        if let id = (json["appId"] ?? json["gs_app_id"])?.looseText, let ours = line.credentials["app_id"], id != ours { return false }
        guard let number = json["phone"].flatMap(GupshupEnvelope.phone) else { return true }
        return number == line.number
    }

    /// What is not listed (`onboarding-event` and others) tells nothing about messages, people or the channel.
    private func events(in envelope: GupshupEnvelope) throws(UnreadableWebhook) -> [WebhookEvent] {
        switch envelope.type {
        case "message": [.inbound(try GupshupInbound.message(in: envelope))]
        case "message-event": try GupshupReceipts.events(in: envelope)
        case "billing-event": [.receipt(try GupshupReceipts.bill(in: envelope))]
        case "template-event": try GupshupNotices.template(in: envelope)
        case "account-event": try GupshupNotices.account(in: envelope)
        case "preference-event": try GupshupPreferences.marketing(in: envelope)
        case "user-event": try GupshupPreferences.optIn(in: envelope)
        default: []
        }
    }
}
