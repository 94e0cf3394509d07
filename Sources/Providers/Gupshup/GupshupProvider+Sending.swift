package import Core
package import WhatsApp

extension GupshupProvider {
    /// Form fields, one of which holds the message as JSON (Gupshup, "Session messages" and "Template messages"). No field
    /// takes our reference: receipts are matched by the id in the answer.
    package func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        try ContentRules.check(message.content)
        guard let key = line.credentials["api_key"], let app = line.credentials["app_name"] else {
            throw SendFailure(.haltChannel, code: "no_credentials", summary: "The channel has no api_key or no app_name.")
        }
        guard let phone = message.to.phone else {
            throw SendFailure(.reject, code: "unsupported_kind", summary: "Gupshup sends to numbers, not to business-scoped ids.")
        }
        let frame = [
            ("channel", "whatsapp"), ("source", line.number.digits), ("destination", phone.digits), ("src.name", app),
        ]
        let headers = ["apikey": key, "content-type": "application/x-www-form-urlencoded", "accept": "application/json"]
        return ProviderRequest(
            url: line.baseURL + path(of: message.content), headers: headers,
            body: FormEncoding.encode(frame + (try fields(of: message))))
    }

    private func path(of content: OutboundContent) -> String {
        if case .template = content { "/wa/api/v1/template/msg" } else { "/wa/api/v1/msg" }
    }

    private func fields(of message: OutboundMessage) throws(SendFailure) -> [(name: String, value: String)] {
        if case .template(let template) = message.content {
            guard message.quotes == nil else { throw GupshupMessage.unsupported("a template that quotes a message") }
            return try GupshupTemplate.fields(of: template)
        }
        let fields = [(name: "message", value: try GupshupMessage.json(of: message).text)]
        guard case .text(let text) = message.content else { return fields }
        return fields + [(name: "disablePreview", value: text.previewsLinks ? "false" : "true")]
    }

    /// A 2xx with an id and without `"status":"error"` is a yes; pages differ in the word for it, and the content type may
    /// say HTML, so neither is looked at (Gupshup, "Template messages").
    package func interpret(status: Int, body: [UInt8]) -> SendOutcome {
        let answer = GupshupAnswer(body)
        switch status {
        case 200..<300:
            if answer.isError { return .refused(answer.failure(status: status)) }
            guard let id = answer.messageID else {
                return .unknown(code: "unreadable_answer", summary: "Gupshup said yes, but without a message id that can be read.")
            }
            return .accepted(providerMessageID: id)
        // A gateway that got no usable answer from the real server knows no more than we do.
        case 502, 504: return .unknown(code: "http_\(status)", summary: answer.summary ?? "HTTP \(status)")
        case 301, 302, 307, 308, 400..<600: return .refused(answer.failure(status: status))
        default: return .unknown(code: "http_\(status)", summary: "HTTP \(status) is no answer to a request to send.")
        }
    }
}
