package import Core
package import WhatsApp

extension GenericProvider {
    /// Posted to the base address itself. `msgId` is our reference; it comes back in every status, and in the context of a
    /// reply. The contract has no way to quote.
    package func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        try ContentRules.check(message.content)
        guard message.quotes == nil else { throw Self.unsupported("a message that quotes another") }
        guard let phone = message.to.phone else { throw Self.unsupported("a message to a person without a number") }
        var members = try GenericPayload.members(of: message.content)
        members["payloadVersion"] = 0.1
        members["to"] = .string(phone.digits)
        members["wabaNumber"] = .string(line.number.digits)
        members["msgId"] = .string(message.id.description)
        return ProviderRequest(url: line.baseURL, headers: try headers(line.credentials), body: JSONValue.object(members).bytes)
    }

    private func headers(_ credentials: Credentials) throws(SendFailure) -> [String: String] {
        guard let authentication = try? GenericAuthentication(credentials) else {
            throw SendFailure(
                .haltChannel, code: "no_credentials", summary: "The channel has no username and password, and no header to sign in with.")
        }
        return ["content-type": "application/json", "accept": "application/json", authentication.name: authentication.value]
    }

    static func unsupported(_ what: String) -> SendFailure {
        SendFailure(.reject, code: "unsupported_kind", summary: "A generic provider cannot be sent \(what).")
    }

    /// `{"status": "success"}`, which names no id, or `{"status": "failure", "error": {"code", "message"}}`.
    package func interpret(status: Int, body: [UInt8]) -> SendOutcome {
        let json = (try? JSONValue(parsing: body)) ?? .null
        let word = json["status"]?.looseText?.lowercased()
        let isNo = word == "failure" || word != "success" && json["error"]?.object != nil
        let refusal = isNo ? GenericErrors.refusal(json["error"]) : nil
        if let outcome = StatusVerdict.outcome(status: status, refusal: refusal) { return outcome }
        if let refusal { return .refused(refusal.failure) }
        guard word == "success" else { return .unknown(code: "unreadable_answer", summary: "The provider's answer cannot be read.") }
        return .accepted(Acceptance(providerMessageID: nil))
    }
}
