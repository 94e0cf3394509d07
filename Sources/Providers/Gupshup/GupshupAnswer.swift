import Core
import WhatsApp

/// What Gupshup's API answers to any call: `{status, messageId}` or `{status: "error", message, code?}`. Anything else reads
/// as an answer without words.
struct GupshupAnswer {
    let json: JSONValue

    init(_ body: [UInt8]) { json = (try? JSONValue(parsing: body)) ?? .null }

    var isError: Bool { json["status"]?.string?.lowercased() == "error" }

    /// Nil for one that is missing or too long to keep.
    var messageID: String? { json["messageId"]?.looseText.flatMap { $0.utf8.count <= 255 ? $0 : nil } }

    var summary: String? { message?.shortened(to: 300) }

    private var message: String? { json["message"]?.looseText }

    /// By the code, where there is one, then by the documented sentences, then by the status.
    func failure(status: Int) -> SendFailure {
        let summary = summary ?? "HTTP \(status)"
        switch status {
        case 301, 302, 307, 308:  // never followed, because the key would go to another host
            return SendFailure(
                .haltChannel, code: "redirected", summary: "HTTP \(status): the address of the channel redirects elsewhere.")
        case 408: return SendFailure(.retry, code: "http_408", summary: summary)
        case 429: return SendFailure(.slowChannel, code: "rate_limited", summary: summary)
        case 500...: return SendFailure(.retry, code: known(summary)?.code ?? "http_\(status)", summary: summary)
        default: return known(summary) ?? SendFailure(Self.disposition(of: status), code: "http_\(status)", summary: summary)
        }
    }

    private func known(_ summary: String) -> SendFailure? {
        if let code = json["code"]?.looseInt { return GupshupCodes.failure(code: code, summary: summary) }
        switch message?.lowercased() {
        case "invalid destination": return SendFailure(.unreachable, code: "gupshup_invalid_destination", summary: summary)
        case "invalid app details": return SendFailure(.haltChannel, code: "gupshup_invalid_app_details", summary: summary)
        case "authentication failed": return SendFailure(.haltChannel, code: "gupshup_authentication_failed", summary: summary)
        case "too many requests": return SendFailure(.slowChannel, code: "rate_limited", summary: summary)
        default: return message.flatMap(MetaErrorCodes.first).map { MetaErrorCodes.failure(code: $0, summary: summary) }
        }
    }

    /// The paths are the same for all messages, so one that is not found (404, 405) is a wrong address of the channel.
    private static func disposition(of status: Int) -> SendFailure.Disposition {
        switch status {
        case 401, 402, 403, 404, 405: .haltChannel
        default: .reject
        }
    }
}
