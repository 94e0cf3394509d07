import Core
import WebSupport

/// Reads the forms of `POST /GatewayAPI/rest`.
enum EnterpriseRequest {
    private static let mediaTypes: Set = ["image", "video", "document", "audio", "sticker"]

    static func isSend(_ form: Form) -> Bool { ["sendmessage", "sendmediamessage"].contains(form["method"].lowercased()) }

    static func isTemplate(_ form: Form) -> Bool { form["isHSM"].lowercased() == "true" || form["msg_type"].uppercased() == "HSM" }

    static func read(_ call: Call) -> Result<SendRequest, InvalidParameters> {
        if let fault = call.fault { return .failure(.init(faults: [fault])) }
        let form = call.form
        var inspection = Inspection(.null)
        inspection.require(isSend(form), "method", "is not supported", code: "106")
        inspection.require(form["v"].isEmpty || form["v"] == "1.1", "v", "must be 1.1")
        inspection.require(form["auth_scheme"].lowercased() == "plain", "auth_scheme", "must be plain")
        let to = form["send_to"].hasPrefix("+") ? String(form["send_to"].dropFirst()) : form["send_to"]
        inspection.require(Recipient.isNumber(to), "send_to", "is a bad phone number", code: "105")
        let content = content(form, &inspection)
        let reference = form["extra"].isEmpty ? nil : form["extra"]
        guard inspection.faults.isEmpty else {
            let glimpse = InvalidParameters.Glimpse(to: String(to.prefix(100)), clientRef: reference, messageType: form["msg_type"])
            return .failure(.init(faults: inspection.faults, glimpse: glimpse))
        }
        var request = SendRequest(to: to, input: form["send_to"], clientRef: reference, messageType: form["msg_type"], content: content)
        if isTemplate(form) {
            request.template = TemplateUse(address: .text(text(form)), values: .filledIn)
        }
        return .success(request)
    }

    /// The text of a message with a file is its caption.
    private static func text(_ form: Form) -> String { form["msg"].isEmpty ? form["caption"] : form["msg"] }

    private static func content(_ form: Form, _ inspection: inout Inspection) -> Content {
        guard form["method"].lowercased() == "sendmediamessage" else {
            inspection.require(["TEXT", "DATA_TEXT", "HSM", ""].contains(form["msg_type"].uppercased()), "msg_type", "is not known")
            inspection.require((1...4096).contains(form["msg"].count), "msg", "must be 1 to 4096 characters")
            return interactive(form, &inspection) ?? .text(form["msg"])
        }
        let kind = form["msg_type"].lowercased()
        inspection.require(mediaTypes.contains(kind), "msg_type", "is not known")
        inspection.require(Inspection.isLink(form["media_url"]), "media_url", "must be an http or https address")
        inspection.require(text(form).count <= 1024, "caption", "must be at most 1024 characters")
        return .media(kind: kind, url: form["media_url"], caption: text(form).isEmpty ? nil : text(form))
    }

    /// Buttons or a list; `action` holds them as JSON.
    private static func interactive(_ form: Form, _ inspection: inout Inspection) -> Content? {
        let kind = form["interactive_type"]
        guard !kind.isEmpty else { return nil }
        let action = try? JSONValue(parsing: form["action"])
        switch kind {
        case "dr_button":
            let titles = action?["buttons"]?.array?.map { $0["reply"]?["title"]?.string ?? "" } ?? []
            inspection.require((1...3).contains(titles.count), "action", "must have 1 to 3 buttons")
            inspection.require(titles.allSatisfy { (1...20).contains($0.count) }, "action", "must have titles of 1 to 20 characters")
        case "list":
            let rows = action?["sections"]?.array?.flatMap { $0["rows"]?.array ?? [] } ?? []
            inspection.require((1...10).contains(rows.count), "action", "must have 1 to 10 rows in all")
        default: inspection.require(false, "interactive_type", "must be dr_button or list")
        }
        return .interactive(kind: kind, text: form["msg"])
    }
}
