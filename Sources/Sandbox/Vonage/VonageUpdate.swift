import Core

/// Reads a body of `PATCH /v1/messages/{id}`: `{status: "read", replying_indicator?: {show, type}}`. The other status,
/// `revoked`, is for channels that can take a message back, which WhatsApp cannot.
enum VonageUpdate {
    static func faults(in call: Call) -> [InvalidParameters.Fault] {
        if let fault = call.fault { return [fault] }
        var inspection = Inspection(call.json)
        let status = inspection.text(call.json, "status", 1...20, "status")
        inspection.require(status != "revoked", "status", "revoked is not supported for this channel")
        inspection.require(["", "read", "revoked"].contains(status), "status", "must be read or revoked")
        if let indicator = call.json["replying_indicator"] {
            inspection.require(indicator["show"]?.bool != nil, "replying_indicator.show", "must be true or false")
            inspection.require(indicator["type"] ?? "text" == "text", "replying_indicator.type", "must be text")
        }
        return inspection.faults
    }
}
