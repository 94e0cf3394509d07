import Core

/// Reads a body of `POST /{version}/{phone_number_id}/messages`.
enum MetaRequest {
    static func read(_ call: Call) -> Result<SendRequest, InvalidParameters> {
        if let fault = call.fault { return .failure(.init(faults: [fault])) }
        let body = call.json
        var inspection = Inspection(body)
        inspection.require(body["messaging_product"]?.string == "whatsapp", "messaging_product", "must be whatsapp", code: "100")
        let kind = body["recipient_type"]
        inspection.require(kind == nil || kind == "individual", "recipient_type", "must be individual", code: "100")
        let recipient = recipient(body, &inspection)
        let reference = inspection.optionalText(body, "biz_opaque_callback_data", atMost: 512, "biz_opaque_callback_data")
        if let context = body["context"] {
            inspection.require(context["message_id"]?.string.map { !$0.isEmpty } ?? false, "context.message_id", "is required")
        }
        let read = MetaContent.read(body)
        let faults = inspection.faults + read.faults
        guard faults.isEmpty, let recipient, let content = read.content else {
            let glimpse = InvalidParameters.Glimpse(body, reference: "biz_opaque_callback_data", type: "type")
            return .failure(.init(faults: faults, glimpse: glimpse))
        }
        var request = SendRequest(
            to: recipient.phone, input: recipient.input, clientRef: reference, messageType: body["type"]?.string ?? "text",
            content: content)
        request.template = read.template
        return .success(request)
    }

    /// `to`, digits with or without a plus sign, or `recipient`, a business-scoped user id.
    private static func recipient(_ body: JSONValue, _ inspection: inout Inspection) -> (phone: String, input: String)? {
        if let id = body["recipient"]?.string, body["to"] == nil {
            inspection.require(Recipient.isScopedID(id), "recipient", "must be a user id such as US.9001")
            return (ScopedID.phone(id), id)
        }
        guard let to = body["to"], !to.isNull else {
            inspection.require(false, "to", "is required")
            return nil
        }
        guard let text = to.string ?? to.int.map(String.init) else {
            inspection.require(false, "to", "must be a string")
            return nil
        }
        let digits = text.hasPrefix("+") ? String(text.dropFirst()) : text
        inspection.require(Recipient.isNumber(digits), "to", "must be a phone number with its country code")
        return (digits, text)
    }
}
