package import Core
package import WhatsApp

extension MetaProvider {
    /// The message object with the recipient and our id, which comes back in every status of the message (Meta,
    /// "Messages").
    package func request(for message: OutboundMessage, over line: Line, at now: Timestamp) throws(SendFailure) -> ProviderRequest {
        try ContentRules.check(message.content)
        let access = try MetaAccess(line)
        var members = try MetaObject.members(of: message)
        members["messaging_product"] = "whatsapp"
        members["recipient_type"] = "individual"
        switch message.to {
        case .phone(let phone): members["to"] = .string(phone.digits)
        case .user(let id): members["recipient"] = .string(id.text)
        }
        members["biz_opaque_callback_data"] = .string(message.id.description)
        return access.post(access.phoneNumberID + "/messages", .object(members))
    }

    /// By the error's code, then by HTTP status. A template that is held for pacing is accepted as well: its statuses
    /// tell what becomes of it.
    package func interpret(status: Int, body: [UInt8]) -> SendOutcome {
        switch status {
        case 200..<300: accepted(body)
        // A gateway that got no usable answer from the real server knows no more than we do.
        case 502, 504: .unknown(code: "http_\(status)", summary: MetaError(body: body).summary ?? "HTTP \(status)")
        default:
            refusal(status: status, body: body).map(SendOutcome.refused)
                ?? .unknown(code: "http_\(status)", summary: "HTTP \(status) is no answer to a request.")
        }
    }

    /// Nil for a status that refuses nothing.
    func refusal(status: Int, body: [UInt8]) -> SendFailure? {
        switch status {
        // Never followed, because the token would go to another host.
        case 301, 302, 307, 308:
            SendFailure(.haltChannel, code: "redirected", summary: "HTTP \(status): the address of the channel redirects elsewhere.")
        case 400..<600: MetaError(body: body).failure(status: status)
        default: nil
        }
    }

    private func accepted(_ body: [UInt8]) -> SendOutcome {
        let json = (try? JSONValue(parsing: body)) ?? .null
        guard let id = json["messages"]?.array?.first?["id"]?.looseText, id.utf8.count <= 255 else {
            return .unknown(code: "unreadable_answer", summary: "Meta said yes, but without a message id that can be read.")
        }
        return .accepted(Acceptance(providerMessageID: id, alias: alias(in: json["contacts"]?.array?.first)))
    }

    /// Numbers of Brazil, Mexico and Argentina may be known to WhatsApp in another form than the one dialled.
    private func alias(in contact: JSONValue?) -> PhoneNumber? {
        guard let input = contact?["input"]?.looseText, let dialled = PhoneNumber(metaWord: input),
            let known = contact?["wa_id"]?.looseText.flatMap(PhoneNumber.init(metaWord:)), known != dialled
        else { return nil }
        return known
    }
}
