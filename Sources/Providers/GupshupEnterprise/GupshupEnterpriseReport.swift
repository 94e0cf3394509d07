import Core
import WhatsApp

/// One delivery report: `{srcAddr, extra, channel, externalId, cause, errorCode, destAddr, eventType, eventTs}`.
struct GupshupEnterpriseReport {
    private let json: JSONValue

    /// Nil for a report of another channel.
    init?(_ json: JSONValue) {
        if let channel = json["channel"]?.looseText, channel.uppercased() != "WHATSAPP" { return nil }
        self.json = json
    }

    func receipt() throws(UnreadableWebhook) -> Receipt? {
        let (reference, id) = (MessageID(reference: json["extra"]?.looseText), json["externalId"]?.looseID)
        guard reference != nil || id != nil else { throw UnreadableWebhook("It names no message.") }
        guard let time = json["eventTs"]?.looseTime else { throw UnreadableWebhook("It has no eventTs that can be read.") }
        return Receipt(messageID: reference, providerMessageID: id, status: try status(), occurredAt: time)
    }

    /// The word decides: a read message is reported with the error code 026, which is none.
    private func status() throws(UnreadableWebhook) -> Receipt.Status {
        guard let word = json["eventType"]?.looseText?.uppercased() else { throw UnreadableWebhook("It has no eventType.") }
        switch word {
        case "SENT": return .sent
        case "DELIVERED": return .delivered
        case "READ": return .viewed
        case "FAILED": return .failed(failure)
        default: throw UnreadableWebhook("Its eventType is not known: \(word.shortened(to: 40))")
        }
    }

    /// Causes and codes are not published: the words of the cause decide, and Meta's own code where one is passed on.
    private var failure: SendFailure {
        let (code, cause) = (json["errorCode"]?.looseText, json["cause"]?.looseText ?? "")
        let summary = cause.isEmpty ? "Reported as failed." : cause.shortened(to: 300)
        if let meta = MetaErrorCodes.first(in: "\(code ?? "") \(cause)") { return MetaErrorCodes.failure(code: meta, summary: summary) }
        return SendFailure(
            GupshupEnterpriseWords.causes.disposition(of: cause) ?? .reject,
            code: GupshupEnterpriseWords.code(code) ?? "enterprise_failed", summary: summary)
    }
}
