package import Core
package import WhatsApp

extension GupshupEnterpriseProvider {
    /// `extra` comes back in every delivery report. The gateway documents neither quotes nor people without a number.
    package func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        try ContentRules.check(message.content)
        guard message.quotes == nil else { throw Self.unsupported("a message that quotes another") }
        guard let phone = message.to.phone else { throw Self.unsupported("a message to a person without a number") }
        let address: [GupshupEnterpriseAccount.Field] = [("send_to", phone.digits), ("extra", message.id.description)]
        if case .template(let template) = message.content {
            let (method, fields) = try Self.form(of: template)
            return try GupshupEnterpriseAccount.forTemplates(in: line.credentials).request(method, address + fields, to: line.baseURL)
        }
        let (method, fields) = try Self.form(of: message.content)
        return try GupshupEnterpriseAccount.forReplies(in: line.credentials).request(method, address + fields, to: line.baseURL)
    }

    static func unsupported(_ what: String) -> SendFailure {
        SendFailure(.reject, code: "unsupported_kind", summary: "Gupshup's enterprise gateway cannot send \(what).")
    }

    /// The gateway answers 200 to nearly everything; what it means stands inside.
    package func interpret(status: Int, body: [UInt8]) -> SendOutcome {
        let answer = GupshupEnterpriseAnswer(body)
        if let outcome = StatusVerdict.outcome(status: status, refusal: answer.refusal) { return outcome }
        switch answer {
        case .success(let id): return .accepted(Acceptance(providerMessageID: id))
        case .refusal(let refusal): return .refused(refusal.failure)
        case .unreadable: return .unknown(code: "unreadable_answer", summary: "The provider's answer cannot be read.")
        }
    }
}
