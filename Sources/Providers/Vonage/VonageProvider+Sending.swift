package import Core
package import WhatsApp

extension VonageProvider {
    /// Any kind of message (Vonage, "Messages API", channel `whatsapp`).
    package func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        try ContentRules.check(message.content)
        let headers = [
            "authorization": try authorization(line.credentials, at: now), "content-type": "application/json",
            "accept": "application/json",
        ]
        return ProviderRequest(
            url: line.baseURL + "/v1/messages", headers: headers, body: try VonageMessage.json(of: message, from: line.number).bytes)
    }

    /// By HTTP status, with the problem's number as the code (Vonage, "API errors").
    package func interpret(status: Int, body: [UInt8]) -> SendOutcome {
        switch status {
        case 200..<300: accepted(body)
        // A gateway that got no usable answer from the real server knows no more than we do.
        case 502, 504: .unknown(code: "http_\(status)", summary: VonageProblem(body).summary ?? "HTTP \(status)")
        case 301, 302, 307, 308, 400..<600: .refused(VonageProblem(body).failure(status: status))
        default: .unknown(code: "http_\(status)", summary: "HTTP \(status) is no answer to a request to send.")
        }
    }

    private func accepted(_ body: [UInt8]) -> SendOutcome {
        guard let id = (try? JSONValue(parsing: body))?["message_uuid"]?.looseText, id.utf8.count <= 255 else {
            return .unknown(code: "unreadable_answer", summary: "The provider said yes, but without a message id that can be read.")
        }
        return .accepted(providerMessageID: id)
    }
}
